"""Another association, elsewhere: imagined, with something of every kind and a value in every field."""

from __future__ import annotations

import re
import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image

from plugins.press.settings import Category, MenuItem
from tests import sites
from tests.sites import article, document, event

NAME = "Les Essaimées"
CATEGORIES = {
    "fete": ("Fête des Essaimées", "F", "evenement-cresol"),
    "atelier": ("Atelier", "A", "reunion-de-travail"),
    "sortie": ("Sortie", "S", "on-y-etait"),
    "maison": ("Vie de la maison", "M", "vie-associative"),
    "chantier": ("Chantier", "C", "prestation"),
    "gazette": ("Gazette", "G", "communication"),
    "debat": ("Débat", "D", ""),
}
"""Seven, one more than the theme has colours; each with the category of the sample that it stands for."""
SETTINGS = sites.settings(
    name=NAME,
    url="https://essaimees.example",
    tagline="Ce qui se sème ici.",
    description="Les Essaimées relient, en Bretagne d'essai, celles et ceux qui sèment.",
    region="Bretagne d'essai",
    departments={"22": "Côtes-d'Armor", "29": "Finistère", "35": "Ille-et-Vilaine", "56": "Morbihan"},
    categories=tuple(Category(slug, label, letter) for slug, (label, letter, _) in CATEGORIES.items()),
    menu=(
        MenuItem("Agenda", "/agenda/"),
        MenuItem("Blog", "/blog/"),
        MenuItem("Qui sommes-nous", "/qui/"),
        MenuItem("Recherche", "/recherche/"),
    ),
    footer=(MenuItem("Plan du site", "/plan-du-site/"), MenuItem("Flux", "/flux/"), MenuItem("Contact", "/contact/")),
    uid_domain="agenda.essaimees",
    preview=True,  # with the gallery of components
    sharing_cards=2,
    licence=MenuItem("CC0", "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"),
)
SUN, PAPER, NIGHT = "#5ec4d6", "#f3fbff", "#0c1a26"
COLOURS = {
    "#fffaf1": PAPER,
    "#1f2430": "#14283a",
    "#5b5f6b": "#49606f",
    "#e6dccb": "#cfe0ea",
    "#8b8271": "#6d8494",
    "#8a3412": "#0b3c6e",
    "#f6b40e": SUN,
    "#fdeecb": "#dcf3f7",
    "#3a4f7a": "#7a2f5b",
    "#33641f": "#6b4b12",
    "#6a3b78": "#9a2f2a",
    "#12596b": "#1d5f3a",
    "#171a21": NIGHT,
    "#f4ecdd": "#e3f1f8",
    "#b3ab9c": "#9db4c2",
    "#383d49": "#2b4152",
    "#858073": "#738b9a",
    "#ffb38a": "#a9d3ff",
    "#3a3320": "#123a44",
    "#0e1015": "#060d14",
    "#aebfe8": "#f0a9cf",
    "#a5d68a": "#e3c07c",
    "#ffb08c": "#9cc7f5",
    "#d9b0e6": "#ffb3aa",
    "#7fd0e0": "#8fdcae",
    "#4d515c": "#3b5060",
    "#d8cdb9": "#bdd2de",
    "#0b3a47": "#0e3520",
    "#d3eaee": "#d5f0df",
    "#43224e": "#5c1916",
    "#f1def5": "#fbe0de",
    "#1d4010": "#3f2b07",
    "#e0efd0": "#f4e8d0",
    "#571d07": "#05213f",
    "#ffe4d0": "#d6e8fb",
    "#22315a": "#4c1836",
    "#dde6fa": "#f8dcec",
    "#d98a00": "#2f9db1",
}
"""Each colour of the first association, and what stands in its place."""
WING = "#2f6fb1"
"""Stands nowhere but on what takes the place of the sun over a line."""
BEE = "M20 4l14 8v16l-14 8-14-8V12z"
"""The mark."""
_CODES = {"18": "22", "28": "29", "36": "35", "37": "56", "41": "22", "45": "29"}
_TEXT = """\
Un premier paragraphe, avec [un lien dans la phrase](../../pages/contact.md), une note[^1] et du `code`.

## Un intertitre

- une liste,
- et sa suite.

### Plus bas

> Une citation, qui tient en une phrase.

| Année | Personnes |
|---|---:|
| 2025 | 12 |
| 2026 | 21 |

## Un autre

![Un carré bleu](../../images/bleu.png "Le carré, en bleu")

1. Un.
2. Deux.

## Un dernier

    du code

[^1]: Ce qu'elle dit.
"""


