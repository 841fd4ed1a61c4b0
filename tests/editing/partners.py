"""Edits of partners' calendars, and of what people decide about duplicates."""

from __future__ import annotations

from tests.editing.site import Content, EditedSite

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
    head = "".join(f"{key}: {value}\n" for key, value in more.items())
    text = head + _CALENDAR.format(name=name, slug=slug) + "".join(events)
    return {f"agenda/imports/{slug}.yaml": text}


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
