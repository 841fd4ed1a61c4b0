"""The index as Pagefind makes it: the same from the same records, and never half of one."""

from __future__ import annotations

import gzip
import json
import os
import stat

import pytest

from plugins.press.bundles import SupersededError
from plugins.press.problems import PressError
from plugins.search import indexing
from plugins.search.records import build_records, find_documents
from tests import values
from tests.values import SCRIPT, article, event, page, report, section, site, text

CODES = ("18", "28", "36", "37", "41", "45", "2A", "971")


def some_site():
    """Enough values of each filter for a map to show its whims."""
    events = [event(f"Fête {n}", f"{2000 + n}-07-05", departments=(CODES[n % 8], CODES[n % 3])) for n in range(24)]
    articles = [article(f"Article {n}", f"{2000 + n}-01-05", text=text(f"<p>Le mot{n}.</p>")) for n in range(12)]
    return site(*events, *articles, report(2025), section(1), page("Contact"))


def index(of, check=lambda: None):
    return indexing.build_index(build_records(of, find_documents(of)), values.press(), check)


@pytest.fixture(scope="module")
def files():
    return dict(index(some_site()))


def test_the_same_records_give_the_same_bytes(files):
    for _ in range(2):
        assert dict(index(some_site())) == files


def test_only_what_the_page_loads_is_published(files):
    assert {path for path in files if "/" not in path and "pf_meta" not in path} == {
        "pagefind.js",
        "pagefind-entry.json",
        "wasm.fr.pagefind",
    }
    folders = {path.partition("/")[0] for path in files if "/" in path}
    assert folders == {"index", "filter", "fragment"}
    assert len([path for path in files if path.startswith("filter/")]) == 3


def test_the_entry_leads_to_all_that_there_is(files):
    entry = json.loads(files["pagefind-entry.json"])
    assert list(entry["languages"]) == ["fr"]
    assert entry["languages"]["fr"]["page_count"] == len([path for path in files if path.startswith("fragment/")]) == 39
    meta = files[f"pagefind.{entry['languages']['fr']['hash']}.pf_meta"]
    for path in files:
        folder, _, name = path.rpartition("/")
        if folder:
            assert name.partition(".")[0].encode() in meta


def fragments(of):
    found = [data for path, data in index(of).items() if path.startswith("fragment/")]
    return [json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd")) for data in found]


def test_what_an_editor_wrote_is_text_in_the_index():
    (found,) = fragments(site(page(SCRIPT, text=text("<p>&lt;b&gt; &amp;lt; “x” 🎉 ___PAGEFIND_WEIGHT___9</p>"))))
    assert found["meta"]["title"] == SCRIPT
    assert found["content"].startswith("<b> &\u200clt; “x” 🎉")


def test_a_site_of_one_empty_page_is_found_by_its_title():
    (found,) = fragments(site(page("Contact", text=text(""))))
    assert (found["url"], found["meta"]["title"]) == ("/contact/", "Contact")


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Another program in the place of Pagefind: a script of the shell."""

    def use(script):
        path = tmp_path / "pagefind"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(indexing, "find_program", lambda: os.fspath(path))

    return use


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 7", "il s'est arrêté avec le statut 7"),
        ("head -c 5000 >/dev/null; exit 3", "il s'est arrêté avec le statut 3"),
        ('printf "eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJub24ifX0=,"', "non"),
        ('printf "eyJwYXls"', "il s'est arrêté"),
    ],
    ids=["it ends at once", "it ends half way", "it refuses", "it ends in a word"],
)
def test_a_pagefind_that_fails_is_said_in_french(program, script, reason):
    program(script)
    with pytest.raises(PressError, match=f"index de la recherche : {reason}"):
        index(some_site())


def test_what_is_no_longer_wanted_is_given_up_between_two_records():
    asked = []

    def check():
        asked.append(1)
        if len(asked) == 3:
            raise SupersededError

    with pytest.raises(SupersededError):
        index(some_site(), check)
    assert len(asked) == 3


def test_where_pagefind_is_not_installed_there_is_none(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pagefind_bin", None)
    assert indexing.find_program() == ""
