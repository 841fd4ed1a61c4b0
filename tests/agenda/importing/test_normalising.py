"""Normalising: what partners' files really hold, repaired where it can be, refused event by event where it cannot."""

from __future__ import annotations

from datetime import datetime

import pytest

from plugins.agenda.details import Place
from plugins.agenda.importing.expanding import Window
from plugins.agenda.importing.failures import SourceError
from plugins.agenda.importing.normalising import Normalised, normalise
from plugins.agenda.importing.repairing import read_feed
from plugins.agenda.notices import Dates, Notice
from tests import sites
from tests.agenda.importing.calendars import calendar, event, partner

ZONE_OF_ITS_OWN = """\
BEGIN:VTIMEZONE\r
TZID:Fuseau maison\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:{summer}\r
END:DAYLIGHT\r
END:VTIMEZONE"""


def read(data: bytes, **values: object) -> Normalised:
    return normalise(read_feed(data), partner(**values), sites.NOW)


def one(*events: str, head: str = "", **values: object) -> Notice:
    found = read(calendar(*events, head=head), **values)
    assert found.refusals == ()
    (notice,) = found.notices
    return notice


def reasons(*events: str, head: str = "", **values: object) -> list[str]:
    found = read(calendar(*events, head=head), **values)
    assert found.notices == ()
    return [refusal.reason for refusal in found.refusals]


def when(notice: Notice) -> list[str]:
    return [f"{dates.start:%m-%d %H:%M}" for dates in notice.dates]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


# The whole file


def test_an_event_as_it_should_be():
    text = event(
        "Fête de l’été 🎉",
        ";TZID=Europe/Paris:20260705T180000",
        DTEND=";TZID=Europe/Paris:20260705T200000",
        LOCATION=r"La Cale\, 1 rue du Port\, 37000 Tours\, France",
        DESCRIPTION=r"Venez danser.\nÀ bientôt !",
        URL="https://exemple.fr/fete",
        GEO="47.39;0.68",
        STATUS="CONFIRMED",
    )
    assert one(text) == Notice(
        uid="1@exemple.fr",
        title="Fête de l’été 🎉",
        dates=(Dates(at("2026-07-05T18:00"), at("2026-07-05T20:00")),),
        all_day=False,
        summary="Venez danser. À bientôt !",
        place=Place("La Cale", "1 rue du Port", "37000", "Tours", 47.39, 0.68),
        departments=("37",),
        url="https://exemple.fr/fete",
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("cp1252"),
        lambda data: data.decode().encode("utf-16"),
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\r"),
        lambda data: data + b"\r\n\r\n \x00",
        lambda data: data.replace("Fête".encode(), "Fête".encode()[:2] + b"\r\n " + "Fête".encode()[2:]),
        lambda data: data.replace(b"DTSTAMP:20260101T000000Z\r\n", b""),
        lambda data: data.replace(b"BEGIN:VEVENT", b"begin:vevent").replace(b"END:VEVENT", b"End:VEVENT"),
        lambda data: data.replace(b"SUMMARY:", b"X-A:b\r\nVALARM\r\nSUMMARY;LANGUAGE=fr:"),
    ],
    ids=["BOM", "Latin-1", "UTF-16", "LF", "CR", "tail", "cut letter", "no DTSTAMP", "lower case", "odd lines"],
)
def test_what_can_be_repaired_is(change):
    (notice,) = read(change(calendar(event("Fête à l’école, 5 €")))).notices
    assert (notice.title, when(notice)) == ("Fête à l’école, 5 €", ["07-05 18:00"])


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "le fichier est vide"),
        (b" \r\n", "le fichier est vide"),
        (b"<!DOCTYPE html><title>Erreur</title>", "c'est une page web, pas un calendrier"),
        (b'{"error": 1}', "ce n'est pas un calendrier"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "ce n'est pas un calendrier"),
        (calendar(event())[:-20], "le fichier s'arrête au milieu"),
        (calendar(event())[:90], "le fichier s'arrête au milieu"),
        (calendar(*["BEGIN:VEVENT\nEND:VEVENT"] * 50_001), "plus de 50000 événements"),
    ],
)
def test_a_whole_that_is_no_calendar_is_refused(data, message):
    with pytest.raises(SourceError, match=message):
        read_feed(data)


