"""What was rendered is looked at before anybody gets it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.press.checking import Addresses, check_output
from plugins.press.outputs import Function, Output, Template
from plugins.press.problems import render_text

PATHS = {"index.html", "agenda/index.html", "blog/été/index.html", "theme/a.css", "media/b c.png"}
PATHS |= {"media/a.png", "media/src.png"}


def said(data: str | bytes, url: str = "/page/", source: str = "") -> list[str]:
    renderer = Function("a:file") if isinstance(data, bytes) else Template("page.html")
    output = Output(url, renderer, None, source)
    content = data if isinstance(data, bytes) else data.encode()
    problems = list(check_output(output, content, Addresses(PATHS)))
    assert all(problem.is_error for problem in problems)
    return [render_text(problem) for problem in problems]


# Pages


@pytest.mark.parametrize(
    "address",
    [
        *(
            "/",
            "/agenda/",
            "/agenda/?page=2#x",
            "/theme/a.css?v=1",
            "/blog/%C3%A9t%C3%A9/",
            "/blog/été/",
            "/media/b%20c.png",
        ),
        *(
            "https://exemple.fr/x",
            "http://exemple.fr",
            "mailto:a@b.fr",
            "tel:+33247",
            "webcal://x/y.ics",
            "data:image/png,x",
        ),
        *("#ici", "#", "", "#l&#x27;%C3%A9t%C3%A9", "#l&#x27;été"),
    ],
)
def test_a_link_that_leads_somewhere_is_fine(address):
    assert said(f"""<h2 id="ici">a</h2><h2 id="l'été">b</h2><a href="{address}">a</a>""") == []


@pytest.mark.parametrize(
    "address",
    [
        "/rien/",
        "/agenda",
        "/Agenda/",
        "agenda/",
        "../agenda/",
        "/media/absent.png",
        "#rien",
        "javascript:x",
        "//exemple.fr/",
    ],
)
def test_a_link_that_leads_nowhere_is_refused(address):
    message = f"/page/: page /page/ : le lien « {address} » ne mène à aucune page du site. Corriger son adresse."
    assert said(f'<a class="x" href="{address}">a</a>') == [message]


@pytest.mark.parametrize("tag", ['<img src="{}">', '<script src="{}">', '<form action="{}">', '<link\n href="{}">'])
def test_everything_that_leads_somewhere_is_looked_at(tag):
    assert said(tag.format("/agenda/")) == []
    assert said(tag.format("/media/src.png")) == []
    assert len(said(tag.format("/rien/"))) == 1


def test_a_link_is_shown_as_it_reads_and_once():
    assert said('<a href="/a&amp;b/">a</a><a href="/a&amp;b/">b</a>') == [
        "/page/: page /page/ : le lien « /a&b/ » ne mène à aucune page du site. Corriger son adresse."
    ]


def test_what_only_looks_like_a_link_is_none():
    assert said('<p data-href="/rien/">href=&quot;/rien/&quot;</p>') == []


def test_every_source_of_a_picture_is_looked_at():
    found = said('<img srcset="/media/a.png 1x, /media/absent.png 2x,https://exemple.fr/x.png 3x">')
    assert found == ["/page/: page /page/ : l'image « /media/absent.png » n'existe pas sur le site."]


@pytest.mark.parametrize("sources", ["", " ", "/media/a.png, ", "/media/a.png"])
def test_a_list_of_sources_may_have_holes(sources):
    assert said(f'<img srcset="{sources}">') == []


def test_the_problem_names_the_file_that_the_page_comes_from():
    (message,) = said('<a href="/rien/">a</a>', source="pages/a.md")
    assert message.startswith("pages/a.md: page /page/ : ")


def test_a_page_that_is_not_utf_8_is_refused():
    message = "page /a.html : ce fichier n'est pas en UTF-8 (octet 3). L'enregistrer en UTF-8."
    assert said(b"<p>\xe9t\xe9", "/a.html") == [f"/a.html: {message}"]


# XML


@pytest.mark.parametrize("url", ["/a.xml", "/flux/a.rss.xml", "/a.svg"])
@pytest.mark.parametrize(
    "data", [b"", b"<a>", b"<a><b></a>", b"<a>&rien;</a>", b"<a>\x01</a>", b"<a>\xe9</a>", "<a>\ufffe</a>".encode()]
)
def test_xml_that_readers_would_refuse_is_refused(data, url):
    (message,) = said(data, url)
    assert f"page {url} : ce fichier n'est pas du XML bien formé (" in message


@pytest.mark.parametrize("data", ["<a/>", "<?xml version='1.0' encoding='utf-8'?><a>é &amp; &#233;</a>"])
def test_xml_that_is_well_formed_is_fine(data):
    assert said(data, "/a.xml") == []


# Calendars

CALENDAR = ["BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "SUMMARY:Été", "END:VEVENT", "END:VCALENDAR", ""]


def calendar(*lines: str | bytes, end: bytes = b"\r\n") -> list[str]:
    found = said(end.join(line if isinstance(line, bytes) else line.encode() for line in lines), "/a.ics")
    return [message.removeprefix("/a.ics: page /a.ics : ") for message in found]


def with_line(line: str | bytes) -> list[str]:
    return calendar(*CALENDAR[:3], line, *CALENDAR[4:])


CRLF = "une ligne du calendrier ne finit pas par CRLF."
LONG = "une ligne du calendrier dépasse 75 octets."
CUT = "une ligne du calendrier est coupée dans un caractère."
OPEN = "un composant du calendrier n'est pas fermé."
FIRST = "le calendrier ne commence pas par BEGIN:VCALENDAR."


def test_a_calendar_as_the_standard_wants_it_is_fine():
    assert calendar(*CALENDAR) == []


@pytest.mark.parametrize(
    ("line", "messages"),
    [
        ("X:" + "x" * 73, []),
        ("X:" + "x" * 74, [LONG]),
        ("X:" + "é" * 37, [LONG]),
        ("X:" + "é" * 36, []),
        (b"X:\xc3\r\n \xa9", [CUT]),
        (b"X:\xc3\r\n\xa9", [CUT]),
        ("X:a\r\n é", []),
        ("X:a\n é", [CRLF]),
        ("X:a\r é", [CRLF]),
        ("DESCRIPTION:a\r\n BEGIN:VALARM", []),
    ],
)
def test_each_line_is_looked_at(line, messages):
    assert with_line(line) == messages


@pytest.mark.parametrize(
    ("lines", "messages"),
    [
        (CALENDAR[:-1], [CRLF]),
        ([*CALENDAR[:-2], ""], [OPEN]),
        (CALENDAR[:4] + CALENDAR[5:], [OPEN]),
        ([*CALENDAR[:4], "END:VCALENDAR", "END:VEVENT", ""], [OPEN]),
        ([*CALENDAR[:-1], "END:VCALENDAR", ""], [OPEN]),
        ([""], [FIRST]),
        (["<!doctype html>", ""], [FIRST]),
        ([b"\xef\xbb\xbfBEGIN:VCALENDAR", "END:VCALENDAR", ""], [FIRST, OPEN]),
    ],
)
def test_the_whole_is_looked_at(lines, messages):
    assert calendar(*lines) == messages


def test_a_calendar_with_the_line_ends_of_unix_is_refused():
    assert CRLF in calendar(*CALENDAR, end=b"\n")


@given(st.binary())
def test_no_bytes_are_too_strange_to_be_refused(data):
    for url in ("/a.html", "/a.xml", "/a.ics"):
        for message in said(data, url):
            assert message.startswith(f"{url}: page {url} : ")


@given(st.binary())
def test_what_is_only_handed_on_is_not_looked_at(data):
    assert said(data, "/a.pdf") == []
