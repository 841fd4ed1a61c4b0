"""The fast stages give what Python-Markdown gives: on CommonMark's examples, a French corpus, random text."""

import json
import random
import re
from pathlib import Path
from unittest.mock import patch
from xml.etree.ElementTree import Element

import lxml.html
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from plugins.press.addresses import encode_address
from plugins.press.markdown import blocks, engine, hints, inline, places, render_body
from plugins.press.markdown.targets import names_scheme

EXAMPLES = json.loads((Path(__file__).parent / "data" / "commonmark-spec.json").read_text(encoding="utf-8"))

PIECES = [
    *(
        "mot",
        "été",
        "a",
        " ",
        "\n",
        "\n\n",
        "    ",
        "  \n",
        "\t",
        "\\",
        "\\*",
        "🙂",
        "\u2028",
        "'",
        '"',
        ":",
        "=",
        "-",
    ),
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "`",
        "``",
        "```\n",
        "~~~\n",
        "[",
        "]",
        "(",
        ")",
        "](",
        "![",
        "{",
        "}",
        "{{ x }}",
    ),
    *(
        "<",
        ">",
        "</",
        "&",
        "&amp;",
        "&#65",
        "&#65;",
        "<!--",
        "-->",
        "<?",
        "?>",
        "<![CDATA[",
        "]]>",
        "<b>",
        "</b>",
    ),
    *(
        "<div>",
        "</div>",
        '<div markdown="1">',
        "<p markdown='span'>",
        "<br>",
        "<hr>",
        "<pre>",
        "<script>",
        "</script>",
    ),
    *(
        "#",
        "## ",
        "---",
        "===",
        "***\n",
        "- ",
        "+ ",
        "1. ",
        "٣. ",
        "\n    - ",
        "\n    ",
        "> ",
        ": ",
        ":   def\n",
    ),
    *(
        "|",
        "|--|",
        "|:-:|\n",
        "| a | b |\n",
        "[^1]",
        "[^1]: note",
        "[x]",
        "[x][]",
        "[x]: /u 't'",
        "*[mot]: titre\n",
    ),
    *("!!! note 'T'\n    ", "{: .c #i }", "{a=b}", "[[chiffre:x]]", "[lien](a.md)", "![i](b.png 'T')"),
    *("https://x.y", "<https://x.y>", "<a@b.fr>"),
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60)

WORDS = [
    *(
        "association",
        "logement",
        "habitant",
        "quartier",
        "commune",
        "réunion",
        "atelier",
        "débat",
        "précarité",
        "élus",
    ),
    *(
        "école",
        "être",
        "où",
        "déjà",
        "très",
        "œuvre",
        "projet",
        "le",
        "la",
        "les",
        "un",
        "des",
        "du",
        "et",
        "pour",
    ),
]


def french_articles(count=60):
    """Articles of 600 words as editors write them: headings, emphasis, lists, a table, links, a note."""
    chance = random.Random(2017)

    def sentence(low, high):
        words = chance.choices(WORDS, k=chance.randint(low, high))
        for mark in ("**", "*", "`"):
            if chance.random() < 0.12:
                place = chance.randrange(len(words))
                words[place] = f"{mark}{words[place]}{mark}"
        return " ".join(words).capitalize() + chance.choice([".", " !", " ?", " : l'été, « oui ».", "…"])

    def paragraph():
        return " ".join(sentence(8, 18) for _ in range(4))

    for number in range(count):
        parts = []
        for section in range(4):
            parts += [f"## {sentence(3, 6)}", paragraph()]
            parts += [
                f"À lire : [{sentence(3, 5)}](../a-{number}.md) et [ceci]({{filename}}/agenda/x.md).[^n]",
                "\n".join(f"- {sentence(4, 9)}" for _ in range(5)),
                "| Poste | Montant |\n|---|--:|\n" + "\n".join(f"| {sentence(1, 2)} | {n} € |" for n in range(6)),
                "\n".join(f"{n}. {sentence(4, 9)}" for n in range(1, 5)),
            ][section : section + 1]
            parts.append(paragraph())
        parts += [f"> {sentence(5, 9)}\n> {sentence(5, 9)}", "[^n]: Une note, <https://exemple.fr/?a=1&b=2>."]
        yield "\n\n".join(parts) + "\n"