def test_an_alarm_says_nothing_of_the_event():
    alarm = "BEGIN:VALARM\r\nSUMMARY:Alarme\r\nDTSTART:20200101T000000\r\nEND:VALARM\r\nEND:VEVENT"
    assert one(event().replace("END:VEVENT", alarm)).title == "Fête"


# Times


@pytest.mark.parametrize(
    ("start", "head", "shown"),
    [
        ("20260705T180000", "", "07-05 18:00"),
        ("20260705T160000Z", "", "07-05 18:00"),
        ("20260105T160000Z", "", "01-05 17:00"),
        ("20260705T180000", "X-WR-TIMEZONE:Europe/London", "07-05 18:00"),
        ("20260705T160000Z", "X-WR-TIMEZONE:Europe/London", "07-05 17:00"),
        ("20260705T160000Z", "X-WR-TIMEZONE:n'importe quoi", "07-05 18:00"),
        (";TZID=Romance Standard Time:20260705T180000", "", "07-05 18:00"),
        (';TZID="Romance Standard Time":20260705T180000', "", "07-05 18:00"),
        (";TZID=/mozilla.org/20050126_1/Europe/Paris:20260705T180000", "", "07-05 18:00"),
        (";TZID=Fuseau maison:20260705T180000", ZONE_OF_ITS_OWN.format(summer="+0200"), "07-05 18:00"),
        (";TZID=Europe/Paris:20260329T023000", "", "03-29 03:30"),
    ],
)
def test_hours_are_those_of_the_place(start, head, shown):
    assert when(one(event(start=start), head=head)) == [shown]


def test_an_event_elsewhere_keeps_its_own_hours():
    notice = one(event(start=";TZID=Europe/London:20260705T180000"))
    assert (notice.timezone, when(notice)) == ("Europe/London", ["07-05 18:00"])


@pytest.mark.parametrize(
    ("values", "end"),
    [
        ({"DTEND": ";VALUE=DATE:20260713"}, "2026-07-12"),
        ({"DTEND": ";VALUE=DATE:20260711"}, None),
        ({"DTEND": ";VALUE=DATE:20260710"}, None),
        ({"DURATION": "P3D"}, "2026-07-12"),
        ({}, None),
    ],
)
def test_the_last_day_is_the_day_before_the_end_that_calendars_write(values, end):
    notice = one(event(start=";VALUE=DATE:20260710", **values))
    assert notice.all_day
    assert notice.dates == (Dates(at("2026-07-10"), at(end) if end else None),)


