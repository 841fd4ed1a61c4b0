"""A picture in a page: its forms, its room, and when it is fetched."""

from __future__ import annotations

import pytest
from lxml import html

from plugins.press.pictures import markup
from plugins.press.pictures.facts import Facts, Shown, choose_widths, show

LARGE = show("blog/2026/un été.jpg", Facts(b"", "JPEG", 4000, 3000))
SMALL = show("a.png", Facts(b"", "PNG", 300, 200, flat=True))
BODY = '<p><img alt="Un &quot;mot&quot; &amp; plus" class="x" src="link:1" title="t"> <a href="link:0">a</a></p>'


def tree(text: str) -> html.HtmlElement:
    return html.fragment_fromstring(text)


def drawn(shown: Shown, attributes: str = ' alt="x"') -> html.HtmlElement:
    return tree(shown_in_text(shown, attributes))


def shown_in_text(shown: Shown, attributes: str = ' alt="x"') -> str:
    return markup.replace(f'<img{attributes} src="link:0">', (shown,))


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, (480, 800, 1200, 1600)),
        (1600, (480, 800, 1200, 1600)),
        (1300, (480, 800, 1300)),
        (1200, (480, 800, 1200)),
        (500, (500,)),
        (300, (300,)),
        (1, (1,)),
    ],
)
def test_no_form_is_wider_than_the_picture_and_none_is_there_for_nothing(width, widths):
    assert choose_widths(width) == widths


def test_a_browser_takes_the_form_and_the_width_that_suit_it():
    picture = drawn(LARGE)
    assert [source.get("type") for source in picture.cssselect("source")] == ["image/avif", "image/webp"]
    avif = picture.cssselect("source")[0]
    base = "/media/blog/2026/un%20%C3%A9t%C3%A9.jpg"
    assert avif.get("srcset") == ", ".join(f"{base}.{width}.avif {width}w" for width in (480, 800, 1200, 1600))
    assert avif.get("sizes") == markup.SIZES
    image = picture.cssselect("img")[0]
    assert image.get("src") == base
    assert (image.get("width"), image.get("height")) == ("1600", "1200"), "its room is kept before it is there"


def test_a_small_picture_has_one_width():
    picture = drawn(SMALL)
    assert [source.get("srcset") for source in picture.cssselect("source")] == [
        "/media/a.png.300.avif",
        "/media/a.png.300.webp",
    ]
    assert picture.cssselect("img")[0].get("width") == "300"


def test_a_drawing_and_a_picture_of_which_nothing_is_known_stand_alone():
    assert shown_in_text(show("a.svg", Facts(b"", "SVG", 600, 360))) == (
        '<img alt="x" loading="lazy" decoding="async" src="/media/a.svg" width="600" height="360">'
    )
    assert drawn(show("a.svg", Facts(b"", "SVG"))).get("width") is None
    assert drawn(show("a.png", None)).get("src") == "/media/a.png"


@pytest.mark.parametrize(
    ("path", "facts", "url"),
    [
        ("a.jpeg", Facts(b"", "JPEG", 9, 9), "/media/a.jpeg"),
        ("a.PNG", Facts(b"", "PNG", 9, 9, flat=True), "/media/a.PNG"),
        ("a.png", Facts(b"", "PNG", 9, 9), "/media/a.png.jpg"),
        ("a.webp", Facts(b"", "WEBP", 9, 9), "/media/a.webp.jpg"),
        ("a.webp", Facts(b"", "WEBP", 9, 9, transparent=True), "/media/a.webp.png"),
        ("a.gif", Facts(b"", "GIF", 9, 9, flat=True), "/media/a.gif.png"),
    ],
)
def test_the_form_that_every_program_reads_is_named_after_its_format(path, facts, url):
    assert show(path, facts).url == url


def test_what_was_written_of_a_picture_stays_and_its_links_too():
    page = tree(markup.replace(BODY, ("/x/", LARGE)))
    image = page.cssselect("picture img")[0]
    assert (image.get("alt"), image.get("class"), image.get("title")) == ('Un "mot" & plus', "x", "t")
    assert page.cssselect("a")[0].get("href") == "link:0"


def test_feeds_and_books_get_one_form_and_its_size():
    large = 'src="/media/blog/2026/un%20%C3%A9t%C3%A9.jpg" width="1600" height="1200"'
    assert markup.flatten(markup.replace(BODY, ("/x/", LARGE))) == (
        f'<p><img alt="Un &quot;mot&quot; &amp; plus" class="x" title="t" {large}> <a href="link:0">a</a></p>'
    )
    assert markup.flatten(str(markup.leading(LARGE, "Un <mot>"))) == f'<img alt="Un &lt;mot&gt;" {large}>'
    drawings = shown_in_text(show("a.svg", Facts(b"", "SVG"))) * 2
    assert markup.flatten(drawings) == '<img alt="x" src="/media/a.svg">' * 2
    two = shown_in_text(SMALL) + "<p>Un mot.</p>" + shown_in_text(LARGE)
    assert markup.flatten(two).count("<img") == 2
    assert "<p>Un mot.</p>" in markup.flatten(two)
    assert "picture" not in markup.flatten(two)


# When a picture is fetched


def loading(page: str) -> list[str | None]:
    return [image.get("loading") for image in tree(f"<div>{page}</div>").cssselect("img")]


def test_the_first_picture_of_a_page_is_fetched_at_once_and_the_others_later():
    page = shown_in_text(LARGE) + shown_in_text(SMALL)
    assert loading(page) == ["lazy", "lazy"]
    assert loading(markup.wake_first(page)) == [None, "lazy"]
    assert 'decoding="async"' in markup.wake_first(page)


def test_the_picture_of_a_document_comes_before_all_others():
    page = str(markup.leading(LARGE, "Un <mot>")) + shown_in_text(SMALL)
    assert loading(markup.wake_first(page)) == [None, "lazy"]
    image = tree(f"<div>{page}</div>").cssselect("img")[0]
    assert (image.get("fetchpriority"), image.get("alt")) == ("high", "Un <mot>")


def test_words_about_pictures_are_words():
    text = '<p><code>&lt;img loading="lazy" decoding="async"&gt;</code></p>'
    page = text + shown_in_text(SMALL)
    assert markup.wake_first(page).startswith(text)
    assert loading(markup.wake_first(page)) == [None]
