"""What a Markdown body becomes: safe HTML with tokens, plain text, headings, anchors, links, figures."""

import pytest

from plugins.press.markdown import Heading, Link, render_body
from plugins.press.problems import render_text


def body(source, first_line=1):
    """The body of a text without problems."""
    rendered, problems = render_body(source, path="content/x.md", first_line=first_line)
    assert problems == []
    return rendered


def problems(source, first_line=1):
    """The problems of a text, as they are printed; an error gives no body, a warning gives one."""
    rendered, found = render_body(source, path="x.md", first_line=first_line)
    assert (rendered is None) == any(problem.is_error for problem in found)
    return [render_text(problem) for problem in found]


# Text, summary, words


def test_an_empty_text_gives_an_empty_body():
    assert body("") == body("\n\n")
    assert (body("").html, body("").text, body("").words) == ("", "", 0)


def test_the_summary_is_the_first_paragraph_on_one_line():
    source = "## Titre\n\n- liste\n\nUn *mot* &amp; un\nautre,  [lien](a.md).\n\nDeux."
    assert body(source).text == "Un mot & un autre, lien."


def test_the_summary_skips_a_paragraph_without_words():
    assert body("![Une carte](carte.png)\n\nLe texte.").text == "Le texte."
    assert body("- une liste").text == ""


def test_the_summary_is_cut_at_a_word():
    text = body("mot " * 200).text
    assert len(text) <= 300
    assert text.endswith("mot…")
    assert len(body("a" * 400).text) == 300


def test_the_summary_has_no_number_of_a_footnote_and_keeps_figures_as_typed():
    rendered = body("Nous sommes [[chiffre:adherents]][^1].\n\n[^1]: Note.")
    assert rendered.text == "Nous sommes [[chiffre:adherents]]."


def test_words_are_counted_without_tags_and_signs():
    assert body("Un **deux** !\n\n- trois :\n- « quatre »").words == 4


# Headings and anchors


def test_headings_have_ascii_identifiers_and_plain_texts():
    source = "## L'été à Cœur-de-*Loire* & **Æsop**\n\n### `code` &eacute;\n\n## Œuvre[^n]\n\n[^n]: Note."
    assert body(source).headings == (
        Heading(2, "l-ete-a-coeur-de-loire-aesop", "L'été à Cœur-de-Loire & Æsop"),
        Heading(3, "code-e", "code é"),
        Heading(2, "oeuvre", "Œuvre"),
    )


def test_equal_headings_are_numbered_and_give_way_to_typed_identifiers():
    rendered = body("## Dates\n\n## Dates\n\n## Dates {#dates-3}\n\n## Dates\n\n## !!!")
    identifiers = ["dates", "dates-2", "dates-3", "dates-4", "section"]
    assert [heading.id for heading in rendered.headings] == identifiers
    assert '<h2 id="dates-3">Dates</h2>' in rendered.html


def test_headings_typed_in_html_count():
    rendered = body('<h2 class="c">Un <em>titre</em></h2>\n\n### Deux')
    assert rendered.headings == (Heading(2, "un-titre", "Un titre"), Heading(3, "deux", "Deux"))
    assert '<h2 id="un-titre" class="c">Un <em>titre</em></h2>' in rendered.html


def test_anchors_are_all_identifiers():
    source = '## Titre\n\nUn[^n] *mot*{: #mot }\n\n<div id="bloc">x</div>\n\n[^n]: Note.'
    assert set(body(source).anchors) == {"titre", "mot", "bloc", "fn:n", "fnref:n"}


def test_a_first_level_heading_is_refused():
    (message,) = problems("Texte\n\n# Un titre\n", first_line=10)
    assert message == (
        "x.md:12:1: « Un titre » est un titre 1, mais le titre de la page en est déjà un. "
        "Écrire ## (ou \\# pour montrer le signe)."
    )
    assert problems("Titre\n=====\n\nTexte")[0].startswith("x.md:1:1: « Titre » est un titre 1")
    assert problems("#logement est un mot-dièse")[0].startswith("x.md:1:1: « logement est")


def test_a_skipped_level_is_a_warning_at_its_line():
    assert problems("## Un\n\n### Deux\n\n## Trois\n\n```\n#### code\n```\n\n#### Quatre") == [
        "x.md:11:1: avertissement : le titre « Quatre » saute un niveau (####). Écrire ###."
    ]
    assert len(problems("### Trop bas\n\n## Bien")) == 1


