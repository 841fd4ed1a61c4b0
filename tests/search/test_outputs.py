"""The page of the search: a form where there is an index, other ways where there is none."""

import pytest

from plugins.search.outputs import build_bundle, check
from tests import values
from tests.values import SCRIPT, article, event, page, report, site, titles


def search_page(*documents, is_there=True):
    of = site(*documents)
    (output,) = build_bundle(of).outputs(is_there)
    assert output.url == "/recherche/"
    return values.html.document_fromstring(values.press().render(output).decode())


def options(of, name):
    return [(option.get("value"), option.text) for option in of.cssselect(f"select[name={name}] option")]


def test_one_may_choose_among_the_kinds_departments_and_years_that_there_are():
    fete = event("Fête", "2024-07-05", departments=("37", "2A"))
    found = search_page(article("Un", "2026-01-05"), fete, report(2023), page("Contact"))
    kinds = ["Articles", "Événements", "Rapports", "Pages"]
    assert options(found, "genre") == [("", "Tout"), *((kind, kind) for kind in kinds)]
    departments = [("2A", "Corse-du-Sud (2A)"), ("37", "Indre-et-Loire (37)")]
    assert options(found, "departement") == [("", "Tous"), *departments]
    assert options(found, "annee") == [("", "Toutes"), ("2026", "2026"), ("2024", "2024"), ("2023", "2023")]
    assert [part.get("data-kind") for part in found.cssselect("section[data-kind]")] == kinds


def test_a_site_of_one_page_offers_no_choice_that_is_none():
    found = search_page(page("Contact"))
    assert [select.get("name") for select in found.cssselect("select")] == ["genre"]


def test_without_a_script_no_control_is_to_be_seen():
    found = search_page(page("Contact"))
    assert all(element.xpath("ancestor-or-self::*[@hidden]") for element in found.cssselect("input, select, button"))
    assert "scripts y sont désactivés" in found.cssselect("noscript")[0].text_content()


@pytest.mark.parametrize("is_there", [True, False])
def test_there_are_other_ways_whether_there_is_an_index_or_not(is_there):
    found = search_page(page("Contact"), is_there=is_there)
    ways = ["Le plan du site", "Les mots-clés", "L’agenda", "La liste des adresses"]
    assert titles(found, "main .signposts h3") == ways


def test_a_page_without_an_index_says_so_and_has_no_form():
    found = search_page(page("Contact"), is_there=False)
    assert "n’est pas dans cette version du site" in values.words(found.cssselect(".banner")[0])
    assert not found.cssselect("form, script, select, [role=status]")


def test_names_of_departments_are_text():
    settings = values.sites.settings(departments={"37": SCRIPT})
    of = values.site(event(departments=("37",)), settings=settings)
    (output,) = build_bundle(of).outputs(is_there=True)
    assert SCRIPT not in values.press(settings).render(output).decode()


def test_the_addresses_of_the_index_are_its_own():
    of = site(files={"static/pagefind/pagefind.js": (0, 0, 0), "static/logo.svg": (0, 0, 0)})
    (problem,) = check(of)
    assert (problem.path, problem.is_error) == ("content/static/pagefind/pagefind.js", True)
    assert "/pagefind/… sont celles de la recherche" in problem.message


def test_the_plan_leads_to_the_search():
    assert "/recherche/" in values.links(values.tree(site(), "/plan-du-site/"))
