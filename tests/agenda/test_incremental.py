"""Cold equals incremental, for an agenda of ten years: most events were over long ago, and each of them is edited.

Each edit is made once in every run, in a fixed order, and taken back together with the next one; then they are
mixed at random. What is compared, and how, is in ``tests/editing.py``.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from tests import editing, pictures, sites
from tests.editing import Content, EditedSite, Sheet

Edit = Callable[[EditedSite, str, str], None]
"""What is done to a site: mostly to one event, sometimes with the help of another."""

# The agenda: 18 events that were over for more than 400 days, 7 around that border, 5 that are younger

_CITY = '{name: "La Cale", postcode: "37000", city: Tours}'
_OLD = {
    "2016/lancement": Sheet.of("Lancement", "2016-03-09", departments='["37"]', tags="[ESS]"),
    "2016/fete": Sheet.of("Fête", "2016-07-05T18:00", place=_CITY, organisers='["Les Amis"]'),
    "2016/reveillon": Sheet.of("Réveillon", "2016-12-31T20:00", end="2017-01-01T02:00", category="prestation"),
    "2017/forum": Sheet.of("Forum", "2017-03-09T09:00", end="2017-03-09T17:00", departments='["37", "45"]'),
    "2017/atelier": Sheet.of("Atelier", "2017-03-21T18:30", category="prestation", tags="[vélo, ESS]"),
    "2018/fete": Sheet.of("Fête", "2018-07-05T18:00", place=_CITY, organisers='["Les Amis", "CRESS"]'),
    "2018/salon": Sheet.of("Salon", "2018-09-28", end="2018-10-02", departments='["45"]'),
    "2019/marche": Sheet.of("Marché", "2019-05-04T08:00", departments='["18"]', partners='["Une amie"]'),
    "2019/bal": Sheet.of("Bal", "2019-05-04T20:00", departments='["18"]', tags="[fête]"),
    "2019/reunion": Sheet.of("Réunion", "2019-05-22", category="reunion-de-travail", date="2019-05-02"),
    "2020/assemblee": Sheet.of("Assemblée générale", "2020-06-20T10:00", category="vie-associative"),
    "2021/visite": Sheet.of("Visite", "2021-02-11T14:00", end="2021-02-11T16:00", organisers='["CRESS"]'),
    "2021/debat": Sheet.of("Débat", "2021-11-30T19:00", departments='["37"]', place=_CITY),
    "2022/forum": Sheet.of("Forum", "2022-03-10T09:00", departments='["37", "45"]', tags="[ESS]"),
    "2023/stage": Sheet.of("Stage", "2023-08-14", end="2023-08-18", organisers='["Les Amis"]'),
    "2024/bissextile": Sheet.of("Jour de plus", "2024-02-29", departments='["36"]'),
    "2024/cine": Sheet.of("Ciné", "2024-10-08T20:30", summary="Un film.", tags="[fête]", date="2024-09-01"),
    "2024/noel": Sheet.of("Noël", "2024-12-24T17:00", departments='["41"]', category="communication"),
}
_BORDER = {
    "2025/veille": Sheet.of("Veille", "2025-04-26T18:00", end="2025-04-26T22:00", departments='["37"]'),
    "2025/limite": Sheet.of("Limite", "2025-04-27T10:00", end="2025-04-27T12:00", tags="[ESS]"),
    "2025/jour": Sheet.of("Toute la journée", "2025-04-27", organisers='["CRESS"]'),
    "2025/lendemain": Sheet.of("Lendemain", "2025-04-28T10:00", departments='["45"]'),
    "2025/long": Sheet.of("Longue exposition", "2025-02-01", end="2025-05-15", departments='["37"]'),
    "2025/avril": Sheet.of("Avril", "2025-04-02T10:00", category="prestation"),
    "2025/mai": Sheet.of("Mai", "2025-05-25T10:00", tags="[vélo]"),
}
_YOUNG = {
    "2025/rentree": Sheet.of("Rentrée", "2025-09-10T18:00", organisers='["Les Amis"]', departments='["37"]'),
    "2026/hier": Sheet.of("Hier", "2026-05-31T18:00", tags="[ESS]"),
    "2026/fete": Sheet.of("Fête", "2026-07-05T18:00", place=_CITY, departments='["37"]', tags="[ESS]"),
    "2026/cours": Sheet.of("Cours", "2026-05-12T18:00", repeat="{rule: FREQ=WEEKLY;COUNT=6}", date="2026-05-01"),
    "2026/automne": Sheet.of("Automne", "2026-10-03", end="2026-10-04", organisers='["CRESS"]'),
}
OLD = [f"agenda/{name}.md" for name in _OLD]
FILES: dict[str, Content] = {
    **{f"agenda/{name}.md": sheet for name, sheet in (_OLD | _BORDER | _YOUNG).items()},
    "blog/2026/un.md": sites.article("Un article", tags="[ESS]"),
}

# What is written in an event's file

_LONG_AGO = {"start": "2018-05-09T21:00", "end": None}
_FIELDS: dict[str, dict[str, dict[str, str | None]]] = {
    "words": {
        "a title": {"title": "Tout autre titre"},
        "a title that others have": {"title": "Fête"},
        "a title with signs": {"title": "<b>Gras</b> & Cie"},
        "a summary": {"summary": "En deux mots."},
        "a body": {"body": "## Un titre\n\nUn autre texte."},
        "an address of its own": {"slug": "autre-adresse"},
        "a former address": {"aliases": "[/vieux/chemin/]"},
        "a price": {"price": "gratuit"},
        "where it takes place": {"place": "{name: Halle, city: Blois, lat: 47.58, lon: 1.33}"},
        "whom to ask": {"contact": "{name: Moi, email: moi@exemple.fr}", "accessibility": "[wheelchair]"},
        "no key date": {"key_date": "false"},
        "a draft": {"status": "draft"},
        "an identity": {"id": "mon-id"},
        "the identity of another": {"id": "agenda/2018/salon"},
        "a category that is none": {"category": "inconnue"},
    },
    "moments": {
        "another month": {"start": "2017-11-05T10:00", "end": None},
        "another year": {"start": "2021-02-03", "end": None},
        "a year without events": {"start": "2012-02-03", "end": None},
        "a start to come": {"start": "2026-09-12T18:00", "end": None},
        "an end after midnight": _LONG_AGO | {"end": "2018-05-10T02:00"},
        "an end next month": {"start": "2018-05-30T10:00", "end": "2018-06-02T12:00"},
        "an end next year": {"start": "2018-12-30", "end": "2019-01-02"},
        "several days": {"start": "2019-05-03", "end": "2019-05-06"},
        "nearly two years": {"start": "2019-03-01", "end": "2021-02-01"},
        "an end within 400 days": {"start": "2024-11-02", "end": "2025-05-10"},
        "an end to come": {"start": "2025-01-01", "end": "2026-08-01"},
        "hours elsewhere": {"start": "2020-12-31T20:00", "end": None, "timezone": "America/Montreal"},
        "announced before": {"date": "2015-12-01"},
        "announced lately": {"date": "2026-05-30"},
        "announced later": {"date": "2026-06-15"},
        "modified lately": {"modified": "2026-05-31T10:00"},
        "a deadline long ago": {"registration": "{url: https://exemple.fr/, deadline: 2016-01-01}"},
        "a deadline to come": {"registration": "{email: a@exemple.fr, deadline: 2026-06-20T12:00, required: true}"},
    },
    "themes": {
        "a department": {"departments": '["41"]'},
        "two departments": {"departments": '["28", "37"]'},
        "a department of another region": {"departments": '["75"]'},
        "no department": {"departments": None},
        "a category": {"category": "on-y-etait"},
        "no category": {"category": None},
        "another spelling of a tag": {"tags": "[ess, VÉLO]"},
        "a new tag": {"tags": "[Tout neuf]"},
        "no tag": {"tags": None},
        "another spelling of an organiser": {"organisers": '["les amis"]'},
        "an organiser with an address": {"organisers": '[{name: "Les Amis", url: "https://exemple.fr/amis"}]'},
        "a new organiser": {"organisers": '["Quelqu\'un", "CRESS"]'},
        "partners": {"partners": '["CRESS", "Une amie"]'},
    },
    "statuses": {
        "cancelled": {"event_status": "cancelled", "status_note": "La salle est fermée."},
        "postponed": {"event_status": "postponed"},
        "rescheduled": {"event_status": "rescheduled", "previous_start": "2016-02-03"},
        "rescheduled without a word": {"event_status": "rescheduled"},
        "moved online": {"event_status": "moved-online", "online": "https://exemple.fr/direct"},
        "full": {"event_status": "full"},
        "a series": _LONG_AGO | {"repeat": "{rule: FREQ=WEEKLY;COUNT=3}"},
        "a series with exceptions": _LONG_AGO
        | {"repeat": "{rule: FREQ=WEEKLY;COUNT=4, except: [2018-05-16], also: [2018-06-20, 2026-06-20]}"},
        "a series with a moved date": _LONG_AGO
        | {"repeat": "{rule: FREQ=WEEKLY;COUNT=3, changes: [{on: 2018-05-16, start: 2018-08-01T10:00}]}"},
        "a series over new year": {"start": "2018-12-20", "end": None, "repeat": "{rule: FREQ=WEEKLY;COUNT=4}"},
        "a series to this day": {"start": "2024-06-15", "end": None, "repeat": "{rule: FREQ=MONTHLY;COUNT=25}"},
    },
}


def _write(fields: dict[str, str | None], site: EditedSite, one: str, _: str) -> None:
    site.edit(one, **fields)


# What is done to files


def copy(site: EditedSite, one: str, _: str) -> None:
    site.put({one.replace(".md", "-copie.md"): site.files[one]})


def delete(site: EditedSite, one: str, _: str) -> None:
    site.put({one: None})


def delete_and_copy(site: EditedSite, one: str, other: str) -> None:
    site.put({one.replace(".md", "-copie.md"): site.files[one], other: None})


def rename(site: EditedSite, one: str, _: str) -> None:
    site.put({one.replace(".md", "-bis.md"): site.files[one], one: None})


def rename_and_edit(site: EditedSite, one: str, other: str) -> None:
    rename(site, one, other)
    site.edit(one.replace(".md", "-bis.md"), title="Renommé", start="2019-01-05", end=None)


def rename_and_record(site: EditedSite, one: str, other: str) -> None:
    rename(site, one, other)
    ledger = f"- path: {one.replace('.md', '-bis.md')}\n  id: {one.removesuffix('.md')}\n"
    site.put({"agenda/identites.yaml": ledger})


def exchange(site: EditedSite, one: str, other: str) -> None:
    site.put({one: site.files[other], other: site.files[one]})


def exchange_titles(site: EditedSite, one: str, other: str) -> None:
    first, second = site.sheet(one).title, site.sheet(other).title
    site.edit(one, title=second)
    site.edit(other, title=first)


def take_the_identity(site: EditedSite, one: str, other: str) -> None:
    site.edit(one, id=other.removesuffix(".md"))


def add_picture(site: EditedSite, one: str, _: str) -> None:
    photo = pictures.data(pictures.corners(320, 200), "PNG")
    site.put({f"{Path(one).parent}/photo.png": photo})
    site.edit(one, image="photo.png", image_alt="Une photo")


def forget_picture(site: EditedSite, one: str, _: str) -> None:
    site.edit(one, image="absente.png", image_alt="Une photo")


def touch(site: EditedSite, one: str, _: str) -> None:
    (site.root / "content" / one).touch()


def break_file(site: EditedSite, one: str, _: str) -> None:
    site.put({one: "---\ntitle: Réunion : ordre du jour\n---\n"})


def edit_many(site: EditedSite, _: str, __: str) -> None:
    for path in site.events()[::3]:
        site.edit(path, tags="[ESS, Partout]")


def delete_a_year(site: EditedSite, one: str, _: str) -> None:
    year = Path(one).parent
    site.put({path: None for path in site.events() if Path(path).parent == year})


def announce(site: EditedSite, _: str, __: str) -> None:
    site.put({"agenda/2026/neuf.md": Sheet.of("Neuf", "2026-08-20T18:00", departments='["37"]', tags="[ESS]")})


# What speaks of an event


def link_from_article(site: EditedSite, one: str, other: str) -> None:
    body = f"Voir [l'un](../../{one}) et [l'autre](../../{other})."
    site.put({"blog/2026/recit.md": sites.article("Récit", body=body)})


def link_to_nowhere(site: EditedSite, one: str, other: str) -> None:
    link_from_article(site, one, other)
    delete(site, one, other)


def link_from_event(site: EditedSite, one: str, other: str) -> None:
    site.edit(one, body=f"Après [l'autre](../../{other}).")


def link_from_part(site: EditedSite, one: str, _: str) -> None:
    part = sites.article("Une partie", body=f"Voir [la fête](../../{one}).")
    site.put({"dossiers/theme/index.md": sites.article("Un thème"), "dossiers/theme/01-partie.md": part})


def open_dossier(site: EditedSite, _: str, __: str) -> None:
    site.put({"dossiers/theme/index.md": sites.article("Un thème", tags="[ess, fête]")})


def write_with_a_tag(site: EditedSite, _: str, __: str) -> None:
    site.put({"blog/2026/deux.md": sites.article("Deux", tags="[Fête, vélo]")})


def _report(site: EditedSite, year: str, *, value: int | None = None) -> None:
    figures = "".join(
        f"- {{id: {name}, label: Dates, unit: dates, computed: {name}}}\n" for name in ("events", "key-dates")
    )
    stated = f"- {{id: votes, label: Votes, computed: events, value: {value}}}\n" if value is not None else ""
    milestones = f'- {{start: {year}-02-01, title: Une embauche, departments: ["37"]}}\n'
    index = sites.document("Rapport", "En tout [[chiffre:events]].", year=year, funders="[Une fondation]")
    report = {"index.md": index, "chiffres.yaml": figures + stated, "jalons.yaml": milestones}
    site.put({f"rapports/{year}/{name}": text for name, text in report.items()})


def report_year(site: EditedSite, one: str, _: str) -> None:
    _report(site, site.sheet(one).start[:4])


def report_and_edit(site: EditedSite, one: str, other: str) -> None:
    report_year(site, one, other)
    site.edit(one, title="Titre du rapport", key_date="false")


def report_wrong_figure(site: EditedSite, one: str, _: str) -> None:
    _report(site, site.sheet(one).start[:4], value=99)


def section_links(site: EditedSite, one: str, other: str) -> None:
    report_year(site, one, other)
    section = sites.document("Une action", f"Voir [la fête](../../{one}).", axis="true")
    site.put({f"rapports/{site.sheet(one).start[:4]}/01-une.md": section})


# Partners

_CALENDAR = """\
name: {name}
address: https://exemple.fr/{slug}.ics
trusted: true
department: '37'
events:
"""
_NOTICE = """\
- key: {key}-{slug}
  uid: {key}@exemple.fr
  title: {title}
  start: {start}
  place: {{city: {city}}}
  organiser: Un autre
  seen: 2026-05-01