def test_a_length_gives_the_end():
    assert one(event(DURATION="PT1H30M")).dates[0].end == at("2026-07-05T19:30")


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"start": ""}, "sans date de début lisible"),
        ({"start": "demain"}, "DTSTART illisible (« demain »)"),
        ({"start": "20260230T100000"}, "DTSTART illisible"),
        ({"start": "00010101T000000"}, "DTSTART illisible"),
        ({"start": ";TZID=Mars/Olympe:20260705T180000"}, "fuseau horaire inconnu (« Mars/Olympe »)"),
        ({"DTEND": "20260705T170000"}, "la fin (2026-07-05 17:00) vient avant le début (2026-07-05 18:00)"),
        ({"DTEND": "20290705T170000"}, "il dure plus de deux ans"),
        ({"DURATION": "P99999999D"}, "il dure plus de deux ans"),
        ({"DTEND": ";VALUE=DATE:20260705"}, "le début est un jour et la fin une heure, ou l'inverse"),
        ({"title": ""}, "sans titre"),
        ({"title": "<script>x</script>"}, "sans titre"),
        ({"CLASS": "PRIVATE"}, "privé"),
        ({"RRULE": "FREQ=SECONDLY"}, "il se répète plusieurs fois par jour"),
        ({"RRULE": "FREQ=HOURLY;COUNT=3"}, "il se répète plusieurs fois par jour"),
        ({"RRULE": "FREQ=DAILY;BYHOUR=1,2,3"}, "il se répète plusieurs fois par jour"),
        ({"RRULE": "FREQ=DAILY;INTERVAL=0"}, "sa règle de répétition ne finit jamais"),
        ({"RRULE": "FREQ=DAILY"}, "sa règle donne plus de 500 dates"),
        ({"RRULE": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "sa règle de répétition ne donne pas de date, ou après"),
        ({"RRULE": "n'importe quoi"}, "sa règle de répétition est illisible"),
        ({"RRULE": "FREQ=WEEKLY", "EXDATE": "hier"}, "EXDATE illisible"),
        ({"start": "19600101T100000", "RRULE": "FREQ=WEEKLY"}, "il se répète depuis avant 1970"),
    ],
)
def test_one_event_is_refused_and_the_others_kept(values, reason):
    bad = event(**{"uid": "mauvais@exemple.fr", "title": "Mauvais"} | values)
    found = read(calendar(bad, event("Bon", uid="2")))
    assert [notice.title for notice in found.notices] == ["Bon"]
    (refusal,) = found.refusals
    assert refusal.uid == "mauvais@exemple.fr"
    assert refusal.reason.startswith(reason)


def test_a_zone_of_its_own_with_other_hours_is_unknown():
    text = event(start=";TZID=Fuseau maison:20260705T180000")
    assert reasons(text, head=ZONE_OF_ITS_OWN.format(summer="+0300")) == ["fuseau horaire inconnu (« Fuseau maison »)"]


# What comes back


def test_a_series_stays_at_its_hour_over_the_change_of_clocks():
    series = event(start=";TZID=Europe/Paris:20261012T183000", RRULE="FREQ=WEEKLY;COUNT=4")
    assert when(one(series)) == ["10-12 18:30", "10-19 18:30", "10-26 18:30", "11-02 18:30"]


def test_exceptions_extras_and_changed_occurrences_count():
    zone = ";TZID=Romance Standard Time:"
    series = event(
        start=f"{zone}20260706T183000",
        DTEND=f"{zone}20260706T203000",
        RRULE="FREQ=WEEKLY;COUNT=4",
        EXDATE=f"{zone}20260713T183000",
        RDATE=f"{zone}20260715T183000",
    )
    moved = event(start=f"{zone}20260721T190000", RECURRENCE_ID=f"{zone}20260720T183000")
    cancelled = event(start=f"{zone}20260727T183000", RECURRENCE_ID=f"{zone}20260727T183000", STATUS="CANCELLED")
    notice = one(series, moved, cancelled)
    assert when(notice) == ["07-06 18:30", "07-15 18:30", "07-21 19:00", "07-27 18:30"]
    assert [dates.cancelled for dates in notice.dates] == [False, False, False, True]
    assert notice.dates[1].end == at("2026-07-15T20:30")


def test_an_endless_series_is_taken_as_far_as_the_window():
    notice = one(event(start="20200106T100000", RRULE="FREQ=MONTHLY;BYDAY=1MO"))
    assert (notice.dates[0].start, notice.dates[-1].start) == (at("2025-06-02T10:00"), at("2027-11-01T10:00"))


def test_what_is_far_away_is_left_out_and_counted():
    found = read(
        calendar(
            event(uid="1", start="20250531T100000"),
            event(uid="2", start="20250601T100000"),
            event(uid="3", start="20271130T100000"),
            event(uid="4", start="20271201T100000"),
            event(uid="5", start="20200101T100000", RRULE="FREQ=DAILY;COUNT=3"),
        )
    )
    assert [notice.uid for notice in found.notices] == ["2", "3"]
    assert found.outside == 3
    window = Window.around(sites.NOW)
    assert (f"{window.start:%Y-%m-%d %H}", f"{window.end:%Y-%m-%d %H}") == ("2025-06-01 00", "2027-12-01 00")


