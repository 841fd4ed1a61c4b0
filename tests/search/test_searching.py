"""The search as visitors use it: the real content and its index, Chromium, and a host that obeys its policy."""

from __future__ import annotations

import json
import shutil

import pytest

from plugins.press.settings import read_settings
from tests import browser, nodejs, sites
from tests.hosting import hosted
from tests.values import SCRIPT

TRAP = f"<b>Gras</b> {SCRIPT} & « guillemets »"
IMAGINED = {
    "blog/2026/mots.md": sites.article(
        "L'œuvre collective",
        body="Le cœur de la vie : ex æquo, sœurs et frères, « l'activité d'abord » !\n\n"
        "Les acteur·rice·s et directeur·trice·s. Des travaux à la main-d'œuvre. Un jardin de 12 345 pas.",
    ),
    "blog/2026/piege.md": sites.article(
        json.dumps(TRAP)[1:-1], slug="piege", body="Zibeline &lt;i&gt;x&lt;/i&gt; `<u>y</u>`."
    ),
    "agenda/2026/sans-texte.md": sites.event("Quenouille", "2026-07-05", body="", departments='["41"]'),
    "agenda/2025/autre.md": sites.event("Ruche", "2025-07-05", body="Miel et cire.", departments='["18"]'),
    "agenda/2026/autre.md": sites.event("Ruche", "2026-07-05", body="Miel et cire.", departments='["37"]'),
    **{f"blog/2026/essaim-{n}.md": sites.article(f"Essaim {n}", body="Abeilles.") for n in range(12)},
}