def test_an_identifier_is_typed_once():
    assert problems("*a*{: #x }\n\n*b*{: #x }") == [
        "x.md:3:8: l'identifiant « x » est déjà pris dans ce texte : en choisir un autre."
    ]


# Links and images


def test_a_picture_alone_in_its_paragraph_has_its_title_as_caption():
    rendered = body('Avant.\n\n![Une *table*](a.png "La table & co. : <b>"){: .x }\n\nAprès.')
    assert rendered.html.splitlines()[1] == (
        '<figure><img alt="Une *table*" class="x" src="link:0">'
        "<figcaption>La table &amp; co. : &lt;b&gt;</figcaption></figure>"
    )
    assert rendered.words == 6, "a caption is read"
    assert rendered.text == "Avant."
    assert body('![x](a.png "Une légende")\n\nLe texte.').text == "Le texte.", "and sums nothing up"
    assert "<figcaption>" in body('> ![x](a.png "t")').html


@pytest.mark.parametrize(
    "source",
    [
        "![x](a.png)",
        '![x](a.png "  ")',
        'Voir ![x](a.png "t")',
        '![x](a.png "t") là',
        '![x](a.png "t")\n![y](b.png "t")',
        '[![x](a.png "t")](b.md)',
    ],
)
def test_any_other_picture_stands_in_its_text(source):
    assert "<fig" not in body(source).html


def test_a_caption_holds_what_a_title_may():
    assert problems('![x](a.png "Nos [[chiffre:lettres]] lettres")')[0].startswith(
        "x.md:1:17: un chiffre ne peut pas être dans une adresse, un titre de lien"
    )
    assert "sans texte alternatif" in problems('![](a.png "Une légende")')[0]


def test_links_and_images_become_tokens_with_their_place():
    rendered = body("Lire [un](../a.md) et\n`[code](b.md)` [deux](b.md)\n\n![Carte](c.png)", first_line=5)
    assert rendered.links == (
        Link("../a.md", 5, 11, image=False),
        Link("b.md", 6, 23, image=False),
        Link("c.png", 8, 10, image=True),
    )
    assert '<a href="link:0">un</a>' in rendered.html
    assert '<img alt="Carte" src="link:2">' in rendered.html


def test_the_same_target_is_found_at_each_of_its_places():
    rendered = body("b.md ou ab.md\n\n[a](b.md) [b](b.md)\n\n```\n[c](b.md)\n```\n\n[d](b.md)")
    assert [(link.line, link.column) for link in rendered.links] == [(3, 5), (3, 15), (9, 5)]


@pytest.mark.parametrize(
    ("source", "target", "place"),
    [
        ("[a]({filename}/blog/a.md)", "{filename}/blog/a.md", (1, 5)),
        ("![a]({static}/a.png)", "{static}/a.png", (1, 6)),
        ("[a](#la-suite)", "#la-suite", (1, 5)),
        ("[a](/agenda/)", "/agenda/", (1, 5)),
        ("[a](?page=2)", "?page=2", (1, 5)),
        ("[a](x.pdf 'Titre')", "x.pdf", (1, 5)),
        ("[a](<mon fichier.pdf>)", "mon fichier.pdf", (1, 6)),
        ("[a](https://x.fr/?a=1&b=2#c)", "https://x.fr/?a=1&b=2#c", (1, 5)),
        ("[a](https://x.fr/?a=1&amp;b=2)", "https://x.fr/?a=1&b=2", (1, 5)),
        ("[a](HTTPS://x.fr:8080)", "HTTPS://x.fr:8080", (1, 5)),
        ("[a](a\\_b.md)", "a_b.md", (1, 1)),
        ("<https://x.fr/é>", "https://x.fr/é", (1, 2)),
        ("<nom@exemple.fr>", "mailto:nom@exemple.fr", (1, 2)),
        ("[a](mailto:nom@exemple.fr?subject=x)", "mailto:nom@exemple.fr?subject=x", (1, 5)),
        ("[a](tel:+33247050000)", "tel:+33247050000", (1, 5)),
        ("[a][r]\n\n[r]: x.md 'T'", "x.md", (3, 6)),
        ("<a href='x.md'>a</a>", "x.md", (1, 10)),
        ('<img src="x.png" alt="X">', "x.png", (1, 11)),
    ],
)
def test_a_target_is_kept_as_typed(source, target, place):
    (link,) = body(source).links
    assert (link.target, (link.line, link.column)) == (target, place)