def write(root: Path) -> None:
    """The content, below ``root``: the rich agenda of the sample as this association has it, and the rest."""
    shutil.copytree(sites.ROOT / "tests/sample/content", root / "content")
    for path in (root / "content").rglob("*.md"):
        path.write_text(_adopt(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (root / "content").rglob("*.svg"):
        path.write_text(_paint(path.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (root / "content").rglob("*.png"):
        path.write_bytes(_picture())
    sites.write(root / "content", {"images/bleu.png": _picture(), **_events(), **_texts(), **_report()})
    sites.write(root / "look", _look())


def _look() -> dict[str, str]:
    """Its own colours, logo and landscape: what takes the place of the theme's files."""
    tokens = (sites.ROOT / "themes/cresol/css/tokens.css").read_text(encoding="utf-8")
    bee = f'<path fill="var(--sun)" d="{BEE}"/></svg>'
    return {
        "css/tokens.css": _paint(tokens),
        "static/favicon.svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">{bee}',
        "templates/drawings/sun.html": f'<svg viewBox="0 0 40 40" width="34" height="34" aria-hidden="true">{bee}',
        "templates/drawings/sunrise.html": f'<svg viewBox="0 0 9 9"><path fill="{WING}" d="M0 0h9v9z"/></svg>',
        "templates/drawings/landscape.html": f'<svg class="landscape" viewBox="0 0 40 40" aria-hidden="true">{bee}',
    }


def _paint(text: str) -> str:
    for theirs, ours in COLOURS.items():
        text = text.replace(theirs, ours)
    return text


def _adopt(text: str) -> str:
    for slug, (_, _, theirs) in CATEGORIES.items():
        text = text.replace(f"category: {theirs}\n", f"category: {slug}\n") if theirs else text
    for theirs, ours in _CODES.items():
        text = text.replace(f'"{theirs}"', f'"{ours}"')
    return re.sub("cr[ée]-sol", NAME, text, flags=re.IGNORECASE)


def _picture() -> bytes:
    file = BytesIO()
    Image.new("RGB", (640, 400), (20, 90, 200)).save(file, "PNG")
    return file.getvalue()


def _events() -> dict[str, str]:
    everything = {
        "date": "2026-05-01",
        "end": "2026-06-07T20:00",
        "summary": "\"Tout ce que l'on peut dire d'un rendez-vous.\"",
        "category": "debat",
        "departments": '["22", "56"]',
        "place": '{name: "La Ruche", address: "1 rue du Port", postcode: "22000", city: Essaimont, lat: 48.5,'
        ' lon: -2.7, access: "De plain-pied."}',
        "online": "https://direct.exemple.fr/ruche",
        "organisers": '["Les Essaimées", {name: "Le Rucher d\'essai", url: "https://rucher.exemple.fr/"}]',
        "partners": '["La Miellerie d\'essai"]',
        "event_status": "rescheduled",
        "previous_start": "2026-06-06T18:00",
        "status_note": '"Un jour de plus pour se préparer."',
        "price": '"de 2 à 10 €"',
        "registration": "{url: https://exemple.fr/venir, email: venir@exemple.fr, phone: 02 00 00 00 00,"
        " deadline: 2026-06-05, required: true}",
        "contact": "{name: L'accueil, email: accueil@exemple.fr, phone: 02 00 00 00 01, url: https://exemple.fr/}",
        "accessibility": "[wheelchair, hearing-loop, sign-language, visual, cognitive]",
        "accessibility_note": "Sonner en bas.",
        "tags": "[essaimage, été]",
        "image": "../../images/bleu.png",
        "image_alt": "Un carré bleu",
        "image_credit": "Une photographe d'essai",
    }
    months = {
        f"agenda/2026/causerie-{month}.md": event(
            f"Causerie du mois {month}", f"2026-{month:02}-12T20:00", category="debat", departments='["35"]'
        )
        for month in range(1, 13)
    }
    return {"agenda/2026/tout.md": event("Assemblée des abeilles", "2026-06-07T18:00", _TEXT, **everything)} | months


def _texts() -> dict[str, str]:
    articles = {
        f"blog/2026/{n:02}.md": article(f"Nouvelle de la ruche, n° {n}", f"2026-04-{n:02}", tags="[essaimage]")
        for n in range(1, 25)
    }
    parts = {
        f"dossiers/semer/{n:02}-partie.md": article(f"Semer, chapitre {n}", "2026-03-01", _TEXT, slug=f"chapitre-{n}")
        for n in range(1, 5)
    }
    related = "Ce que l'on a vu à [l'assemblée](../../agenda/2026/tout.md).\n\n"
    return {
        **articles,
        **parts,
        "blog/2026/tout.md": article(
            "Une longue nouvelle", "2026-05-20", related + _TEXT, tags="[essaimage, été]", aliases="[/ancienne/]",
            authors='["Une autrice", "Un auteur"]', modified="2026-05-25", summary="Elle dit tout.",
            image="../../images/bleu.png", image_alt="Un carré bleu", image_credit="Une photographe d'essai",
        ),
        "dossiers/semer/index.md": article(
            "Semer", "2026-03-01", related, state="open", tags="[essaimage]",
            resources='[{title: Un guide, url: "https://exemple.fr/guide", note: En libre accès.}]',
        ),
        "dossiers/recolter/index.md": article("Récolter", "2025-03-01", "Un jour.", state="complete"),
        "pages/qui.md": document("Qui sommes-nous", _TEXT.replace("../../", "../")),
        "pages/contact.md": document("Contact", "Écrire, venir, téléphoner."),
    }  # fmt: skip


def _report() -> dict[str, str]:
    figures = "".join(
        f"- {{id: f{n}, label: Choses comptées {n}, value: {n * 37}, unit: choses, qualifier: about, source: Nous}}\n"
        for n in range(1, 12)
    )
    return {
        "rapports/2026/index.md": article(
            "Rapport d'activité 2026", "2026-05-30", "Il y eut [[chiffre:f1]].", year="2026", assembly="2026-06-20",
            funders="[La Région d'essai, L'État d'essai]", summary="Une année d'essai.",
        ),
        "rapports/2026/chiffres.yaml": figures,
        "rapports/2026/01-semer.md": document("Semer ensemble", _TEXT, axis="true"),
        "rapports/2026/02-pres.md": document("Près de chez soi", "Un texte.", axis="true", level="2"),
        "rapports/2026/03-reste.md": document("Le reste", "Un texte.\n\n## Détail\n\nUn autre."),
        "rapports/2025/index.md": article("Rapport d'activité 2025", "2025-05-30", year="2025"),
    }  # fmt: skip
