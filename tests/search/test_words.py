"""What readers type and what is written are made alike: ligatures, elisions, numbers, inclusive forms, plurals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.search.words import JOINT, OTHERS, join_lines, plain_text, prepare


@pytest.mark.parametrize(
    ("written", "indexed"),
    [
        ("une œuvre", "une o~euvre"),
        ("Œuvrer ex æquo", "O~euvrer ex a~equo"),
        ("l’économie d'activité", "l’~ économie d'~ activité"),
        ("Jusqu’à L’ESS (qu’elle s’étende)", "Jusqu’~ à L’~ ESS (qu’~ elle s’~ étende)"),
        ("la main-d’œuvre", "la main-d’~ o~euvre"),
        ("aujourd’hui, quelqu’un", "aujourd’hui, quelqu’un"),
        ("plus de 1\u202f400 et 12\u00a0345\u202f678", "plus de 1~400 et 12~345~678"),
        ("18\u00a0h\u00a030, le 3\u00a02017", "18 h 30, le 3 2017"),
        ("«\u202fSalut\u202f»\u202f: oui\u202f!", "«~Salut~»~: oui~!"),
        ("abonné·e·s,", "abonné·e·s,`abonnés`abonnées"),
        ("acteur·rice·s et acteur·rices", "acteur·rice·s`acteurs`actrices et acteur·rices`acteurs`actrices"),
        ("directeur·trice tou·te·s", "directeur·trice`directeur`directrice tou·te·s`tous`toutes"),
        ("chercheur•euse", "chercheur•euse`chercheur`chercheuse"),
        ("premier·ère, nouveau·elle", "premier·ère,`premier`première nouveau·elle`nouveau`nouvelle"),
        ("créatif·ve heureux·se", "créatif·ve`créatif`créative heureux·se`heureux`heureuse"),
        ("citoyen·ne·s vice-président·e", "citoyen·ne·s`citoyens`citoyennes vice-président·e`président`présidente"),
        ("Tours · 37", "Tours · 37"),
        ("nos Travaux. Un bail", "nos Travaux.`Travaux`Travail Un bail`bail`baux"),
        ("le détail", "le détail"),
        ("R&D &lt;b&gt;", "R&D &\u200clt;b&\u200cgt;"),
        ("co\u00adopé\u200bration\ufeff", "coopération"),
        ("  deux \n mots ", "deux mots"),
    ],
)
def test_a_text_is_prepared(written, indexed):
    assert prepare(written) == indexed


def test_the_signs_are_never_those_of_an_editor():
    assert JOINT not in prepare("≈ ~5 ~ a~e")
    assert OTHERS not in prepare("`code`")


@given(st.text())
def test_prepared_words_stand_one_space_apart(text):
    assert prepare(text) == " ".join(prepare(text).split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un <em>mot</em> et l'<strong>é</strong>té.</p>\n<p>Deux.</p>", "Un mot et l'été. Deux."),
        ("<h2 id=x>Titre</h2>\n<p>Texte\nsuivi.</p>", "Titre · Texte suivi."),
        ("<ul>\n<li>un</li>\n<li>deux ;</li>\n</ul>", "un · deux ;"),
        ("<table><tr><th>a</th><td>b</td></tr></table>", "a · b"),
        ("<p>1<sup>er</sup> mars<br>à Tours</p>", "1er mars · à Tours"),
        ('<p>Note<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>.</p>', "Note."),
        ('<li><p>Oui. <a class="footnote-backref" href="#x">↩</a></p></li>', "Oui."),
        ("<p>A<svg><title>Dessin</title></svg>B</p>", "AB"),
        ("<p>&lt;script&gt; &amp;amp;</p>", "<script> &amp;"),
        ("", ""),
    ],
)
def test_the_text_of_a_body_is_one_line(html, text):
    assert plain_text(html) == text


def test_empty_lines_leave_nothing():
    assert join_lines(["", " a", "b. ", "  ", "c"]) == "a · b. c"