def stock_markdown():
    return Markdown(extensions=engine.build_extensions(engine.build_notes()), output_format="html")


def stock_tree(source):
    """What ``Markdown.convert`` does before it writes the tree."""
    markdown = stock_markdown()
    lines = source.split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    root = markdown.parser.parseDocument(lines).getroot()
    for processor in markdown.treeprocessors:
        changed = processor.run(root)
        root = root if changed is None else changed
    return markdown, root


def shape(item):
    """An element and all that is in it, as values that compare."""
    if not isinstance(item, Element):
        return item
    return (
        item.tag,
        text_of(item.text),
        text_of(item.tail),
        list(item.attrib.items()),
        [shape(child) for child in item],
    )


def text_of(text):
    """Where the library forgets a piece, the number that it had: those before it need not have had any."""
    return text and PIECE.sub("piece", text)


def outcome(build):
    """The tree and what was stashed, or the name of the exception."""
    try:
        markdown, root = build()
    except Exception as error:  # noqa: BLE001 - the two must also fail alike
        return type(error).__name__
    return shape(root), [shape(item) for item in markdown.htmlStash.rawHtmlBlocks], dict(markdown.references)


def fast_tree(source):
    fast = engine.Engine()
    return fast, fast.build_tree(source)


def assert_same_tree(source):
    assert outcome(lambda: fast_tree(source)) == outcome(lambda: stock_tree(source))


def test_all_652_examples_are_there():
    assert [one["example"] for one in EXAMPLES] == list(range(1, 653))


@pytest.mark.parametrize("source", [one["markdown"] for one in EXAMPLES], ids=lambda _: "")
def test_the_tree_of_a_commonmark_example_is_the_library_s(source):
    assert_same_tree(source)


def test_the_tree_of_french_articles_is_the_library_s():
    articles = list(french_articles())
    assert all(500 < len(article.split()) < 800 for article in articles)
    for article in articles:
        assert_same_tree(article)


@settings(max_examples=1500, deadline=None)
@given(texts)
@example("*****</b>**|--|***-->")  # a placeholder in an emphasis within two others: read when its turn comes
@example("a &#65 b")  # the library's HTML parser adds the semicolon
@example("٣. un\n٤. deux")  # digits of any script make a list
@example("a\n \n    b\n\n\tc")
@example("| a | b |\n|---|---|\n| `|` | \\| |")
@example("a | b | c | d\n--|--|--|--\n1 | 2 | 3 | 4")
def test_the_tree_of_any_text_is_the_library_s(source):
    assert_same_tree(source)


PIECE = re.compile(r"klzzwxh:\d{4}")
PAIRS = [
    "*",
    "**",
    "***",
    "`",
    "``",
    "mot",
    "été",
    " ",
    ".",
    ",",
    "\n",
    "*mot*",
    "**deux mots**",
    "`code`",
    "` `",
    ">",
    "&",
    "(",
    "_",
]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(PAIRS), max_size=14).map("".join))
@example("- *un*, `deux`\n\n    **trois** !\n- quatre")
@example("*un **deux** trois* `*` *`x`*")
@example("*mot*\n\n*mot**mot*`code`")
@example("`a > b`")
def test_the_tree_of_stars_and_backticks_is_the_library_s(source):
    assert_same_tree(source)