"""


def _calendar(name: str, *entries: tuple[str, str, str], **more: str) -> dict[str, Content]:
    """A partner's calendar: its events are given as title, start and town."""
    slug = name.lower()
    events = (
        _NOTICE.format(key=f"{start[:4]}/{start[5:7]}/n{n}", slug=slug, title=title, start=start, city=city)
        for n, (title, start, city) in enumerate(entries)
    )
    head = _CALENDAR.format(name=name, slug=slug) + ""
    head = "".join(f"{key}: {value}\n" for key, value in more.items()) + head
    return {f"agenda/imports/{slug}.yaml": head + "".join(events)}


def _like(site: EditedSite, path: str) -> tuple[str, str, str]:
    """An event of ours as a partner announces it."""
    sheet = site.sheet(path)
    return (sheet.title, sheet.start, "Tours" if "Tours" in sheet.fields.get("place", "") else '""')


_OTHERS = (("Ailleurs", "2019-05-04T10:00", "Blois"), ("Bientôt", "2026-07-05T10:00", "Tours"))


def import_duplicate(site: EditedSite, one: str, other: str) -> None:
    site.put(_calendar("Archipel", _like(site, one), _like(site, other)))


def import_others(site: EditedSite, _: str, __: str) -> None:
    site.put(_calendar("Archipel", *_OTHERS))


