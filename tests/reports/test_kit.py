"""The kit of an assembly: a page, and one PDF with everything that is read, voted and signed there."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from lxml import html

from plugins.reports.assembly import AssemblyPaper, Resolution, Resolutions
from tests import associations, paper, sites, speech, values
from tests.reports.wording import report_words
from tests.values import once, report, tree, words

URL = "/rapports/2025/ag/"
PDF = f"{URL}assemblee-generale-rapport-2025.pdf"
THEIRS = associations.settings()
AGENDA = "rapports/2025/ag/ordre-du-jour.md"
VOTES = "rapports/2025/ag/resolutions.yaml"


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    root = associations.copy(tmp_path_factory.mktemp("lavoir"))
    sites.build(root, settings=THEIRS)
    return root / "output"


@pytest.fixture(scope="module")
def pdf(output):
    return (output / PDF.strip("/")).read_bytes()


@pytest.fixture(scope="module")
def page(output):
    return html.document_fromstring((output / URL.strip("/") / "index.html").read_text(encoding="utf-8"))


def text_of(name="ordre-du-jour", **fields):
    path, url = f"rapports/2025/ag/{name}.md", f"{URL}#{name}"
    known = {"title": name.capitalize(), "slug": name, "text": values.text(), "folder": "rapports/2025", "name": name}
    return AssemblyPaper(path=path, url=url, **known | fields)


def votes(*found):
    return Resolutions(
        path=VOTES,
        url=f"{URL}#resolutions",
        title="Résolutions",
        slug="resolutions",
        text=values.text(""),
        folder="rapports/2025",
        resolutions=found,
    )


# The page


def test_the_page_says_when_where_and_all_that_is_read(page):
    assert words(page.cssselect("h1")[0]) == "Assemblée générale du 28 mars 2026"
    lead = words(page.cssselect(".lead")[0])
    assert lead == "Samedi 28 mars 2026, à 14 h Salle du moulin, 4 quai des Saules, 22999 Kerimagine"
    assert values.titles(page, "main h2") == ["Ordre du jour", "Rapport moral", "Rapport financier", "Résolutions"]
    assert "Nous avons fait 5 900 lessives ensemble." in words(page.body)
    assert "Par Aïcha et Dewi" in words(page.body)
    assert PDF in values.links(page)


def test_what_was_voted_is_shown_and_what_was_not_is_not(page):
    first, _, third = page.cssselect("main ol.list > li")
    assert "Pour" not in words(first)
    assert words(third).endswith("Pour : 31, contre : 1, abstention : 2. Adoptée.")


def test_the_report_leads_to_its_kit_only_when_there_is_one():
    found = values.site(report(assembly=date(2026, 3, 28)), text_of())
    assert URL in values.links(tree(found, "/rapports/2025/"))
    bare = values.site(report(assembly=date(2026, 3, 28)))
    assert URL not in values.links(tree(bare, "/rapports/2025/"))
    assert URL not in values.outputs(bare)


@pytest.mark.parametrize("document", [text_of(), text_of("rapport-moral"), votes(Resolution("Quitus", "On approuve."))])
def test_one_of_its_files_is_enough(document):
    found = values.outputs(values.site(report(), document))
    assert {URL, PDF} <= found.keys()


def test_without_pdf_there_is_only_the_page():
    found = values.site(report(), text_of(), settings=sites.settings(pdf=False))
    assert PDF not in values.outputs(found)
    assert PDF not in values.links(tree(found, URL))


# The PDF


def test_nothing_is_in_the_way_of_a_reader(pdf, tmp_path):
    assert paper.faults(pdf, tmp_path) == []


def test_everything_is_in_it_in_the_order_in_which_it_is_read(pdf):
    assert [title for title in paper.outline(pdf) if isinstance(title, str)] == [
        "Sommaire",
        "Ordre du jour",
        "Rapport moral",
        "Rapport d’activité 2025",
        "Rapport financier",
        "Résolutions",
        "Pouvoir",
        "Feuille de présence",
    ]


def test_the_report_is_in_it_word_for_word(output, pdf):
    alone, _ = report_words((output / "rapports/2025/rapport-activite-2025.pdf").read_bytes(), THEIRS)
    _, _, inner = alone.partition(" L’année en chiffres ")
    said = " ".join(speech.listen(pdf).words)
    for frame in (" Introduction", " Atelier Fête Conseil"):
        said = said.replace(frame, "", 1)
    assert len(inner) > 3000
    assert inner in said


def test_a_resolution_has_room_for_the_vote_or_says_it(pdf):
    said = " ".join(speech.listen(pdf).words)
    assert "Résolution 1 : Quitus L’assemblée approuve" in said
    assert "Majorité : simple Pour Contre Abstention Résultat Résolution 2" in said
    assert "Pour Contre Abstention Résultat 31 1 2 Adoptée" in said


def test_the_forms_are_there_for_who_asked(pdf):
    said = " ".join(speech.listen(pdf).words)
    assert (
        "pour me représenter et voter en mon nom à l’assemblée générale du 28 mars 2026 "
        "(samedi 28 mars 2026, à 14 h, Salle du moulin, 4 quai des Saules, 22999 Kerimagine)."
    ) in said
    assert "Nom et prénom Structure Pouvoir reçu de Signature" in said
    plain = paper.text(values.render(values.site(report(), text_of()), PDF))
    assert "Pouvoir" not in plain
    assert "Signature" not in plain


def test_its_links_stay_inside(pdf):
    found = paper.links(pdf)
    assert {"#rapport-moral", "#apprendre-les-ateliers", "#_rapport", "#resolutions", "#l-argent"} <= set(found)


# What an editor writes


def test_an_agenda_says_when_where_and_what_to_print():
    source = sites.document("Ordre du jour", start="2026-03-28T14:00", place="Salle", proxy="true", attendance="12")
    found, problems = values.read(AGENDA, source)
    assert problems == []
    assert (found.start, found.has_hour, found.place, found.proxy, found.attendance) == (
        datetime(2026, 3, 28, 14),
        True,
        "Salle",
        True,
        12,
    )


@pytest.mark.parametrize(
    ("path", "source", "message"),
    [
        (AGENDA, "---\ntitle: x\nattendance: 900\n---\n", "3:13"),
        (
            "rapports/2025/ag/rapport-moral.md",
            "---\ntitle: x\nattendance: 9\n---\n",
            "3:1: attendance : champ inconnu",
        ),
        (VOTES, "- title: a\n", "1:3: resolutions.1.text"),
        (VOTES, "- title: a\n  text: b\n  votes: {for: 1}\n", "against"),
        (
            VOTES,
            "- title: a\n  text: b\n  votes: {for: -1, against: 0}\n",
            "un nombre de voix ne peut pas être négatif.",
        ),
        (VOTES, "- title: a\n  text: b\n  result: oui\n", "3:11: resolutions.1.result"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_at_its_place(path, source, message):
    _, problems = values.read(path, source)
    assert message in once(problems)


def test_the_day_of_the_assembly_is_one_day():
    found = values.site(
        report(assembly=date(2026, 3, 28)), text_of(start=datetime(2026, 3, 29), marks={"start": (3, 8)})
    )
    assert once(values.problems(found)) == (
        f"content/{AGENDA}:3:8: start : l'assemblée est le 29 mars 2026 ici, le 28 mars 2026 "
        "dans rapports/2025/index.md. Corriger."
    )


def test_papers_without_a_report_or_a_date_or_a_word_are_told():
    assert "n'ont pas de rapport. Créer content/rapports/2025/index.md." in once(
        values.problems(values.site(text_of()))
    )
    assert "la date de l'assemblée manque" in once(values.problems(values.site(report(), text_of())))
    dated = report(assembly=date(2026, 3, 28))
    assert "ce texte est vide" in once(values.problems(values.site(dated, text_of(text=values.text("", 0)))))
    assert "aucune résolution" in once(values.problems(values.site(dated, votes())))