def test_only_simple_pairs_are_read_in_one_go():
    start, elements = inline.split_simple("Un *mot*, deux **autres mots** et du ` code `.")
    assert start == "Un "
    assert [(one.tag, one.text, one.tail) for one in elements] == [
        ("em", "mot", ", deux "),
        ("strong", "autres mots", " et du "),
        ("code", "code", "."),
    ]
    for text in ("*un **deux** trois*", "2 * 3 * 4", "*un", "`un``", "*`un`*", "***un***", "l'*un*"):
        assert inline.split_simple(text) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(texts, min_size=2, max_size=4))
def test_a_reused_engine_gives_what_a_new_one_gives(sources):
    reused = engine.Engine()
    for source in sources:
        try:
            root = reused.build_tree(source)
        except Exception:  # noqa: BLE001 - an engine that failed is thrown away (see the bounds)
            reused = engine.Engine()
            continue
        assert shape(root) == outcome(lambda source=source: fast_tree(source))[0]


def resolve(body):
    """The HTML with the targets in place of the tokens."""
    root = lxml.html.fragment_fromstring(body.html, create_parent="div")
    for element in root.iter():
        for name in ("href", "src"):
            if element.get(name, "").startswith("link:"):
                element.set(name, body.links[int(element.get(name)[5:])].target)
    for figure in root.findall(".//figure"):  # a picture alone with a title, of which we make a caption
        picture, caption = figure
        picture.set("title", caption.text)
        figure.remove(caption)
        figure.tag = "p"
    return root


def normal(root):
    """A parsed tree as values; what we do on purpose (roles, identifiers, classes, addresses encoded) is done."""
    for element in root.iter():
        for name in ("role", "aria-label", "style", "class"):
            element.attrib.pop(name, None)
        if names_scheme(element.get("href") or ""):
            element.set("href", encode_address(element.get("href")))
        if element.tag in ("h2", "h3", "h4", "h5", "h6"):
            element.attrib.pop("id", None)
    return [
        (
            element.tag,
            sorted(element.attrib.items()),
            (element.text or "").split(),
            (element.tail or "").split(),
        )
        for element in root.iter()
        if isinstance(element.tag, str)
    ]


def assert_same_html(source):
    body, _ = render_body(source, path="x.md")
    if body is None:
        return False
    stock = stock_markdown().convert(source)
    assert normal(resolve(body)) == normal(lxml.html.fragment_fromstring(stock, create_parent="div"))
    return True


def test_the_html_of_commonmark_examples_is_the_library_s_with_tokens():
    written = [one["example"] for one in EXAMPLES if assert_same_html(one["markdown"])]
    assert len(written) > 400


def test_the_html_of_french_articles_is_the_library_s_with_tokens():
    for article in french_articles(20):
        assert assert_same_html(article)


@settings(deadline=None)
@given(texts | st.lists(st.sampled_from(["mot", "\n", "- ", "1. ", "> ", "  ", "\n- ", "`"]), max_size=14).map("".join))
@example("> mot\n> - un")
@example("mot\n12. un")
def test_lists_that_are_not_looked_at_are_right(source):
    with patch.object(hints, "_ODD_ITEM", re.compile("")):
        every = places.Places(source, "x.md", 1)
        hints.check_lists(every)
    looked_at = places.Places(source, "x.md", 1)
    hints.check_lists(looked_at)
    assert looked_at.problems == every.problems


def test_every_pattern_and_every_kind_of_block_has_its_trigger():
    """A new version of the library with a new pattern would still be right, but slow: this says so."""
    fast = engine.Engine()
    assert {(type(p), p.pattern) for p in fast.inlinePatterns} == set(inline.TRIGGERS)
    kinds = {type(p) for p in fast.parser.blockprocessors}
    assert {kind.__name__ for kind in kinds - set(blocks.TRIGGERS)} == {"ParagraphProcessor"}


def test_the_library_s_private_methods_keep_their_names():
    for name in ("applyPattern", "processPlaceholders", "handleInline"):
        assert hasattr(InlineProcessor, f"_InlineProcessor__{name}")
