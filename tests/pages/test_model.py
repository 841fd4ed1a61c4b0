"""A free page: directly below the root, in the order that editors give."""

from hypothesis import given
from hypothesis import strategies as st

from plugins.pages.model import sort_key
from tests import sites, values
from tests.values import once, page


def test_a_page_lies_below_the_root_under_the_name_of_its_file():
    document, said = values.read("pages/mentions-legales.md", sites.document("Qui publie ce site"))
    assert said == []
    assert (document.url, document.menu_order) == ("/mentions-legales/", None)


def test_a_page_may_choose_its_address_and_its_place():
    document, _ = values.read("pages/essai.md", sites.document(slug="ailleurs", menu_order="2"))
    assert (document.url, document.menu_order) == ("/ailleurs/", 2)


def test_a_place_that_is_no_number_is_refused():
    document, said = values.read("pages/essai.md", sites.document(menu_order="premier"))
    assert document is None
    assert once(said).startswith("content/pages/essai.md:3:13: menu_order : « premier » n'est pas un nombre entier")


@given(st.lists(st.tuples(st.none() | st.integers(0, 3), st.sampled_from("ABC")), max_size=8), st.randoms())
def test_pages_come_by_their_place_then_title_and_those_without_last(said, random):
    pages = [page(title, menu_order=order, path=f"pages/{n}.md") for n, (order, title) in enumerate(said)]
    found = sorted(pages, key=sort_key)
    assert found == sorted(random.sample(pages, len(pages)), key=sort_key)
    placed = [one.menu_order for one in found if one.menu_order is not None]
    assert placed == sorted(placed)
    assert all(one.menu_order is None for one in found[len(placed) :])