def test_a_picture_without_alternative_text_is_refused_with_the_remedy():
    for source in (
        "![](a.png)",
        "![ ](a.png)",
        "![&nbsp;](a.png)",
        '<img src="a.png">',
        "![a](a.png){: alt='' }",
    ):
        (message,) = problems(source)
        assert "image sans texte alternatif : dire ce qu'elle montre entre les crochets, ![description]" in message
    assert problems("Texte\n\nUn ![](b.png)")[0].startswith("x.md:3:8: ")


def test_a_picture_of_another_site_is_refused():
    (message,) = problems("![Une carte](https://exemple.fr/a.png)")
    assert message == (
        "x.md:1:14: l'image « https://exemple.fr/a.png » est sur un autre site : une page ne va rien "
        "chercher ailleurs. Mettre le fichier dans content/ et écrire son chemin."
    )


# Tables, notes, code


def test_the_alignment_of_a_column_is_a_class():
    html = body("| a | b | c |\n|:--|--:|:-:|\n| 1 | 2 | 3 {: .fort } |").html
    assert '<td class="align-left">1</td>\n<td class="align-right">2</td>\n<td class="fort align-center">3</td>' in html
    assert "style" not in html


def test_footnotes_speak_french_and_say_what_they_are():
    html = body("Un[^a] et deux[^a].\n\n[^a]: La note.").html
    assert '<sup id="fnref:a"><a class="footnote-ref" href="#fn:a" role="doc-noteref">1</a></sup>' in html
    assert '<sup id="fnref2:a">' in html
    assert '<div aria-label="Notes" class="footnote" role="doc-endnotes">' in html
    assert html.count('title="Revenir au texte de la note 1">↩</a>') == 2
    assert 'aria-label="Revenir au texte de la note 1"' in html
    assert 'aria-label="Revenir au texte de la note 1 (appel 2)"' in html  # another place has another name


@pytest.mark.parametrize("source", ["&notit; et &lt;.", "<b>&notit; et &lt;.</b>", "<div>&notit; et &lt;.</div>"])
def test_an_entity_that_html_does_not_know_is_text(source):
    """Browsers would read « ¬it; »."""
    assert "&amp;notit; et &lt;." in body(source).html


def test_what_an_address_of_the_web_may_not_hold_is_encoded():
    source = "[a](<https://exemple.fr/l'été 100%/?a=[1]&b=%20>) [b](<mailto:a@exemple.fr?subject=Un mot>)"
    assert [link.target for link in body(source).links] == [
        "https://exemple.fr/l'été%20100%25/?a=%5B1%5D&b=%20",
        "mailto:a@exemple.fr?subject=Un%20mot",
    ]


def test_a_note_that_nobody_calls_or_writes_is_a_warning():
    assert problems("Un mot.\n\n[^a]: Note.") == [
        "x.md:3:1: avertissement : note « a » appelée nulle part : écrire [^a] dans le texte, ou la retirer."
    ]
    (message,) = problems("Un mot.[^b] `[^c]`")
    assert message.startswith("x.md:1:8: avertissement : la note [^b] n'est pas écrite : ajouter à la fin")
    (message,) = problems("Un[^a].\n\n[^a]: Note.\n\n[^a]: Autre note.")
    assert message.startswith("x.md:5:1: note « a » écrite deux fois")
    assert "sans espace" in problems("Un[^a b].\n\n[^a b]: Note.")[0]


def test_code_stays_as_typed():
    html = body('```html\n<b onclick="x">&amp;\n```\n\n`<script>` et\n\n    <iframe>\n').html
    assert '<pre><code class="language-html">&lt;b onclick=&quot;x&quot;&gt;&amp;amp;\n</code></pre>' in html
    assert "<code>&lt;script&gt;</code>" in html
    assert "<pre><code>&lt;iframe&gt;\n</code></pre>" in html


def test_templates_stay_text():
    source = "**a**{{ x }} {% if y %}\n{{ z }}\n\n## Titre {{ t }}\n\n::: note\n\n[TOC]"
    html = body(source).html
    for typed in (
        "<strong>a</strong>{{ x }} {% if y %}",
        "{{ z }}",
        "Titre {{ t }}</h2>",
        "::: note",
        "[TOC]",
    ):
        assert typed in html


# HTML in Markdown


