"""A report on paper: the words of its page, in their order, for everyone to read and to keep."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from lxml import html

from tests import associations, paper, sites, values
from tests.reports.wording import page_words, report_words
from tests.values import event, report

URL = "/rapports/2025/"
PDF, LARGE = (f"{URL}rapport-activite-2025{end}.pdf" for end in ("", "-grands-caracteres"))
THEIRS = associations.settings()
EVERYTHING = """\
## Ce qui tombe, et comment

Un mot[^pluie] et [un lien](https://exemple.fr/une/adresse?a=1&b=2), [un autre](02-apprendre.md#les-ateliers), puis
encore la même note[^pluie]. Des signs : # $ * _ @ < > " [ ] // /* */ ~ `code # $` = - + 1. -- #let x.

1. un
    - deux
        - trois
            - quatre
                - cinq

| Poste | Prévu | Compté |
|---|--:|--:|
| Parapluies | 1 200 € | 1 199 € |
| Imperméables interminablement longs | 35 € | – |

<table><caption>Légende</caption><tr><th rowspan="2">A</th><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td></tr></table>

!!! note "À retenir"
    Un encadré.

<details><summary>Plus</summary>

Un <em>détail</em> replié.

</details>

Terme
:   Sa définition.

> Une citation de personne.

![Le plan du plateau](plan.svg "Le plan")

[^pluie]: La pluie, avec [un lien](https://exemple.fr/pluie).
"""
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30"><path d="M0 20L90 5V25z"/></svg>'


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """The site of an association that nobody has heard of; its report is long, and has all that a text may have."""
    root = associations.copy(tmp_path_factory.mktemp("lavoir"), words=26_000)
    more = sites.document("Tout", EVERYTHING, annex="true")
    sites.write(root / "content/rapports/2025", {"09-tout.md": more, "plan.svg": PICTURE})
    sites.build(root, settings=THEIRS)
    return root / "output"


@pytest.fixture(scope="module")
def pdf(output):
    return (output / PDF.strip("/")).read_bytes()


@pytest.fixture(scope="module")
def page(output):
    return html.document_fromstring((output / URL.strip("/") / "index.html").read_text(encoding="utf-8"))


def test_nothing_is_in_the_way_of_a_reader(output, pdf, tmp_path):
    assert paper.faults(pdf, tmp_path) == []
    assert paper.faults((output / LARGE.strip("/")).read_bytes(), tmp_path) == []


def test_it_says_what_its_page_says_and_nothing_else(page, pdf):
    assert report_words(pdf, THEIRS) == page_words(page)


def test_it_is_as_long_as_it_must_be(pdf):
    with paper.opened(pdf) as found:
        assert len(found.pages) >= 60


def test_large_print_says_the_same(output, pdf):
    large = (output / LARGE.strip("/")).read_bytes()
    assert report_words(large, THEIRS) == report_words(pdf, THEIRS)
    assert "en grands caractères" in paper.pages(large)[-1]


def test_each_table_of_the_page_is_one_and_each_list_too(page, pdf):
    kinds = [kind for kind, _ in paper.tags(pdf)]
    lists = page.cssselect("main .body ul, main .body ol, main .body dl, .dates ol")
    notes = page.cssselect("main .footnote ol")
    assert kinds.count("Table") == len(page.cssselect("main table")) + 1  # each side of the account is one
    assert kinds.count("L") == len(lists) - len(notes)


def test_each_drawing_is_told_as_on_the_page(page, pdf):
    told = [drawing.findtext("{*}desc") or drawing.findtext("desc") for drawing in page.cssselect("main figure svg")]
    said = [alt for kind, alt in paper.tags(pdf) if kind == "Figure"]
    assert len(told) == 10 + 1 + 3 + 2 + 2  # asked for, circles, of the dates, of figures, of the account
    assert set(told) | {"Le plan du plateau"} == {alt for alt in said if not alt.startswith("Code QR")}


def test_the_data_of_the_page_are_in_the_file(output, pdf):
    on_page = {file.name: file.read_bytes() for file in (output / URL.strip("/")).glob("*.csv")}
    with paper.opened(pdf) as found:
        inside = {name: file.get_file().read_bytes() for name, file in found.attachments.items()}
        assert all(file.description and str(file.relationship) == "/Data" for file in found.attachments.values())
    assert inside == on_page
    assert len(inside) == 3 + 3 + 10


def test_its_bookmarks_are_its_parts_and_their_sections(pdf):
    parts = [title for title in paper.outline(pdf) if isinstance(title, str)]
    assert parts == [
        "Sommaire",
        "L’année en chiffres",
        "Introduction",
        "Actions de la convention",
        "Hors convention",
        "Quelques dates clés",
        "Finances",
        "Annexes",
        "Tous les chiffres",
    ]
    sections = [title for found in paper.outline(pdf) if isinstance(found, list) for title in found]
    assert "Ce qui vient" in sections
    assert sections.index("Laver ensemble") < sections.index("Apprendre et transmettre") < sections.index("Tout")


def test_links_from_section_to_section_stay_inside(pdf):
    assert "#apprendre-les-ateliers" in paper.links(pdf)


def test_it_says_whose_it_is_and_when_it_came_out():
    whole = report(
        authors=("Ada Lessai", "Bo"),
        summary="En bref.",
        tags=("nuages",),
        assembly=date(2026, 5, 1),
        funders=("Un", "Deux"),
    )
    data = values.render(values.site(whole), PDF)
    with paper.opened(data) as found:
        meta = found.open_metadata()
        assert meta["dc:title"] == "Rapport d’activité 2025"
        assert meta["dc:creator"] == ["Ada Lessai, Bo"]
        assert (meta["dc:description"], meta["pdf:Keywords"]) == ("En bref.", "nuages")
        assert meta["xmp:CreateDate"] == "2026-05-01T00:00:00+00:00"
    cover, *_, last = paper.pages(data)
    assert "Présenté à l’assemblée générale du 1er mai 2026. Actions financées par Un et Deux." in cover
    assert "« Rapport d’activité 2025 », de Cré-Sol, publié le 1er mai 2026." in last


def test_an_event_that_is_no_key_date_does_not_touch_it():
    def made_of(*documents):
        found = values.outputs(values.site(report(), event("Fête", "2025-03-05"), *documents))
        return found["/rapports/2025/rapport-activite-2025.pdf"].view

    other = event("Bal", "2025-04-05", key_date=False)
    assert made_of(other) == made_of() == made_of(msgspec.structs.replace(other, title="Grand bal"))
    assert made_of(event("Bal", "2025-04-05")) != made_of()


def test_a_report_without_anything_is_a_cover_and_its_contents():
    data = values.render(values.site(report()), "/rapports/2025/rapport-activite-2025.pdf")
    assert "Rapport d’activité 2025" in paper.text(data)


def test_without_pdf_there_is_none_and_no_link_to_it():
    site = values.site(report(), settings=sites.settings(pdf=False))
    assert not [url for url in values.outputs(site) if url.endswith(".pdf")]
    assert not [link for link in values.links(values.tree(site, "/rapports/2025/")) if link.endswith(".pdf")]


def test_with_pdf_its_page_leads_to_both():
    site = values.site(report())
    found = [link for link in values.links(values.tree(site, "/rapports/2025/")) if link.endswith(".pdf")]
    assert found == [PDF, LARGE]