def test_the_latest_version_of_an_event_counts():
    old, new = event("Avant", SEQUENCE="1"), event("Après", SEQUENCE="2")
    assert one(new, old).title == one(old, new).title == "Après"


def test_events_that_share_an_identity_are_each_kept():
    found = read(calendar(event(start="20260705T100000"), event(start="20260706T100000")))
    assert [notice.uid for notice in found.notices] == [
        "1@exemple.fr 2026-07-05 10:00:00",
        "1@exemple.fr 2026-07-06 10:00:00",
    ]


def test_a_changed_occurrence_without_its_series_is_an_event():
    assert when(one(event(RECURRENCE_ID="20260704T180000"))) == ["07-05 18:00"]


# Texts, places, people


def test_hostile_text_becomes_plain_everywhere():
    hostile = "<img src=x onerror=alert(1)>Été\u202e<script>alert(1)</script>"
    notice = one(
        event(
            hostile, DESCRIPTION=hostile, LOCATION=hostile, URL="javascript:alert(1)", ORGANIZER=";CN=x:mailto:a@b.fr"
        )
    )
    assert (notice.title, notice.summary, notice.place.name, notice.url, notice.organiser) == (
        "Été",
        "Été",
        "Été",
        "",
        "",
    )


def test_texts_are_bounded():
    notice = one(event("mot " * 500, uid="u" * 900, DESCRIPTION="mot " * 5000, LOCATION="lieu " * 900))
    assert (len(notice.title) <= 200, len(notice.summary) <= 300, len(notice.place.name) <= 200) == (True, True, True)
    assert notice.uid.startswith("sans-uid-")


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("Salle des fêtes", Place(name="Salle des fêtes")),
        (r"Parc\, Blois", Place(name="Parc", city="Blois")),
        (r"12 rue du Port\, 45000 Orléans", Place(name="12 rue du Port", postcode="45000", city="Orléans")),
        ("41000 Blois", Place(postcode="41000", city="Blois")),
        (r"La Cale\n1 rue du Port\n37000 Tours", Place("La Cale", "1 rue du Port", "37000", "Tours")),
        ("", Place()),
    ],
)
def test_a_place_is_taken_apart_as_on_an_envelope(said, place):
    assert one(event(LOCATION=said)).place == place


def test_a_place_on_the_web_is_online():
    notice = one(event(LOCATION="https://exemple.fr/direct"))
    assert (notice.online, notice.place) == ("https://exemple.fr/direct", Place())


@pytest.mark.parametrize("geo", ["abc", "1000;1", "0;0", "nan;nan", "47.39"])
def test_coordinates_that_are_none_are_dropped(geo):
    assert one(event(GEO=geo)).place == Place()


def test_only_an_aggregator_names_the_organiser_and_never_by_an_address():
    text = event(ORGANIZER=';CN="La Cale":mailto:moi@exemple.fr')
    assert one(text).organiser == ""
    assert one(text, aggregator=True).organiser == "La Cale"
    assert one(event(ORGANIZER=";CN=moi@exemple.fr:mailto:moi@exemple.fr"), aggregator=True).organiser == ""


def test_an_event_without_identity_gets_one_of_what_it_says():
    first, second = one(event(uid="")), one(event("Bal", uid=""))
    assert first.uid == one(event(uid="")).uid != second.uid


def test_a_cancelled_event_stays_one():
    assert one(event(STATUS="CANCELLED")).cancelled


def test_words_choose_events_whatever_their_accents_and_capitals():
    found = read(
        calendar(
            event("Marché", uid="1", CATEGORIES="Économie sociale,Autre"),
            event("ÉCONOMIE solidaire", uid="2"),
            event("Loto", uid="3"),
        ),
        words=("economie",),
    )
    assert [notice.uid for notice in found.notices] == ["1", "2"]
    assert found.filtered == 1