def import_twice(site: EditedSite, one: str, _: str) -> None:
    calendars = _calendar("Archipel", _like(site, one), *_OTHERS) | _calendar(
        "Relais", _like(site, one), *_OTHERS, aggregator="true"
    )
    site.put(calendars)


def import_and_edit(site: EditedSite, one: str, other: str) -> None:
    import_duplicate(site, one, other)
    site.edit(one, title="Ce n'est plus le même titre")


def become_a_duplicate(site: EditedSite, one: str, other: str) -> None:
    import_others(site, one, other)
    site.edit(one, title="Ailleurs", start="2019-05-04T10:00", end=None, place="{city: Blois}")


def decide_different(site: EditedSite, one: str, other: str) -> None:
    import_duplicate(site, one, other)
    title, start, _ = _like(site, one)
    site.put({"agenda/doublons.yaml": f'- different: [{one}, "Archipel/{start[:10]}/{title}"]\n'})


def decide_same(site: EditedSite, one: str, other: str) -> None:
    import_others(site, one, other)
    site.put({"agenda/doublons.yaml": f"- same: [{one}, archipel/2019-05-04/ailleurs]\n"})


def decide_amiss(site: EditedSite, one: str, other: str) -> None:
    site.put({"agenda/doublons.yaml": f"- same: [{one}, {other}]\n"})


