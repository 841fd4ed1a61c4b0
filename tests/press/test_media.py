"""The files beside the texts: published when a text refers to them, refused when they could run code."""

from __future__ import annotations

import pytest

from plugins.press import media
from plugins.press.drawings import find_code
from plugins.press.problems import ContentError, render_text
from tests import sites

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str = "", attributes: str = "") -> bytes:
    return f"<svg {SVG} {attributes}>{inside}</svg>".encode()


# Drawings


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (svg("<script>alert(1)</script>"), "<script"),
        (svg("<SCRIPT/>"), "<SCRIPT"),
        (svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'), "<script"),
        (svg("<foreignObject/>"), "<foreignObject"),
        (svg('<h:iframe xmlns:h="http://www.w3.org/1999/xhtml"/>'), "<iframe"),
        (svg('<h:img xmlns:h="http://www.w3.org/1999/xhtml"/>'), "<img"),
        (svg(attributes='onload="alert(1)"'), 'onload="alert(1)"'),
        (svg("<g\nOnClick='x'/>"), 'OnClick="x"'),
        (svg('<a href="javascript:alert(1)"/>'), 'href="javascript:alert(1)"'),
        (svg('<a href="java&#115;cript:alert(1)"/>'), 'href="javascript:alert(1)"'),
        (svg('<a xlink:href=" jAvA&#10;scrIpt:x"/>'), 'href=" jAvA\nscrIpt:x"'),
        (svg('<a><set attributeName="href" to="x"/></a>'), 'attributeName="href"'),
        (svg('<a><animate attributeName="xlink:href"/></a>'), 'attributeName="xlink:href"'),
        (svg('<a><animate values="x;javascript:alert(1)"/></a>'), 'values="x;javascript:alert(1)"'),
        (svg('<use href="data:image/svg+xml,x"/>'), 'href="data:image/svg+xml,x"'),
        (svg('<a href="data:text/html,x"/>'), 'href="data:text/html,x"'),
        (svg('<image href="https://exemple.fr/x.png"/>'), 'href="https://exemple.fr/x.png"'),
        (svg('<image href="h&#116;tp://exemple.fr/x.png"/>'), 'href="http://exemple.fr/x.png"'),
        (svg('<image xlink:href="//exemple.fr/x.png"/>'), 'href="//exemple.fr/x.png"'),
        (svg('<g xml:base="https://exemple.fr/"/>'), 'base="https://exemple.fr/"'),
        (svg('<rect fill="url(https://exemple.fr/#a)"/>'), 'fill="url(https://exemple.fr/#a)"'),
        (svg("<rect style=\"fill:url( '//exemple.fr/#a')\"/>"), "style=\"fill:url( '//exemple.fr/#a')\""),
        (svg("<style>@import 'https://exemple.fr/x.css';</style>"), "@import"),
        (svg("<style>a{b:url(x.png)}</style>"), "url("),
        (b'<?xml-stylesheet href="x.xsl"?>' + svg(), "<?xml-stylesheet"),
        (b"<!DOCTYPE svg>" + svg(), "<!DOCTYPE"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + svg("&a;"), "<!DOCTYPE"),
        (svg("<script/>").decode().encode("utf-16"), "<script"),
        (b'<?xml version="1.0" encoding="cp1252"?>' + svg(), "encoding=cp1252"),
    ],
)
def test_a_drawing_with_code_is_seen_through_every_disguise(data, found):
    assert find_code(data) == found


@pytest.mark.parametrize(
    "data",
    [
        svg('<path d="M0 0h10v10z"/>'),
        svg("<!-- <script>alert(1)</script> --><title>onload=javascript</title>"),
        svg('<defs><linearGradient id="a"/></defs><rect fill="url(#a)" style="stroke:url(\'#a\')"/>'),
        svg('<use xlink:href="#a"/><image href="data:image/png;base64,iVBORw0KGgo="/><a href="/agenda/"/>'),
        svg('<style>a{fill:red}\n@font-face{src:url("data:font/woff;base64,x")}</style>'),
        svg('<metadata><r:li xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:resource="http://x"/></metadata>'),
        b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>' + svg("é"),
        b"\xef\xbb\xbf" + svg(),
    ],
)
def test_a_drawing_as_drawing_programs_write_it_is_fine(data):
    assert find_code(data) == ""


