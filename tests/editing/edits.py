"""All edits by name, in groups; each is done to one event, sometimes with the help of another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.editing import files, mentions, partners
from tests.editing.agenda import OLD
from tests.editing.fields import FIELDS
from tests.editing.site import EditedSite

Edit = Callable[[EditedSite, str, str], None]


def _write(fields: dict[str, str | None], site: EditedSite, one: str, _: str) -> None:
    site.edit(one, **fields)


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
    return {edit.__name__.replace("_", " "): edit for edit in edits}


_KEPT = ("documents", "documents.since", "manifest", "pieces.sqlite3")
_TIMES = {"an hour": 1, "a day": 24, "thirty days": 720, "four hundred days": 9600}
GROUPS: dict[str, dict[str, Edit]] = {
    **{group: {name: partial(_write, fields) for name, fields in known.items()} for group, known in FIELDS.items()},
    "files": _named(
        files.copy,
        files.delete,
        files.delete_and_copy,
        files.rename,
        files.rename_and_edit,
        files.rename_and_record,
        files.exchange,
        files.exchange_titles,
        files.take_the_identity,
        files.add_picture,
        files.forget_picture,
        files.touch,
        files.break_file,
        files.edit_many,
        files.delete_a_year,
        files.announce,
    ),
    "mentions": _named(
        mentions.link_from_article,
        mentions.link_to_nowhere,
        mentions.link_from_event,
        mentions.link_from_part,
        mentions.open_dossier,
        mentions.write_with_a_tag,
        mentions.report_year,
        mentions.report_and_edit,
        mentions.report_wrong_figure,
        mentions.section_links,
    ),
    "partners": _named(
        partners.import_duplicate,
        partners.import_others,
        partners.import_twice,
        partners.import_and_edit,
        partners.become_a_duplicate,
        partners.decide_different,
        partners.decide_same,
        partners.decide_amiss,
    ),
    "time": {
        **{f"{name} later": partial(_wait, timedelta(hours=hours)) for name, hours in _TIMES.items()},
        "a day later, edited": wait_and_edit,
        **{f"damaged {name}": partial(_damage, name) for name in _KEPT},
        **{f"lost {name}": partial(_lose, name) for name in _KEPT[::2]},
    },
}
EDITS = {name: edit for group in GROUPS.values() for name, edit in group.items()}
ERRORS = {
    "the identity of another",
    "a category that is none",
    "rescheduled without a word",
    "take the identity",
    "forget picture",
    "break file",
    "link to nowhere",
    "report wrong figure",
    "decide amiss",
}
"""The edits that leave content with errors: nothing is published then, and what comes next is right again."""
FITTING = {
    "no department": "agenda/2017/forum.md",
    "no category": "agenda/2016/reveillon.md",
    "no tag": "agenda/2017/atelier.md",
    "a draft": "agenda/2018/fete.md",
    "the identity of another": "agenda/2016/fete.md",
}
"""Which event to edit when not any will do: what is taken away must have been there."""


def choose(name: str, number: int) -> tuple[str, str]:
    """The events for an edit: others than those of the edit before."""
    one = FITTING.get(name, OLD[number * 7 % len(OLD)])
    return one, OLD[(OLD.index(one) + 3) % len(OLD)]