# What is typed → what must be found: in the real content, then in what is imagined
FOUND = {
    "economie": "/rapports/2017/#promotion-de-l-economie-solidaire",
    "l'économie": "/rapports/2017/#promotion-de-l-economie-solidaire",
    "L’ÉCONOMIE SOLIDAIRE": "/rapports/2017/#promotion-de-l-economie-solidaire",
    "cooperations": "/rapports/2017/#culture-de-la-cooperation",
    "voeux": "/rapports/2017/#autres-realisations",
    "vœu": "/rapports/2017/#autres-realisations",
    "abonnés": "/rapports/2017/#pole-ressources-numeriques",
    "abonnées": "/rapports/2017/#pole-ressources-numeriques",
    "abonné·e·s": "/rapports/2017/#pole-ressources-numeriques",
    "1400": "/rapports/2017/#pole-ressources-numeriques",
    "1 400 abonnes": "/rapports/2017/#pole-ressources-numeriques",
    "citoyenneté Tours": "/blog/journee-nationale-ptce-et-citoyennete/",
    "assemblée générale": "/agenda/2017/06/ag-cre-sol/",
    "oeuvre": "/blog/l-oeuvre-collective/",
    "œuvres": "/blog/l-oeuvre-collective/",
    "coeur": "/blog/l-oeuvre-collective/",
    "le coeur de la vie": "/blog/l-oeuvre-collective/",
    "cœurs": "/blog/l-oeuvre-collective/",
    "aequo": "/blog/l-oeuvre-collective/",
    "Æquo": "/blog/l-oeuvre-collective/",
    "main-d'oeuvre": "/blog/l-oeuvre-collective/",
    "d’activité": "/blog/l-oeuvre-collective/",
    "acteurs": "/blog/l-oeuvre-collective/",
    "actrices": "/blog/l-oeuvre-collective/",
    "acteur·rice": "/blog/l-oeuvre-collective/",
    "directrice": "/blog/l-oeuvre-collective/",
    "travail main": "/blog/l-oeuvre-collective/",
    "12345": "/blog/l-oeuvre-collective/",
    "12 345 pas": "/blog/l-oeuvre-collective/",
    '"vie : ex æquo"': "/blog/l-oeuvre-collective/",
    "quenouille": "/agenda/2026/07/sans-texte/",
}
HOSTILE = [
    SCRIPT,
    "'\"><img src=x onerror=alert(1)>",
    "🎉🎉",
    "%00 ../..",
    "a" * 10_000,
    "l' d' « » \" ` ~",
    "((([[[***",
]
VISITS = {
    "at rest": {"path": "/recherche/"},
    "words": {"path": "/recherche/", "typed": [*FOUND, *HOSTILE, ""]},
    "phone": {"path": "/recherche/", "typed": ["économie", "zibeline"], "width": 320, "audited": True},
    "nothing": {"path": "/recherche/", "typed": ["zyzzyvas"]},
    "several": {"path": "/recherche/", "typed": ["abeilles"], "audited": True},
    "more": {"path": "/recherche/", "typed": ["abeilles"], "click": "Plus de résultats"},
    "department": {"path": "/recherche/", "typed": ["miel"], "choose": {"departement": "37"}},
    "year": {"path": "/recherche/", "typed": ["miel"], "choose": {"annee": "2025"}},
    "kind": {"path": "/recherche/", "typed": ["économie"], "choose": {"genre": "Rapports"}},
    "address": {"path": "/recherche/?q=miel&departement=37&annee=2026&genre=%C3%89v%C3%A9nements&autre=x&length=3"},
    "up": {"path": "/recherche/", "typed": ["miel"], "keys": ["ArrowDown", "ArrowDown", "ArrowUp"]},
    "end": {"path": "/recherche/", "typed": ["miel"], "keys": ["ArrowDown"] * 5},
    "escape": {"path": "/recherche/", "typed": ["miel"], "keys": ["ArrowDown", "ArrowDown", "Escape"]},
    "with other keys": {"path": "/recherche/", "typed": ["miel"], "keys": ["Alt+ArrowDown", "Meta+ArrowDown"]},
    "enter": {"path": "/recherche/", "typed": ["miel"], "choose": {"annee": "2025"}, "keys": ["Enter"]},
    "opened": {"path": "/recherche/", "typed": ["miel"], "keys": ["ArrowDown", "ArrowDown", "Enter"]},
    "no script": {"path": "/recherche/?q=miel", "script": False, "width": 320},
    "lost": {"path": "/agenda/2017/l-economie-solidaire.html", "width": 320},
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What each visitor sees."""
    root = tmp_path_factory.mktemp("recherche")
    shutil.copytree(sites.ROOT / "content", root / "content")
    sites.write(root / "content", IMAGINED)
    sites.build(root, bundles="small", settings=read_settings(sites.CONF))
    with hosted(root / "output") as origin:
        given = {"origin": origin, "browser": browser.find(), "visits": list(VISITS.values())}
        answers = json.loads(nodejs.run("search.mjs", json.dumps(given).encode()))
    return dict(zip(VISITS, answers, strict=True))


@pytest.fixture
def last(seen):
    return lambda visit: seen[visit]["seen"][-1]


def after(seen, words):
    return seen["words"]["seen"][VISITS["words"]["typed"].index(words)]


def results(view):
    return {result["url"]: result for group in view["groups"] for result in group["results"]}


def names(view):
    return {group["name"]: [result["title"] for result in group["results"]] for group in view["groups"]}


@pytest.mark.parametrize("visit", VISITS)
def test_nothing_goes_wrong_and_nothing_overflows(seen, visit):
    assert seen[visit]["wrong"] == []
    assert [view["overflow"] for view in seen[visit]["seen"]] == [0] * len(seen[visit]["seen"])


@pytest.mark.parametrize("words", FOUND)
def test_what_is_typed_is_found_whatever_its_letters(seen, words):
    assert FOUND[words] in results(after(seen, words))


@pytest.mark.parametrize(
    ("words", "marked", "text"),
    [
        ("oeuvre", "L’œuvre collective", "main-d’œuvre. Un jardin"),
        ("coeur", "cœur", "Le cœur de la vie\u202f: ex æquo, sœurs"),
        ("d’activité", "activité", "«\u202fl’activité d’abord\u202f»\u202f!"),
        ("actrices", "acteur·rice·s", "Les acteur·rice·s et directeur·trice·s. Des travaux à"),
        ("12345", "12\u202f345", "de 12\u202f345 pas."),
    ],
)
def test_what_is_shown_is_what_was_written(seen, words, marked, text):
    found = results(after(seen, words))["/blog/l-oeuvre-collective/"]
    assert text in found["text"]
    assert marked in (found["title"], *found["marks"])


def test_the_smallest_words_are_not_marked(seen):
    marks = results(after(seen, "le coeur de la vie"))["/blog/l-oeuvre-collective/"]["marks"]
    assert {"cœur", "vie\u202f:"} <= set(marks)  # a word with the sign that follows it
    assert min(map(len, marks)) > 2


@pytest.mark.parametrize("words", HOSTILE)
def test_whatever_is_typed_is_answered(seen, words):
    assert "résultat" in after(seen, words)["status"]


def test_html_in_titles_and_texts_is_shown_as_text(seen):
    found = results(seen["phone"]["seen"][1])["/blog/piege/"]
    assert found["title"] == TRAP.replace("« ", "«\u202f").replace(" »", "\u202f»")
    assert "Zibeline <i>x</i> <u>y</u>" in found["text"]
    assert set(found["tags"]) == {"span", "mark"}


def test_nothing_is_loaded_before_the_field_is_used_and_little_then(seen):
    page = seen["several"]
    assert not [path for path, _ in (*seen["at rest"]["before"], *page["before"]) if path.startswith("/pagefind/")]
    assert seen["at rest"]["after"] == []
    paths = [path for path, _ in page["after"] if not path.startswith("/theme/")]  # its icon may come late
    assert len(paths) == len(set(paths)) <= 20
    assert {path.partition(".")[2] for path in paths} >= {"js", "json", "fr.pagefind"}
    assert all(path.startswith("/pagefind/") for path in paths)
    assert sum(size for _, size in page["after"]) < 200_000


def test_an_empty_field_shows_nothing(seen):
    assert (after(seen, "")["status"], after(seen, "")["groups"]) == ("", [])


def test_words_that_are_nowhere_leave_the_other_ways(last):
    assert (last("nothing")["status"], last("nothing")["groups"]) == ("Aucun résultat", [])


def test_results_stand_under_their_kind_five_of_each_then_more(last):
    assert list(names(last("several"))) == ["Articles (12)"]
    assert last("several")["status"] == "12 résultats"
    assert len(results(last("several"))) == 5
    assert last("several")["controls"][-1] == "Plus de résultats"
    assert len(results(last("more"))) == 12
    assert "Plus de résultats" not in last("more")["controls"]


def test_an_event_says_when_and_where_it_is(seen):
    event = "/agenda/2017/03/journee-nationale-ptce/"
    assert results(seen["phone"]["seen"][0])[event]["when"] == "jeudi 9 mars 2017, Tours"


def test_filters_leave_what_they_say(last):
    assert list(results(last("department"))) == ["/agenda/2026/07/autre/"]
    assert list(results(last("year"))) == ["/agenda/2025/07/autre/"]
    assert {name.partition(" ")[0] for name in names(last("kind"))} == {"Rapports"}


def test_an_address_says_what_is_searched(last):
    assert list(results(last("address"))) == ["/agenda/2026/07/autre/"]
    assert last("address")["chosen"] == {"genre": "Événements", "departement": "37", "annee": "2026"}


def test_enter_leads_to_the_address_of_the_search(last):
    assert last("enter")["address"] == "/recherche/?q=miel&genre=&departement=&annee=2025"
    assert list(results(last("enter"))) == ["/agenda/2025/07/autre/"]


def test_arrows_go_through_the_results_and_escape_back_to_the_field(last):
    assert last("up")["focus"] == "Ruche"
    assert last("end")["focus"] == "Ruche"
    assert last("escape")["focus"] == "q"
    assert last("with other keys")["focus"] == "q"


def test_enter_opens_the_result_that_the_arrows_reached(last):
    assert last("opened")["address"] == "/agenda/2026/07/autre/"


@pytest.mark.parametrize("visit", ["several", "phone"])
def test_axe_finds_nothing_in_what_was_found(seen, visit):
    assert seen[visit]["violations"] == []


def test_without_a_script_other_ways_are_shown_and_no_control(last):
    assert last("no script")["controls"] == []
    assert len(last("no script")["banners"]) == 1
    assert "par un script" in last("no script")["banners"][0]


def test_who_is_lost_may_search_for_the_words_of_the_address(last):
    assert "/recherche/?q=l+economie+solidaire" in last("lost")["ways"]