@pytest.mark.parametrize(
    "html",
    [
        '<p>a <kbd>b</kbd> <abbr title="c">d</abbr></p>',
        '<div class="encadre" dir="ltr" lang="en">a</div>',
        "<figure><blockquote>a</blockquote><figcaption>b</figcaption></figure>",
        '<table><caption>a</caption><tr><th colspan="2" scope="row">b</th></tr></table>',
        '<ol start="3"><li>a</li></ol>',
        "<dl><dt>a</dt><dd>b</dd></dl>",
        "<p>&eacute; &#233; &amp; &lt;b&gt;</p>",
    ],
)
def test_harmless_html_is_kept(html):
    assert body(html).html == html


def test_markdown_in_html_is_read():
    html = body('<details markdown="1"><summary>Voir</summary>\n\nUn **mot** <u>x</u>.\n\n</details>').html
    assert html == "<details>\n<summary>Voir</summary>\n<p>Un <strong>mot</strong> <u>x</u>.</p>\n</details>"
    assert body("a <time datetime='2017-03-09'>hier</time><br>b").html == (
        '<p>a <time datetime="2017-03-09">hier</time><br>b</p>'
    )


def test_comments_are_for_editors_only():
    rendered = body("un <!-- secret --> deux\n\n<!-- secret -->\n\ntrois\n\n<div><!-- secret -->a</div>")
    assert "secret" not in rendered.html
    assert "<p></p>" not in rendered.html


def test_tags_are_closed_where_they_were_opened():
    assert problems("un <b>mot\n\n**deux <i>a** trois</i>") == [
        "x.md:1:4: la balise <b> n'est pas fermée : ajouter </b> dans le même paragraphe ou bloc.",
        "x.md:3:8: la balise <i> n'est pas fermée : ajouter </i> dans le même paragraphe ou bloc.",
        "x.md:3:20: </i> ne ferme rien ici : la retirer, ou ouvrir <i> dans le même paragraphe.",
    ]
    assert "ne se ferme pas elle-même" in problems("un <span/> mot")[0]
    assert "seul sur sa ligne" in problems("un <div>mot</div>")[0]


def test_each_problem_has_its_own_place():
    source = "Un <b onclick=x>mot</b>.\n\n[un](javascript:a) [deux](javascript:b)\n\n<iframe src='x'></iframe>"
    assert [message.split(": ")[0] for message in problems(source, first_line=8)] == [
        "x.md:8:4",
        "x.md:10:6",
        "x.md:10:27",
        "x.md:12:1",
    ]


# Figures of the reports


def test_a_figure_leaves_its_token():
    rendered = body(
        "Le lien [[chiffre:adherents]], **[[chiffre:lettres-2017]]**.\n\n`[[chiffre:x]]`\n\n    [[chiffre:y]]"
    )
    assert '<data value="figure:adherents"></data>, <strong><data value="figure:lettres-2017"></data></strong>' in (
        rendered.html
    )
    assert rendered.figures == (
        Link("adherents", 1, 9, image=False),
        Link("lettres-2017", 1, 34, image=False),
    )
    assert "<code>[[chiffre:x]]</code>" in rendered.html
    assert "<code>[[chiffre:y]]\n</code>" in rendered.html


def test_how_a_figure_changed_is_asked_behind_its_name():
    rendered = body("[[chiffre:lettres:evolution]]")
    assert rendered.html == '<p><data value="figure:lettres:evolution"></data></p>'
    assert [figure.target for figure in rendered.figures] == ["lettres:evolution"]


@pytest.mark.parametrize(
    "typed",
    [
        "[[chiffre:a:hausse]]",
        "[[chiffre::evolution]]",
        "[[chiffre:]]",
        "[[chiffre:a b]]",
        "[[chiffre:été]]",
        "[[chiffre:A]]",
        "[[chiffre : a]]",
        "[[Chiffre:a]]",
        "[[chiffre:a",
    ],
)
def test_a_malformed_figure_is_refused_at_its_place(typed):
    (message,) = problems(f"Un mot.\n\nEt {typed}")
    assert message.startswith("x.md:3:4: « ")
    assert "écrire [[chiffre:identifiant]]" in message


@pytest.mark.parametrize(
    "source",
    [
        "[a](b.md '[[chiffre:x]]')",
        "![[[chiffre:x]]](b.png)",
        "[a]([[chiffre:x]])",
        "<div>[[chiffre:x]]</div>",
    ],
)
def test_a_figure_is_not_lost_in_silence(source):
    assert any("chiffre" in message for message in problems(source))


# Tables


TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"


