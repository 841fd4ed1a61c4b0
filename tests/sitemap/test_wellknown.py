"""Files at addresses of their own: security.txt, redirections for hosts, the manifest."""

import json
from datetime import datetime, timedelta

import pytest

from tests import sites, values
from tests.values import article, event, once, tree

SECURITY = "/.well-known/security.txt"
HOST = sites.settings().url


def security(now="2026-06-15T12:00", contact="mailto:alerte@exemple.test"):
    site = values.site(now=now, settings=sites.settings(security_contact=contact))
    lines = values.render(site, SECURITY).decode().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def test_who_gave_no_contact_has_no_security_txt():
    assert sites.CONF["SECURITY_CONTACT"] == ""
    assert SECURITY not in values.outputs(values.site())


def test_whom_to_tell_of_a_weakness():
    assert security() == {
        "Contact": "mailto:alerte@exemple.test",
        "Expires": "2027-05-01T00:00:00Z",
        "Preferred-Languages": "fr",
        "Canonical": f"{HOST}/.well-known/security.txt",
    }


@pytest.mark.parametrize("year", [2026, 2027])
def test_it_holds_for_less_than_a_year_and_moves_once_a_month(year):
    first = datetime(year, 1, 1, 12)
    days = [first + timedelta(days=n) for n in range(365)]
    ends = {day: datetime.fromisoformat(security(day.isoformat())["Expires"]).replace(tzinfo=None) for day in days}
    assert all(timedelta(days=300) < end - day < timedelta(days=365) for day, end in ends.items())
    assert len(set(ends.values())) == 12


def test_old_addresses_are_told_to_hosts_in_order():
    site = values.site(
        article("Un", aliases=("/vieux/un/", "/a/page.html")), event(aliases=("/fete-de-2026/",)), article("Deux")
    )
    assert values.render(site, "/_redirects").decode().splitlines() == [
        "/a/page.html /blog/un/ 301",
        "/fete-de-2026/ /agenda/2026/07/fete/ 301",
        "/vieux/un/ /blog/un/ 301",
    ]
    for line in values.render(site, "/_redirects").decode().splitlines():
        old, new, _ = line.split()
        assert f"url={new}" in once(tree(site, old).cssselect("meta[http-equiv=refresh]")).get("content")


def test_without_old_addresses_there_is_nothing_to_tell():
    assert "/_redirects" not in values.outputs(values.site(article()))


def test_the_manifest_names_the_site_and_its_icons():
    site = values.site(settings=sites.settings(name='Réseau </script> "d\'essai"'))
    found = json.loads(values.render(site, "/site.webmanifest"))
    assert found["name"] == 'Réseau </script> "d\'essai"'
    assert found["lang"] == "fr"
    theme = values.press().theme
    assert {icon["src"] for icon in found["icons"]} <= set(theme.urls.values())
    assert [icon.get("purpose") for icon in found["icons"]].count("maskable") == 1
    assert once(tree(site, "/").cssselect("link[rel=manifest]")).get("href") == "/site.webmanifest"
