"""One browser for all tests of this folder, and what it saw of every template."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain

import pytest

from tests import sites
from tests.hosting import hosted
from tests.visiting import Browser, Found
from tests.visitors import built, extremes
from tests.visitors.built import Built

MOVES_ON = "redirect.html"
"""The one template that nobody sees: it leads elsewhere at once."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = Browser(sites.NOW)
    yield found
    found.close()


@pytest.fixture(scope="session")
def at() -> Iterator[dict[str, str]]:
    """Where each site is served."""
    with ExitStack() as servers:
        yield {
            site.__name__: servers.enter_context(hosted(site().folder))
            for site in (built.own, built.others, built.extreme, built.empty)
        }


def heaviest(site: Built) -> dict[str, str]:
    """For each template of a site, its heaviest page: the one with most in it."""
    return {name: site.pages(name)[0] for name in sorted(set(site.templates.values())) if name != MOVES_ON}


def strange_pages() -> list[str]:
    """The pages of each strange title, and of the event of which nothing is known."""
    slugs = {"rien", *extremes.TITLES, *(f"page-{name}" for name in extremes.TITLES)}
    return [url for url in built.extreme().templates if url.split("/")[-2] in slugs]


@pytest.fixture(scope="session")
def visits(browser, at) -> list[Found]:
    """Every template, in the association's own site and in another's; without scripts too, where there are any."""
    asked = []
    for site in (built.own, built.others):
        for url in heaviest(site()).values():
            asked.append({"url": at[site.__name__] + url})
            if b"<script src" in site().read(url):
                asked.append({"url": at[site.__name__] + url, "scripts": False})
    return browser.ask("visit", asked)


@pytest.fixture(scope="session")
def hard_visits(browser, at) -> list[Found]:
    """What nobody expected, and nothing at all."""
    urls = {at["extreme"] + url for url in chain(heaviest(built.extreme()).values(), strange_pages())}
    urls |= {at["empty"] + url for url in heaviest(built.empty()).values()}
    return browser.ask("visit", [{"url": url, "audited": False} for url in sorted(urls)])
