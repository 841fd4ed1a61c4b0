"""Keys of the agenda: what changes the bytes of an output changes its fingerprint, and the key of its batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from plugins.agenda.changes import read_meaning
from plugins.agenda.details import Contact, Occurrence, Place, Registration, Source
from plugins.agenda.model import Event
from plugins.agenda.outputs import build_outputs
from plugins.press.documents import Document, Image, with_face
from plugins.press.outputs import Batch, Output, fingerprint, hash_value
from plugins.press.site import Site
from plugins.press.versions import History, Version
from plugins.tags.outputs import build_outputs as build_tags
from tests import filings, sites, values
from tests.filings import MOMENTS, Said
from tests.values import article, dossier, event, moment, reference, text, weekly

NOW = "2026-07-08T12:00"
FETE = event(
    "Fête",
    "2026-07-10T10:00",
    "2026-07-10T12:00",
    organisers=["CRESS"],
    tags=("ESS",),
    departments=("37",),
    registration=Registration(deadline=moment("2026-07-09"), url="https://exemple.test"),
)
OTHERS = (
    event("Avant", "2026-07-02", departments=("37",), tags=("ESS",)),
    event("Salon", "2026-07-20", "2026-08-02", departments=("37", "45"), organisers=["CRESS"]),
    event("Après", "2026-09-01", category="prestation"),
    weekly("2026-07-01T18:00", "2026-07-15T18:00", "2026-07-29T18:00", departments=("37",), tags=("ESS",)),
    article("Un billet"),
)
ELSEWHERE = event("Salon", "2026-07-20", "2026-08-02", source=Source("Partenaire", "x", "https://exemple.test/x"))


def changed(**fields: object) -> tuple[Document, ...]:
    return (with_face(msgspec.structs.replace(FETE, **fields)), *OTHERS)


def among(*others: Document) -> tuple[Document, ...]:
    return (FETE, *OTHERS, *others)


def told(before: Event) -> History:
    """A history in which the event was something else before."""
    day, later = datetime(2026, 1, 1), datetime(2026, 2, 1)
    versions = (Version(day, (), read_meaning(before)), Version(later, (read_meaning(before),), read_meaning(FETE)))
    return History(added={FETE.path: day}, modified={FETE.path: later}, versions={FETE.path: versions})


CHANGES: dict[str, tuple[tuple[Document, ...], dict[str, object]]] = {
    "title": (changed(title="Bal"), {}),
    "the title of another": (changed(title="Après"), {}),
    "text": (changed(text=text("<p>Autre chose.</p>")), {}),
    "summary": (changed(summary="En bref."), {}),
    "start": (changed(start=moment("2026-07-10T09:00")), {}),
    "another month": (changed(start=moment("2026-08-10T10:00"), end=None), {}),
    "status": (changed(event_status="cancelled"), {}),
    "place": (changed(place=Place(city="Tours")), {}),
    "departments": (changed(departments=("45",)), {}),
    "organisers": (changed(organisers=()), {}),
    "tags": (changed(tags=("Autre",)), {}),
    "contact": (changed(contact=Contact(name="Une personne")), {}),
    "registration": (changed(registration=None), {}),
    "picture": (changed(image=Image("a.png", "agenda/a.png", "Une scène")), {"files": {"agenda/a.png": (1, 1, 1)}}),
    "a date of a series": (
        (
            FETE,
            *OTHERS[:3],
            weekly("2026-07-01T18:00", changes=(Occurrence(moment("2026-07-16T18:00"), None, all_day=False),)),
        ),
        {},
    ),
    "one less": ((FETE, *OTHERS[1:]), {}),
    "one more": (among(event("Bal", "2026-07-11", departments=("37",))), {}),
    "who else announces": (among(ELSEWHERE), {}),
    "mention": (among(article("Récit", text=text(links=(reference("x.md", FETE.path),)))), {}),
    "dossier": (among(dossier("ESS", tags=("ESS",))), {}),
    "it is over": (among(), {"now": "2026-07-10T12:00"}),
    "it is too late to sign up": (among(), {"now": "2026-07-10T00:00"}),
    "it is running": (among(), {"now": "2026-07-10T11:00"}),
    "a date of the series is over": (among(), {"now": "2026-07-16T00:00"}),
    "first name": (among(), {"history": History(origins={FETE.path: "agenda/2026/ancien.md"})}),
    "first commit": (among(), {"announced": {FETE.path: "2026-01-01T10:00"}}),
    "past": (among(), {"history": told(OTHERS[0])}),  # type: ignore[arg-type]
}


def build(site: Site) -> Iterator[tuple[str, Output, bytes]]:
    """Each output of the agenda and of the tags, with the batch it is in and the hash of its key."""
    for item in (*build_outputs(site), *build_tags(site)):
        if isinstance(item, Batch):
            yield from ((item.name, output, hash_value(item.key, b"")) for output in item.build())
        else:
            yield "", item, b""


def seen(documents: tuple[Document, ...], **more: object) -> dict[str, tuple[str, bytes, bytes, bytes]]:
    """Of each output: its batch, its batch's mark, its own, and its bytes."""
    site = values.site(*documents, **{"now": NOW, **more})
    press = values.press(site.settings)
    return {
        output.url: (name, mark, fingerprint(output, b""), press.render(output))
        for name, output, mark in build(site)
        if not output.url.endswith((".pdf", ".png", ".jpg"))
    }


