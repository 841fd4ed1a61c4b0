"""What of a report concerns one funder: a page, and the text for the form that it asks for (Cerfa 15059)."""

from lxml import html

from plugins.press.documents import Reference
from plugins.reports.finances import Entry
from tests import sites, values
from tests.values import event, figure, figures, once, report, section, titles, tree, words

REGION, FOUNDATION = "La Région", "Une fondation"
TOLD = values.text(
    '<p>Nous avons tenu <a href="link:0">la fête</a>, <data value="figure:ateliers:evolution"></data>.</p>',
    links=(values.reference("../../agenda/2025/fete.md", "agenda/2025/fete.md"),),
    figures=(Reference("ateliers:evolution", "", 1, 1),),
)
SITE = values.site(
    report(funders=(REGION, FOUNDATION)),
    section(1, "Fêter", axis=True, funders=(REGION,), text=TOLD),
    section(2, "Chercher", axis=True, funders=(FOUNDATION, REGION)),
    section(3, "Le reste", text=values.text("<p>Rien de convenu.</p>")),
    figures(
        figure("ateliers", 11, label="Ateliers", unit="ateliers", history=((2024, 13),)),
        figure(
            "venues",
            60,
            label="Personnes venues",
            unit="personnes",
            qualifier="about",
            audience=True,
            funders=(REGION,),
        ),
        figure("dons", 3, label="Dons", funders=(FOUNDATION,)),
        figure("autre", 4, label="Autre chose"),
    ),
    values.finances([Entry("Subvention", 30000, 28000, REGION), Entry("Bourse", 5000, None, FOUNDATION)]),
    event("Fête", "2025-05-05", "2025-05-06", city="Tours"),
    event("Hors de propos", "2025-05-07"),
)
URL = "/rapports/2025/financeur/la-region/"
ACCOUNT = "/rapports/2025/cerfa-15059-la-region.txt"


def account(url=ACCOUNT, of=SITE):
    return values.render(of, url).decode().removeprefix("\ufeff")


def test_the_report_leads_to_the_page_of_each_funder():
    found = [link for link in values.links(tree(SITE, "/rapports/2025/")) if "financeur" in link]
    assert found == [URL, "/rapports/2025/financeur/une-fondation/"]


def test_a_funder_sees_its_sections_its_figures_and_what_it_gave():
    page = tree(SITE, URL)
    assert titles(page, "section.report-section > h2") == ["Fêter", "Chercher"]
    assert titles(page, ".figures .what:not(.small)") == ["Ateliers", "Personnes venues"]
    assert "Subvention : 30 000 € (28 000 € en 2024)" in words(page)
    assert "Bourse" not in words(page)
    assert "11 ateliers, deux de moins qu’en 2024" in words(page)
    assert ACCOUNT in values.links(page)
    other = tree(SITE, "/rapports/2025/financeur/une-fondation/")
    assert titles(other, "section.report-section > h2") == ["Chercher"]


def test_the_axes_belong_to_the_only_funder():
    alone = values.site(report(funders=(REGION,)), section(1, "Fêter", axis=True), section(2, "Le reste"))
    assert titles(tree(alone, URL), "section.report-section > h2") == ["Fêter"]


def test_a_funder_without_any_section_is_told_so():
    page = tree(values.site(report(funders=(REGION,))), URL)
    assert "Aucune section du rapport n’est rattachée à ce financeur." in words(page)
    assert account(of=values.site(report(funders=(REGION,)))).count("À compléter : ") == 4


def test_the_account_answers_the_four_questions_in_their_order():
    text = account()
    headings = [
        "Mise en œuvre de l’action",
        "Nombre approximatif de personnes bénéficiaires, par type de public",
        "Dates et lieux de réalisation",
        "Objectifs atteints, au regard des indicateurs utilisés",
    ]
    places = [text.index(f"{heading}\n----") for heading in headings]
    assert places == sorted(places)
    assert text.startswith(
        "Compte rendu financier de subvention (Cerfa 15059) : bilan qualitatif\nCré-Sol, La Région\n"
    )
    assert "Du 1er janvier 2025 au 31 décembre 2025." in text


def test_the_account_has_figures_in_words_links_written_out_and_the_events_that_the_sections_tell():
    text = account()
    assert "FÊTER\n\nNous avons tenu la fête (http://127.0.0.1:8000/agenda/2025/05/fete/), 11 ateliers, deux de" in text
    assert "- Personnes venues : une soixantaine de personnes\n" in text
    assert "- du 5 au 6 mai 2025 : Fête (Tours)\n" in text
    assert "- Ateliers : 11 ateliers, deux de moins qu’en 2024\n" in text
    assert not {"Le reste", "Hors de propos", "Dons", "Autre chose"} & set(text.split("\n"))
    assert not any(sign in text for sign in ("<", "[[", "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"))


def test_a_chart_in_a_section_is_its_numbers_in_the_account_and_leads_to_those_of_the_report():
    body = "```yaml\nschema: chart\nkind: bars\ntitle: Ventes\nvalues:\n  A: 1400\n```\n"
    chart, problems = values.read("rapports/2025/01-ventes.md", f'---\ntitle: "V"\naxis: true\n---\n\n{body}')
    assert problems == []
    site = values.site(report(funders=(REGION,)), chart)
    assert "Ventes\n\n ; Nombre\nA ; 1 400" in account(of=site)
    outputs = values.outputs(site)
    press = values.press(paths={url.removeprefix("/") for url in outputs})
    for url in ("/rapports/2025/", URL):
        page = html.document_fromstring(press.render(outputs[url]).decode())
        assert values.links(page, ".chart a") == ["/rapports/2025/ventes-graphique-1.csv"]


def test_two_funders_of_one_address_are_refused():
    typed = sites.document("Rapport", year="2025", funders='["La Région", "la region"]')
    document, problems = values.read("rapports/2025/index.md", typed)
    assert document is None
    assert "4:24: funders.2 : « la region » et « La Région » auraient la même adresse." in once(problems)
