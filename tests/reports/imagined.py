"""The report of an association that nobody has heard of, with all that a report may have, sixty pages long."""

from __future__ import annotations

from collections.abc import Iterator

from tests import sites

YEAR = 2025
FUNDERS = ("La Fondation du Vent", "Le Département d'Essai", "L'Union des Nuages")
PROSE = (
    "Cette année nous avons mesuré les nuages du plateau, prêté nos parapluies et tenu le registre des éclaircies "
    "avec toutes les personnes qui passaient par là, quelle que soit la force du vent ou l'heure de la journée"
)
CHARTS = (
    ("bars", "", "{Janvier: 12, Février: 7, Mars: 19}"),
    ("bars", 'series: ["2024", "2025"]', "{Matin: [3, 5], Midi: [4, 1], Soir: [8, 9]}"),
    ("stacked", 'series: ["Gris", "Blancs"]', "{Nord: [3, 5], Sud: [4, 1]}"),
    ("line", "unit: nuages", "{'2019': 3, '2020': 9, '2021': 4, '2022': 12}"),
    ("proportion", "unit: '%'", "{Cumulus: 40, Stratus: 35, Cirrus: 25}"),
)
CIRCLES = """\
```
schema: circles
title: "Qui décide du temps"
circles:
  - name: "Cercle du matin"
    role: "Ouvrir les volets"
    members: ["Ada Lessai", "Bo Témoin"]
  - name: "Cercle du soir"
    members: ["Zoé Personne"]
links:
  - from: "Cercle du matin"
    to: "Cercle du soir"
    label: "passe le relais"
```
"""
EVERYTHING = """\
## Ce qui tombe, et comment

Un mot[^pluie] et [un lien](https://exemple.fr/une/adresse?a=1&b=2), [un autre](03-section-3.md#en-detail-3), puis
encore la même note[^pluie]. Des signs : # $ * _ @ < > " [ ] // /* */ ~ `code # $` = - + 1. -- #let x.

1. un
    - deux
        - trois
            - quatre
                - cinq

| Poste | Prévu | Compté |
|---|--:|--:|
| Parapluies | 1 200 € | 1 199 € |
| Imperméables interminablement longs | 35 € | – |

<table><caption>Légende</caption><tr><th rowspan="2">A</th><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>

!!! note "À retenir"
    Un encadré.

<details><summary>Plus</summary>

Un <em>détail</em> replié.

</details>

Terme
:   Sa définition.

> Une citation de personne.

![Le plan du plateau](plan.svg "Le plan")

[^pluie]: La pluie, avec [un lien](https://exemple.fr/pluie).
"""


def content() -> dict[str, str | bytes]:
    """Its files, from ``content/``."""
    folder = f"rapports/{YEAR}"
    files: dict[str, str | bytes] = {f"{folder}/{path}": text for path, text in _report()}
    for month in range(1, 13):
        for day in (3, 17):
            files[f"agenda/{YEAR}/nuage-{month}-{day}.md"] = sites.event(
                f"Nuage n° {month}-{day}",
                start=f"{YEAR}-{month:02}-{day:02}",
                category="prestation" if day == 3 else "vie-associative",
                **({"departments": '["37"]'} if month % 2 else {}),
            )
    return files


def _report() -> Iterator[tuple[str, str | bytes]]:
    funders = "[" + ", ".join(f'"{name}"' for name in FUNDERS) + "]"
    yield (
        "index.md",
        sites.document(
            f"Rapport d'activité {YEAR}",
            f"Voici l'année[^un].\n\n## D'abord\n\nOn a compté [[chiffre:nuages]].\n\n{_prose(200)}\n\n[^un]: Oui.",
            year=str(YEAR),
            assembly="2026-05-01",
            funders=funders,
            summary="Une année de nuages, et un peu de pluie.",
            authors='["Ada Lessai"]',
            tags="[nuages]",
        ),
    )
    yield (
        "chiffres.yaml",
        (
            "- id: nuages\n  label: Nuages comptés\n  value: 1 400\n  unit: nuages\n  qualifier: at-least\n"
            "  source: Le registre\n  history:\n    2023: 900\n    2024: 1 300\n"
            "- id: parapluies\n  label: Parapluies prêtés\n  value: 12\n  unit: parapluies\n"
        ),
    )
    yield (
        "finances.yaml",
        (
            f'income:\n  - {{label: "Subvention", amount: 30 000, before: 28 000, funder: "{FUNDERS[0]}"}}\n'
            '  - {label: "Ventes de vent", amount: "1200,5"}\n'
            'expenses:\n  - {label: "Parapluies", amount: 20 000, before: 27 000}\n'
            '  - {label: "Salaires", amount: 10 000}\nnote: "Comptes imaginés."\nsource: "Personne"\n'
        ),
    )
    yield "plan.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 20L90 5V25z"/></svg>'
    for number in range(1, 11):
        kind, more, numbers = CHARTS[(number - 1) % len(CHARTS)]
        chart = f'```\nschema: chart\nkind: {kind}\ntitle: "Mesure {number}"\n{more}\nvalues: {numbers}\n```\n'
        text = {1: EVERYTHING + chart, 2: chart + CIRCLES}.get(number, chart)
        body = f"{text}\n## En détail {number}\n\n" + "\n\n".join(_prose(140, number + n) for n in range(22))
        fields = {"axis": "true"} if number < 4 else {"annex": "true"} if number == 10 else {}
        yield f"{number:02}-section-{number}.md", sites.document(f"Section {number}", body, **fields)


def _prose(count: int, first: int = 0) -> str:
    words = PROSE.split()
    return " ".join(words[(first + number) % len(words)] for number in range(count)).capitalize() + "."