@cache
def seen_before() -> dict[str, tuple[str, bytes, bytes, bytes]]:
    return seen(among())


@pytest.mark.parametrize("change", CHANGES)
def test_no_key_forgets_what_its_outputs_show(change):
    documents, more = CHANGES[change]
    before, after = seen_before(), seen(documents, **more)
    different = [url for url in before.keys() & after.keys() if before[url][3] != after[url][3]]
    assert different or before.keys() != after.keys()
    for url in different:
        name, mark, own, _ = after[url]
        assert own != before[url][2], url
        assert not name or before[url][:2] != (name, mark), url
    # what is in a batch that stands is there as it was, none more and none less
    standing = {name: mark for name, mark, *_ in before.values()}
    for url in before.keys() ^ after.keys():
        name, mark, *_ = (before | after)[url]
        other = {found[0]: found[1] for found in (after if url in before else before).values()}
        assert not name or other.get(name) != mark, url
    assert standing


def test_nothing_changes_when_nothing_does():
    assert seen(among()) == seen_before()


# Whatever is settled


_VIEWS = msgspec.msgpack.Encoder(enc_hook=lambda deferred: deferred())
"""Of views in views, it tells what they are made of, and themselves."""


def composed(site: Site) -> dict[str, tuple[bytes, bytes]]:
    """All that the subjects make of a site: batches by name, with their key; outputs by address, with their mark."""
    found: dict[str, tuple[bytes, bytes]] = {}
    for item in (item for subject in sites.SUBJECTS for item in subject.build_outputs(site)):
        outputs: Iterable[Output] = (item,)
        if isinstance(item, Batch):
            outputs = item.build()
            found[item.name] = (hash_value(item.key, b""), b"")
        for output in outputs:
            assert output.url not in found
            found[output.url] = (fingerprint(output, b""), _VIEWS.encode(output.build_view()))
    return found


def beside(said: Said) -> tuple[Document, ...]:
    """What speaks of events."""
    first, last = said.events[0], said.events[-1]
    link = reference(f"../../{last.path}", last.path)
    return (
        article("Récit", text=text(links=(reference(f"../../{first.path}", first.path), link)), tags=("ESS",)),
        dossier("Fêtes", tags=("fête",)),
        values.report(2024),
        values.section(1, text=text("<p>Une section.</p>", links=(link,)), year=2024),
    )


@limits(max_examples=150)
@given(filings.said(largest=6), MOMENTS, st.booleans(), st.booleans())
def test_the_keys_do_not_depend_on_what_is_settled(said, now, speaks, renamed):
    more = beside(said) if speaks and said.events else ()
    history = History(origins={event.path: f"agenda/2000/{number}.md" for number, event in enumerate(said.events[::2])})
    options = {"now": now.isoformat(), "history": history if renamed else History()}
    whole = composed(values.site(*more, filed={Event: said.whole(now)}, **options))
    assert composed(values.site(*more, filed={Event: said.split(now)}, **options)) == whole