@pytest.mark.parametrize("between", ["\n", "\n\n", " \n \n"])
def test_the_line_above_a_table_is_its_caption(between):
    html = body(f"Tableau : les *comptes*{between}{TABLE}").html
    assert html.startswith("<table><caption>les <em>comptes</em></caption><thead>")
    assert "Tableau" not in html


@pytest.mark.parametrize("source", ["Tableau : rien ne suit.\n\nUn texte.", f"Un tableau : voici.\n\n{TABLE}"])
def test_other_lines_are_no_captions(source):
    assert body(source).html.startswith("<p>")
    assert "<caption>" not in body(source).html


@pytest.mark.parametrize(("row", "cells"), [("| 1 | 2 | 3 |", "3 cellules"), ("| 1 |", "une seule cellule")])
def test_a_row_that_is_not_as_long_as_the_first_is_refused_at_its_place(row, cells):
    (message,) = problems(f"Un mot.\n\n{TABLE}\n{row}")
    assert message.startswith(f"x.md:6:1: cette ligne du tableau a {cells}, la première en a 2.")


@pytest.mark.parametrize("before", ["> ", "- ", "  "])
def test_such_a_row_is_found_in_a_quotation_and_in_a_list(before):
    source = f"Un mot.\n\n{before}{TABLE}\n| 1 | 2 | 3 |"
    (message,) = problems(source.replace("\n|", "\n" + (" " * len(before) if before == "- " else before) + "|"))
    assert message.startswith("x.md:6:3: cette ligne du tableau a 3 cellules")


def test_a_bar_in_code_or_escaped_separates_nothing():
    html = body("| a | b |\n|---|---|\n| `x|y` | 2 \\| 3 |").html
    assert "<td><code>x|y</code></td>\n<td>2 | 3</td>" in html


# Hints


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("Un paragraphe :\n- un\n- deux", "2:1"),
        ("Un\ndeux\n1. un", "3:1"),
        ("> Un paragraphe\n> - un", "2:3"),
        ("- un\n\nUn paragraphe\n* deux", "4:1"),
    ],
)
def test_a_list_right_after_a_paragraph_is_a_warning(source, place):
    hint = "liste juste après un paragraphe : laisser une ligne vide avant la liste."
    assert problems(source) == [f"x.md:{place}: avertissement : {hint}"]


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("- un\n  - deux", "2:3"),
        ("1. un\n   - deux\n   - trois", "2:4"),
        ("- un\n\n  - deux", "3:3"),
        ("- a\n    - b\n      - c", "3:7"),
    ],
)
def test_a_list_in_a_list_wants_four_spaces(source, place):
    assert problems(source) == [f"x.md:{place}: avertissement : liste dans une liste : la décaler de quatre espaces."]


@pytest.mark.parametrize(
    "source",
    [
        "Un paragraphe\n\n- un\n- deux\n    - trois\n    - quatre\n",
        "- un\n  suite\n- deux",
        "```\nTexte\n- un\n  - deux\n```",
        "## Titre\n- un",
        "Titre\n-----\n- un",
        "En\n2017. Puis",
        "Texte\n\n* * *\n\nTexte",
        "Texte\n- - -",
        "<!--\nTexte\n- un\n-->",
        "> texte\n>\n> - un",
        "!!! note\n    - un",
        "- un\n\nTexte\n\n  suite",
    ],
)
def test_what_markdown_reads_as_meant_gives_no_hint(source):
    assert problems(source) == []


def test_a_piece_that_the_library_loses_is_an_error_at_its_place():
    [found] = problems("Un *mot*.\n\n*mot**autre*`code`\n")
    assert found.startswith("x.md:3:7: un morceau de ce passage serait perdu")


def test_control_characters_are_refused_at_their_place():
    first, second = problems("un\tdeux\n\nab\x01c\ufffe")
    remedy = "caractère de commande). Le supprimer, ou retaper le mot."
    assert first == f"x.md:3:3: signe invisible interdit (U+0001, {remedy}"
    assert second == f"x.md:3:5: signe invisible interdit (U+FFFE, {remedy}"
    assert "« &#1; » désigne un signe invisible" in problems("un &#1; deux")[0]
    assert len(problems("\x00" * 5000)) == 20


def test_all_problems_come_at_once():
    source = "# Un\n\nTexte\n- liste\n\n![](a.png) [x](javascript:y) <form>a</form> [[chiffre:]] \x02"
    assert len(problems(source)) == 7
