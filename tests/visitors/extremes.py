"""Content that nobody expected and that every page must bear: very long, very many, or nothing at all. Imagined."""

from __future__ import annotations

from tests.sites import article, document, event

LONG = ("Une très longue phrase d'essai qui ne finit pas, " * 7)[:300].strip()
WORD = "Anticonstitutionnellement" * 8
"""A word of 200 letters, in which nothing breaks."""
RIGHT_TO_LEFT = "Essai : مهرجان الاقتصاد التضامني في المدينة"
EMOJI = "Fête 🎉👩‍👩‍👧‍👦🏳️‍🌈 des œuvres"
TITLES = {"long": LONG, "mot": WORD, "droite": RIGHT_TO_LEFT, "emoji": EMOJI}
PARTS, EVENTS, TAGS = 40, 200, 500
_ADDRESS = f"https://exemple.fr/{WORD.lower()}?q={WORD}"


def files() -> dict[str, str]:
    """The content, as path → text."""
    return {**_articles(), **_tags(), **_dossiers(), **_events(), **_report()}


def _articles() -> dict[str, str]:
    found = {
        f"blog/2026/{name}.md": article(title, "2026-05-01", _text(title), slug=name, tags=f'["{title[:60]}"]')
        for name, title in TITLES.items()
    }
    pages = {f"pages/{name}.md": document(title, _text(title), slug=f"page-{name}") for name, title in TITLES.items()}
    return found | pages


def _text(title: str) -> str:
    return (
        f"{title} [{_ADDRESS}]({_ADDRESS})\n\n## {title}\n\n"
        f"| {WORD} | {WORD} |\n|---|---|\n| {title} | {WORD} |\n\n> {title}\n\n    {WORD} {WORD}\n\n- {title}\n"
    )


def _tags() -> dict[str, str]:
    return {
        f"blog/2025/{n}.md": article(
            f"Cinquante mots, {n}", "2025-01-01", tags=str([f"mot-{n}-{m}" for m in range(TAGS // 10)])
        )
        for n in range(10)
    }


def _dossiers() -> dict[str, str]:
    parts = {
        f"dossiers/long/{n:02}-partie.md": article(f"{LONG[:100]} {n}", "2026-01-01", slug=f"partie-{n}")
        for n in range(1, PARTS + 1)
    }
    words = {"dossiers/mot/index.md": article(WORD, "2026-01-01", slug="mot"), "dossiers/mot/01-un.md": article(WORD)}
    return {"dossiers/long/index.md": article(LONG, "2026-01-01", slug="long"), **parts, **words}


def _events() -> dict[str, str]:
    crowd = {
        f"agenda/2026/foule-{n}.md": event(
            f"Rendez-vous {n}",
            f"2026-07-{n % 31 + 1:02}T{8 + n % 12:02}:00",
            category="prestation",
            departments='["37"]',
        )
        for n in range(EVENTS)
    }
    strange = {
        f"agenda/2026/{name}.md": event(title, f"2026-06-{day:02}T18:30", _text(title), **_everything(title))
        for day, (name, title) in enumerate(TITLES.items(), 10)
    }
    nothing = {"agenda/2026/rien.md": event("Rien", "2026-06-20", body="")}
    return crowd | strange | nothing


def _everything(title: str) -> dict[str, str]:
    return {
        "date": "2026-05-01",
        "end": "2026-06-30T20:00",
        "summary": f'"{title}"',
        "category": "evenement-cresol",
        "departments": '["18", "28", "36", "37", "41", "45"]',
        "place": f'{{name: "{title}", address: "{WORD}", postcode: "37000", city: "{WORD[:60]}", access: "{title}"}}',
        "online": _ADDRESS,
        "organisers": f'["{title[:100]}", {{name: "{WORD[:120]}", url: "{_ADDRESS}"}}]',
        "partners": f'["{RIGHT_TO_LEFT}"]',
        "event_status": "rescheduled",
        "previous_start": "2026-06-01T18:00",
        "status_note": f'"{title}"',
        "price": f'"{title}"',
        "registration": f"{{url: {_ADDRESS}, email: {WORD[:60]}@exemple.fr, phone: 02 00 00 00 00, required: true}}",
        "contact": f'{{name: "{WORD}", email: {WORD[:60]}@exemple.fr, url: {_ADDRESS}}}',
        "accessibility": "[wheelchair, hearing-loop, sign-language, visual, cognitive]",
        "accessibility_note": f'"{title}"',
        "tags": f'["{title[:60]}"]',
    }


def _report() -> dict[str, str]:
    figures = (
        f'- {{id: grand, label: "{WORD}", value: 123456789, unit: "{WORD[:80]}", qualifier: at-least,'
        f' source: "{LONG}"}}\n'
    )
    return {
        "rapports/2025/index.md": article(
            LONG, "2026-01-01", year="2025", funders=f'["{WORD}", "{RIGHT_TO_LEFT}"]', assembly="2026-05-01"
        ),
        "rapports/2025/chiffres.yaml": figures,
        "rapports/2025/01-mot.md": document(WORD, _text(WORD), axis="true"),
        "rapports/2025/02-long.md": document(LONG, "Un texte.", slug="long"),
    }