@pytest.mark.parametrize("data", [b"", b"\x89PNG", b"<svg", b"<svg><script></svg>", b"<svg/onload=alert(1)>"])
def test_what_is_no_xml_is_no_drawing(data):
    with pytest.raises(ValueError, match="line"):
        find_code(data)


# The files of a site


def write(root, **files):
    body = "".join(f"![x]({name})\n" if name.endswith(("svg", "png")) else f"[x]({name})\n" for name in files)
    texts = {"blog/2026/un.md": sites.article(body=body)}
    sites.write(root / "content", texts | {f"blog/2026/{name}": data for name, data in files.items()})


def problems(root) -> list[str]:
    return [render_text(found) for found in media.check(sites.assemble(root), root / "content")]


def test_a_bad_drawing_is_named_wherever_it_would_be_published(tmp_path):
    write(
        tmp_path,
        **{"bon.svg": svg(), "code.svg": svg("<script/>"), "MAJUSCULES.SVG": svg("<script/>"), "rien.svg": b""},
    )
    sites.write(tmp_path / "content", {"static/logo.svg": svg("<script/>"), "blog/2026/inutile.svg": svg("<script/>")})
    code = "ce dessin contient du code ou appelle un autre site (« <script »). L'exporter en SVG simple, ou en PNG."
    said = problems(tmp_path)
    assert [message for message in said if "rien.svg" not in message] == [
        f"content/blog/2026/MAJUSCULES.SVG: {code}",
        f"content/blog/2026/code.svg: {code}",
        f"content/static/logo.svg: {code}",
    ]
    assert "content/blog/2026/rien.svg: ce dessin n'est pas du XML bien formé (" in "".join(said)


@pytest.mark.parametrize("name", ["page.html", "page.HTM", "page.xhtml", "flux.xml", "code.js"])
def test_a_file_that_could_run_code_is_not_published_by_a_link_to_it(name, tmp_path):
    write(tmp_path, **{name: b"<script>alert(1)</script>"})
    message = "ce fichier est une page, qui peut porter du code. L'enregistrer en Markdown (.md) ou en PDF."
    assert problems(tmp_path) == [f"content/blog/2026/{name}: {message}"]


def test_a_text_of_another_format_that_nobody_will_find_is_a_warning(tmp_path):
    write(tmp_path, **{"lie.odt": b"x"})
    sites.write(
        tmp_path / "content", {"blog/2026/seul.odt": b"x", "pages/A.DOCX": b"x", "static/a.html": b"x", "x.png": b""}
    )
    site = sites.assemble(tmp_path)
    found = list(media.check(site, tmp_path / "content"))
    assert [problem.path for problem in found] == ["content/blog/2026/seul.odt", "content/pages/A.DOCX"]
    assert {problem.severity for problem in found} == {"warning"}


def test_files_are_published_as_they_are(tmp_path):
    image = bytes(range(256))
    write(tmp_path, **{"photo d'été.pdf": b"papier"})
    files = {
        "blog/2026/un.md": sites.article(body="[x](<l'été.pdf>) [y](../../papiers/a.pdf)"),
        "blog/2026/l'été.pdf": image,
    }
    sites.write(tmp_path / "content", files | {"papiers/a.pdf": b"a", "papiers/b.pdf": b"b", "static/sous/y.txt": b"y"})
    sites.build(tmp_path)
    published = sites.tree(tmp_path / "output")
    assert published["media/blog/2026/l'été.pdf"] == image
    assert published["media/papiers/a.pdf"] == b"a"
    assert published["sous/y.txt"] == b"y"
    assert not [path for path in published if path.endswith("b.pdf") or "photo" in path]


def test_a_changed_file_is_published_again(tmp_path):
    sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article(body="[x](a.pdf)"), "blog/2026/a.pdf": b"un"})
    sites.build(tmp_path)
    (tmp_path / "content/blog/2026/a.pdf").write_bytes(b"deux")
    assert sites.build(tmp_path).changed == ("media/blog/2026/a.pdf",)
    assert (tmp_path / "output/media/blog/2026/a.pdf").read_bytes() == b"deux"


def test_a_static_file_that_readers_could_not_read_is_refused(tmp_path):
    sites.write(
        tmp_path / "content",
        {"static/a.html": "<p>é".encode("latin-1"), "static/b.xml": b"<a>", "blog/2026/un.md": sites.article()},
    )
    with pytest.raises(ContentError) as error:
        sites.build(tmp_path)
    assert [problem.path for problem in error.value.problems] == ["content/static/a.html", "content/static/b.xml"]