# What nobody writes: time, and disks


def _wait(time: timedelta, site: EditedSite, _: str, __: str) -> None:
    site.now += time


def wait_and_edit(site: EditedSite, one: str, _: str) -> None:
    site.now += timedelta(hours=30)
    site.edit(one, title="Plus tard")


def _damage(name: str, site: EditedSite, one: str, _: str) -> None:
    file = site.state / name
    if file.exists():
        file.write_bytes(file.read_bytes()[:-7])
    site.edit(one, summary=f"Avec {name}.")


def _lose(name: str, site: EditedSite, one: str, _: str) -> None:
    (site.state / name).unlink(missing_ok=True)
    site.edit(one, summary=f"Sans {name}.")


def _named(*edits: Edit) -> dict[str, Edit]:
    return {edit.__name__.replace("_", " "): edit for edit in edits}  # type: ignore[attr-defined]


_KEPT = ("documents", "documents.since", "manifest", "pieces.sqlite3")
_TIMES = {"an hour": 1, "eleven hours": 11, "a day": 24, "thirty days": 720, "four hundred days": 9600}
GROUPS: dict[str, dict[str, Edit]] = {
    **{group: {name: partial(_write, fields) for name, fields in known.items()} for group, known in _FIELDS.items()},
    "files": _named(
        copy, delete, delete_and_copy, rename, rename_and_edit, rename_and_record, exchange, exchange_titles,
        take_the_identity, add_picture, forget_picture, touch, break_file, edit_many, delete_a_year, announce,
    ),
    "mentions": _named(
        link_from_article, link_to_nowhere, link_from_event, link_from_part, open_dossier, write_with_a_tag,
        report_year, report_and_edit, report_wrong_figure, section_links,
    ),
    "partners": _named(
        import_duplicate, import_others, import_twice, import_and_edit, become_a_duplicate, decide_different,
        decide_same, decide_amiss,
    ),
    "time": {
        **{f"{name} later": partial(_wait, timedelta(hours=hours)) for name, hours in _TIMES.items()},
        "a day later, edited": wait_and_edit,
        **{f"damaged {name}": partial(_damage, name) for name in _KEPT},
        **{f"lost {name}": partial(_lose, name) for name in _KEPT},
    },
}  # fmt: skip
EDITS = {name: edit for group in GROUPS.values() for name, edit in group.items()}


@pytest.mark.parametrize("group", GROUPS)
def test_after_each_edit_the_site_is_that_of_a_first_build(tmp_path, group):
    site = EditedSite(tmp_path, FILES, pdf=False)
    site.check("nothing")
    for number, (name, edit) in enumerate(GROUPS[group].items()):
        site.restore(FILES)
        edit(site, OLD[number * 5 % len(OLD)], OLD[(number * 5 + 7) % len(OLD)])
        site.check(name)
    site.restore(FILES)
    site.check("all is taken back")
