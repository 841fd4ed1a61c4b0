"""The security policy: the same for all pages but those that say what they need, in each page and in ``_headers``."""

from __future__ import annotations

import re

import pytest

from plugins.press import policy
from plugins.press.policy import Allowance
from tests import sites, values
from tests.hosting import read_rules

SEARCH = Allowance("/recherche/", sources=(("script-src", "'wasm-unsafe-eval'"), ("worker-src", "'self'")))
FRAMED = Allowance("/agenda/extrait/", framed=True)
ALLOWANCES = (SEARCH, FRAMED)


def directives(text: str) -> dict[str, str]:
    found = [part.strip().partition(" ") for part in text.split(";")]
    assert len({name for name, *_ in found}) == len(found)
    return {name: sources for name, _, sources in found}


def rules(*allowances: Allowance) -> dict[str, dict[str, str]]:
    (output,) = policy.build_outputs(allowances)
    assert output.path == "_headers"
    return {pattern: dict(headers) for pattern, headers in read_rules(values.press().render(output).decode())}


@pytest.mark.parametrize("allowances", [(), ALLOWANCES])
def test_a_page_loads_from_its_own_site_only_and_runs_nothing_inline(allowances):
    found = directives(policy.page_policy("/agenda/", allowances))
    assert found["default-src"] == found["base-uri"] == "'none'"
    assert set(found.values()) == {"'none'", "'self'"}
    assert "frame-ancestors" not in found  # a browser would complain: it cannot stand in a page


def test_only_the_page_that_asks_gets_more():
    assert directives(policy.page_policy("/recherche/", ALLOWANCES))["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert directives(policy.page_policy("/recherche/", ALLOWANCES))["worker-src"] == "'self'"
    assert policy.page_policy("/recherches/", ALLOWANCES) == policy.page_policy("/", ())


def test_a_server_that_knows_the_address_says_who_may_frame_it():
    assert directives(policy.header_policy("/", ALLOWANCES))["frame-ancestors"] == "'none'"
    assert directives(policy.header_policy("/agenda/extrait/37/", ALLOWANCES))["frame-ancestors"] == "*"


def test_the_rule_for_all_addresses_allows_what_any_page_needs():
    """A host that sends all rules that match would else forbid it; each page's own policy takes away the rest."""
    everywhere = rules(*ALLOWANCES)["/*"]
    assert directives(everywhere["Content-Security-Policy"])["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert "frame-ancestors" not in everywhere["Content-Security-Policy"]
    assert everywhere["X-Frame-Options"] == "DENY"
    assert everywhere["X-Content-Type-Options"] == "nosniff"


def test_the_rule_of_framed_pages_is_whole_for_hosts_that_keep_the_last():
    framed = directives(rules(*ALLOWANCES)["/agenda/extrait/*"]["Content-Security-Policy"])
    assert framed.pop("frame-ancestors") == "*"
    assert framed == directives(policy.page_policy("/", ()))


def test_what_carries_a_hash_in_its_name_is_kept_for_ever():
    assert "immutable" in rules()["/theme/*"]["Cache-Control"]


def test_the_agenda_lets_partners_show_its_extracts():
    found = [allowance for subject in sites.SUBJECTS for allowance in subject.allowances]
    assert FRAMED in found


def test_each_page_says_its_own_policy():
    press = values.press()
    page = values.tree(values.site(), "/")
    (content,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert content == policy.page_policy("/", press.allowances)
    assert not page.xpath("//meta[@http-equiv]/preceding::link | //meta[@http-equiv]/preceding::script")


def test_the_document_for_hosts_says_the_same():
    text = (sites.ROOT / "docs/hebergement.md").read_text(encoding="utf-8")
    said = re.findall(r"Content-Security-Policy \"(default-src [^\"]+)\"", text)
    plain = [found.replace("$programmes", "'self'").replace("$cadres", "'none'") for found in said]
    assert plain == [policy.header_policy("/", ())] * 2
    for name, value in rules()["/*"].items():
        if name not in {"Content-Security-Policy", "X-Frame-Options"}:
            assert text.count(f'{name} "{value}"') == 2, name
