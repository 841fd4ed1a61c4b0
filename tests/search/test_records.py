"""Each document that has a page is one record, a report one for each section, made of its own words alone."""

import pytest

from plugins.agenda.details import Place, Source
from plugins.dossiers.model import Resource
from plugins.press.documents import with_face
from plugins.press.outputs import Deferred, Template
from plugins.search.outputs import build_bundle
from plugins.search.records import build_records, find_documents
from tests import sites, values
from tests.values import article, dossier, event, figure, figures, page, part, report, section, site, text, weekly


def records(*documents):
    of = site(*documents)
    return {record.url: record for record in build_records(of, find_documents(of))}


def words(record):
    return record.words(values.press())


def test_what_has_a_page_is_searched_under_what_visitors_call_it():
    found = records(
        article("Un", "2026-01-05"),
        dossier("Thème"),
        part(1, "Début"),
        event("Fête"),
        report(2025),
        section(1, "Nos actions"),
        page("Contact"),
    )
    assert {url: record.kind for url, record in found.items()} == {
        "/agenda/2026/07/fete/": "Événements",
        "/blog/un/": "Articles",
        "/dossiers/theme/": "Dossiers",
        "/dossiers/un-dossier/debut/": "Dossiers",
        "/rapports/2025/": "Rapports",
        "/rapports/2025/#nos-actions": "Rapports",
        "/contact/": "Pages",
    }


def test_an_event_without_a_page_here_is_not():
    elsewhere = event("Bal", source=Source("Ailleurs", "1", "https://exemple.fr/bal", None))
    assert records(elsewhere) == {}


def test_a_text_has_the_year_of_its_date_and_a_page_none():
    found = records(article("Un", "2026-01-05"), page("Contact"))
    assert (found["/blog/un/"].when, found["/blog/un/"].years) == ("5 janvier 2026", (2026,))
    assert (found["/contact/"].when, found["/contact/"].years) == ("", ())


def test_an_event_says_when_and_where_and_is_found_by_who_organises():
    place = Place(name="La Cale", address="1 rue du Port", postcode="37000", city="Tours")
    fete = event(
        "Fête", "2026-12-31T18:00", "2027-01-01T02:00", place=place, organisers=["Une amie"], departments=("37",)
    )
    (record,) = records(fete).values()
    assert record.when == "jeudi 31 décembre 2026, de 18\xa0h à 2\xa0h, Tours"
    assert (record.years, record.departments) == ((2026, 2027), ("37",))
    assert words(record) == "Un texte. La Cale · 1 rue du Port · 37000 Tours · Une amie"


def test_an_event_that_comes_back_has_each_of_its_years():
    (record,) = records(weekly("2026-12-28", "2027-01-04")).values()
    assert record.years == (2026, 2027)


def test_sections_stand_under_the_title_of_their_report_with_its_figures_in_words():
    body = text('<p>La lettre compte <data value="figure:abonnes"></data>.</p>')
    known = figures(figure("abonnes", 1400, unit="abonné·e·s", qualifier="at-least"))
    record = records(report(2025), section(1, "La lettre", text=body), known)["/rapports/2025/#la-lettre"]
    assert record.title == "Rapport d'activité 2025 : La lettre"
    assert record.years == (2025,)
    assert words(record) == "La lettre compte plus de 1\u202f400\xa0abonné·e·s."


def test_a_section_whose_report_is_missing_has_no_page():
    assert records(section(1)) == {}


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("", "Un texte. ESS · Moi"),
        ("Autre chose", "Autre chose · Un texte. ESS · Moi"),
        ("Un texte.", "Un texte. ESS · Moi"),
    ],
)
def test_a_summary_is_searched_too_unless_the_text_begins_with_it(summary, expected):
    (record,) = records(article(summary=summary, authors=("ESS",), tags=("Moi",))).values()
    assert words(record) == expected


def test_the_resources_of_a_dossier_are_searched():
    theme = dossier("Thème", resources=(Resource("Un guide", "https://exemple.fr/", "En libre accès."),))
    assert words(records(theme)["/dossiers/theme/"]) == "Un texte. Un guide En libre accès."


def material(*documents, **options):
    return build_bundle(site(*map(with_face, documents), **options)).material


def test_the_index_is_made_anew_when_words_change_and_not_when_time_goes_by():
    before = material(article("Un"), event("Fête"))
    assert material(article("Un"), event("Fête"), now="2030-01-01T00:00") == before
    assert material(article("Deux"), event("Fête")) != before
    assert material(article("Un", text=text("<p>Un autre.</p>")), event("Fête")) != before
    assert material(article("Un")) != before


def test_each_record_is_a_place_on_a_page_that_robots_may_list_and_no_two_are_the_same(tmp_path):
    """A dossier to print, extracts and the gallery hold texts that have pages of their own."""
    of = sites.assemble(sites.write(tmp_path, {f"content/{path}": text for path, text in sites.everything().items()}))
    listed = {
        url: isinstance(output.view, Deferred) or not output.view.head.noindex
        for url, output in values.outputs(of).items()
        if url.endswith("/") and isinstance(output.renderer, Template)
    }
    assert any("/imprimer/" in url and not is_listed for url, is_listed in listed.items())
    urls = [record.url for record in build_records(of, find_documents(of))]
    assert len(urls) == len(set(urls)) > 8
    assert all(listed[url.partition("#")[0]] for url in urls)


def test_a_figure_that_changes_changes_the_words_of_its_report():
    assert material(report(2025), figures(figure(value=12))) != material(report(2025), figures(figure(value=13)))


def test_an_empty_site_has_nothing_to_search():
    assert not material()
