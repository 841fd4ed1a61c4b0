"""A sheet becomes a PDF that everyone can read, the same each time, whatever its texts hold."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.press.paper.compiling import compile_sheet
from plugins.press.paper.sheets import Sheet, UnprintableError
from plugins.press.problems import PressError
from tests import paper, sites

FONTS = sites.ROOT / "themes/cresol/paper/fonts"
TEMPLATE = b"""
#set document(title: "Essai", author: "Essai")
#set text(lang: "fr", font: ("Atkinson Hyperlegible Next", "DejaVu Sans", "Noto Emoji"), hyphenate: false)
#title()
#json("data.json").text
"""
SIGNS = "#let x = 1 $a$ *b* _c_ `d` <e> @f \"g\" \\h [i] {j} // k /* l */ ~ -- --- ... '1' = - + / 1. \\u{41}"


def compiled(text="Un texte.", root=None, template=TEMPLATE, **values) -> bytes:
    sheet = Sheet({"text": text}, datetime(2017, 3, 9), **values)
    return compile_sheet("essai.typ", {"essai.typ": template}, FONTS, sheet, root or sites.ROOT)


def test_a_sheet_says_its_language_its_title_and_the_standards_that_it_keeps():
    with paper.opened(compiled()) as pdf:
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.MarkInfo.Marked
        meta = pdf.open_metadata()
        assert str(meta["dc:title"]) == "Essai"
        assert (str(meta["pdfaid:part"]), str(meta["pdfaid:conformance"]), str(meta["pdfuaid:part"])) == ("3", "A", "1")


def test_every_sign_of_typst_is_a_letter_like_any_other():
    assert paper.text(compiled(SIGNS)) == f"Essai {SIGNS}"


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("#$*_`<>@\"\\[]{}/~-.'=+1u ,;!\nabcé(&%^|"), min_size=1))
def test_no_text_is_ever_code(text):
    assert compiled(text).startswith(b"%PDF-1.7")


def test_the_bytes_are_the_same_in_another_process_zone_and_place(tmp_path):
    program = "import sys; from tests.press.paper.test_compiling import compiled; sys.stdout.buffer.write(compiled())"
    environ = {"PATH": os.environ["PATH"], "TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONPATH": str(sites.ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", program]
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, check=True)
    assert done.stdout == compiled()


@pytest.mark.parametrize("word", ["🎉", "👩‍🌾", "שלום", "مرحبا", "Ξένος", "Привет", "→", "✓", "½", "ﬁn"])
def test_emoji_and_other_alphabets_are_printed(word):
    found = paper.text(compiled(f"Un {word} mot"))
    assert word in found
    assert "\ufffd" not in found


def test_a_sign_that_no_font_has_is_a_problem_where_it_stands(tmp_path):
    sites.write(tmp_path, {"a.md": "Sans.\n", "b.md": "---\n---\nUn mot : 漢\n"})
    with pytest.raises(UnprintableError) as caught:
        compiled("Un mot : 漢", tmp_path, sources=("a.md", "b.md"))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("b.md", 3, 10)
    assert problem.message == (
        "aucune police du thème n'a le signe « 漢 » (U+6F22) pour le PDF. L'écrire autrement, ou le retirer."
    )


def test_a_sign_that_comes_from_elsewhere_is_looked_for_in_all_the_content(tmp_path):
    sites.write(tmp_path, {"a.md": "Sans.\n", "agenda/b.md": "Un mot : 漢\n", "c.png": "漢".encode()})
    with pytest.raises(UnprintableError) as caught:
        compiled("Un mot : 漢", tmp_path, sources=("a.md",))
    assert [(problem.path, problem.line) for problem in caught.value.problems] == [("agenda/b.md", 1)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("faux.png", b"\x89PNG\r\n\x1a\nxxxx"),
        ("faux.jpg", b"\xff\xd8\xff\xe0"),
        ("faux.svg", b"<a/>"),
        ("appel.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="/etc/passwd"/></svg>'),
    ],
)
def test_a_picture_that_cannot_be_read_is_named_and_no_other(name, data):
    good = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    template = TEMPLATE + f'\n#image("bon.svg", alt: "x")\n#image("{name}", alt: "x")'.encode()
    files, origins = {"bon.svg": good, name: data}, {"bon.svg": "blog/bon.svg", name: f"blog/{name}"}
    with pytest.raises(UnprintableError) as caught:
        compiled(template=template, files=files, origins=origins)
    assert [problem.path for problem in caught.value.problems] == [f"blog/{name}"]
    assert "le PDF ne peut pas montrer cette image" in caught.value.problems[0].message


def test_when_typst_cannot_work_it_says_why(monkeypatch, tmp_path):
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "absent"))
    with pytest.raises(PressError, match="dossier temporaire"):
        compiled()


def test_a_fault_of_typst_s_own_is_no_traceback(monkeypatch):
    from plugins.press.paper import compiling

    class PanicException(BaseException):
        pass

    class Compiler:
        def compile(self, *_, **__):
            raise PanicException("index out of bounds")

    monkeypatch.setattr(compiling, "_compiler", lambda _: (Compiler(), ValueError))
    with pytest.raises(PressError, match=r"index out of bounds.*--no-pdf"):
        compiled()


def test_in_a_text_that_nobody_here_can_mend_such_a_sign_is_shown_as_missing():
    assert paper.text(compiled("Un 漢字.", is_lenient=True)) == "Essai Un \ufffd\ufffd."


def test_a_template_that_is_wrong_is_the_theme_s_fault():
    with pytest.raises(PressError, match=r"le gabarit paper/essai\.typ du thème ne se compose pas : error: unknown"):
        compiled(template=b"#nothing")


@pytest.mark.parametrize("path", ["/etc/passwd", "../../../etc/passwd", "https://exemple.fr/a.txt"])
def test_a_template_reads_nothing_but_what_it_is_given(path):
    with pytest.raises(PressError):
        compiled(template=f'#read("{path}")'.encode())


def test_without_typst_it_says_what_to_do(monkeypatch):
    from plugins.press.paper import compiling

    monkeypatch.setitem(sys.modules, "typst", None)
    compiling._compiler.cache_clear()
    with pytest.raises(PressError, match=r"n'est pas installé\. Effacer le dossier \.venv et relancer"):
        compiled()
    monkeypatch.undo()
    compiling._compiler.cache_clear()
