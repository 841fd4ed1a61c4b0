"""Nothing that runs, fetches or imitates reaches a page, whatever is typed in a text."""

import re
import string

import lxml.html
import nh3
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.press.markdown import render_body
from plugins.press.markdown.rules import ATTRIBUTES, TAGS, VOID

REFUSED = [
    # Tags
    "<script>alert(1)</script>",
    "un <script>alert(1)</script> mot",
    "<SCRIPT SRC='//x.fr/a.js'></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<script\n>alert(1)</script>",
    "<script/x>alert(1)</script>",
    "<iframe src='https://x.fr'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x.swf'></object>",
    "<embed src='x.swf'>",
    "<form action='/x'><input name='a'><button>b</button></form>",
    "<style>body { display: none }</style>",
    "<svg onload='alert(1)'></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<meta http-equiv='refresh' content='0;url=https://x.fr'>",
    "<link rel='stylesheet' href='x.css'>",
    "<base href='https://x.fr/'>",
    "<video src='x.mp4'></video>",
    "<audio src='x.mp3' onplay='x'></audio>",
    "<marquee onstart='alert(1)'>x</marquee>",
    "<template><b>x</b></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>x</p></noscript>",
    "<textarea></textarea>",
    "<x-y>a</x-y>",
    "<h1>a</h1>",
    "<data value='figure:x'></data>",
    "un <data value='figure:x'></data> mot",
    # Attributes
    "<b onclick='alert(1)'>x</b>",
    "<b ONCLICK=alert(1)>x</b>",
    "<b/onclick=alert(1)>x</b>",
    "<p\nonmouseover\n=\nalert(1)>x</p>",
    "<details open ontoggle=alert(1)><summary>x</summary></details>",
    "<p style='position: fixed'>x</p>",
    "<td style='text-align: left; background: url(//x.fr)'>x</td>",
    "<table background='//x.fr/a.png'><tr><td>x</td></tr></table>",
    "<img src='a.png' alt='x' onerror='alert(1)'>",
    "<img src='a.png' alt='x' srcset='https://x.fr/a.png 2x'>",
    "<img src='a.png' alt='x' style='width: 100%'>",
    "<a href='a.md' target='_blank'>x</a>",
    "<a href='a.md' ping='https://x.fr'>x</a>",
    "<a name='x'>x</a>",
    "<a href='a.md' href='javascript:alert(1)'>x</a>",
    "<p formaction='javascript:alert(1)'>x</p>",
    "<p contenteditable tabindex=1 autofocus onfocus=alert(1)>x</p>",
    "<b xml:lang='fr'>x</b>",
    "<p role='alert'>x</p>",
    # Addresses
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java\tscript:alert(1)>)",
    "[x](<java\nscript:alert(1)>)",
    "[x](<java&Tab;script:alert(1)>)",
    "[x](<java&NewLine;script:alert(1)>)",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](&#0000106avascript:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](java\u200bscript:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://x.fr/1)",
    "[x](view-source:https://x.fr)",
    "[x](//x.fr/a)",
    "[x](</&Tab;/x.fr/a>)",
    "[x](a\u200b.md)",
    "[x](<a&NewLine;.md>)",
    "[x](\\\\x.fr\\a)",
    "[x](/\\x.fr)",
    "[x](https:x.fr)",
    "[x](https://)",
    "[x](https://a@x.fr/)",
    "[x](link:0)",
    "[x](LINK:0) [y](a.md)",
    "[x](figure:a)",
    "[x]({attach}a.md)",
    "[x]({filename}javascript:alert(1))",
    "[x]({filename}//x.fr)",
    "[x]({{ url }})",
    "[x]()",
    "[x](www.x.fr)",
    "[x](nom@x.fr)",
    "![x](javascript:alert(1))",
    "![x](https://x.fr/a.png)",
    "![x](//x.fr/a.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](mailto:a@x.fr)",
    "![x](link:0)",
    "<javascript://x.fr/%0aalert(1)>",
    "<data://x>",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[r]\n\n[r]: <data:text/html,x> 'T'",
    "![x][r]\n\n[r]: https://x.fr/a.png",
    "![r]\n\n[r]: javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='java\nscript:alert(1)'>x</a>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<a href='link:0'>x</a> [y](a.md)",
    "<img src='javascript:alert(1)' alt='x'>",
    "<img src='https://x.fr/a.png' alt='x'>",
    # Where they may hide
    "- <script>alert(1)</script>",
    "> <iframe src='https://x.fr'></iframe>",
    "> - [x](javascript:alert(1))",
    "## Titre <script>alert(1)</script>",
    "## [x](javascript:alert(1))",
    "**<b onclick=alert(1)>x</b>**",
    "[<img src=x alt=x onerror=alert(1)>](a.md)",
    "| a | b |\n|---|---|\n| <script>x</script> | [x](javascript:alert(1)) |",
    "Terme\n:   <script>alert(1)</script>",
    "!!! note\n    <script>alert(1)</script>",
    '!!! note "<script>"\n    x',
    "\\<script>alert(1)\\</script>",
    "Note[^1].\n\n[^1]: <script>alert(1)</script>",
    "Note[^1].\n\n[^1]: [x](javascript:alert(1))",
    'Note[^"><script>].\n\n[^"><script>]: x',
    "<div markdown='1'>\n<script>alert(1)</script>\n</div>",
    "<div markdown='1' onclick='alert(1)'>\nx\n</div>",
    "<script markdown='1'>\nalert(1)\n</script>",
    "<form markdown='1'>\nx\n</form>",
    "<div markdown='1'>\n[x](javascript:alert(1))\n\n<p onclick='alert(1)'>x</p>\n</div>",
    "<p markdown='span'>x <b onclick='alert(1)'>y</b></p>",
    "<div><div><b><script>alert(1)</script></b></div></div>",
    "<details><summary onclick='alert(1)'>x</summary>y</details>",
    # Attribute lists
    "[x](a.md){: onclick='alert(1)' }",
    "[x](a.md){: href='javascript:alert(1)' }",
    "[x](a.md){: href=javascript&colon;alert(1) }",
    "[x](a.md){: target=_blank }",
    "![x](a.png){: onerror=alert(1) }",
    "![x](a.png){: src='https://x.fr/a.png' }",
    "![x](a.png){: style='width: 1px' }",
    "## Titre {: onclick=alert(1) }",
    "Texte\n{: onclick=alert(1) }",
    "- x\n{: style=color:red }",
    "*x*{: onmouseover=alert(1) ONCLICK=alert(1) }",
    "| a | b |\n|---|---|\n| x {: onclick=alert(1) } | y {: style='background: red' } |",
    "*x*{: srcdoc=y }",
    "Note[^1] *x*{: onclick=fn:1 }.\n\n[^1]: Note.",
    "Note[^1] ![x](#fn:1).\n\n[^1]: Note.",
    "*x*{: id='a b' }",
    "*x*{: hidden }",
    "*x*{: title='\"><script>alert(1)</script>' }",
    '*x*{: .a"onclick="x }',
    "[[chiffre:x]]{: onclick=alert(1) }",
    "[[chiffre:x]]{: value='figure:y' }",
    "*x*{: title=\"&lt;b <b onclick='alert(1)'>\" }",
    # Fenced code
    "```{ .html onclick=alert(1) }\nx\n```",
    "```{ .html #a style='x' }\nx\n```",
    "```{ .html linenums=true }\nx\n```",
    '```python hl_lines="1"\nx\n```',
    # Ends that are missing, signs on their own
    "<div>",
    "<p>x",
    "un <b>mot",
    "un </b> mot",
    "<!-- x",
    "un <!-- x",
    "un <! mot",
    "<!DOCTYPE html>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "un <? mot",
    "un <b mot",
    "un <a href='x mot",
    "<b title='\">x</b>",
    "<div <b>x</b></div>",
    "</ b>",
    "<p>x</div>",
    "- <b><div>x</div></b>",
    "<div markdown='1'>\nx",
    "<div markdown='1'>\n<div markdown='1'>\nx\n</div>",
    "<div markdown='1'>\n\n<p>x\n\ny</div>",
    # Control characters
    "un \x02wzxhzdk:0\x03 mot",
    "un \x02klzzwxh:0000\x03 *mot*",
    "un &#2;wzxhzdk:0&#3; mot",
]


@pytest.mark.parametrize("source", REFUSED)
def test_it_is_refused_with_a_place_and_a_remedy(source):
    body, problems = render_body(f"Un mot.\n\n{source}\n", path="x.md")
    assert body is None
    errors = [problem for problem in problems if problem.is_error]
    assert errors
    for problem in errors:
        assert problem.line >= 1
        assert problem.column >= 1
        assert "n'a pas pu être lu" not in problem.message
        assert not re.search("[\x00-\x1f\x7f]", problem.message)
        assert re.search(r" : |\. [A-ZÉ]", problem.message), problem.message
        assert problem.message.endswith((".", ")"))


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("Un\n\ndeux <script>x</script>", (3, 6)),
        ("<div>\n<p>x</p>\n<p ONCLICK=x>y</p>\n</div>", (3, 1)),
        ("Un\n\n> [x](javascript:y)", (3, 7)),
        ("`<script>` <b style='x'>y</b>", (1, 12)),
        ("```\n<script>\n```\n\n<script>x</script>", (5, 1)),
        ("*x*\n*y*{: onclick=z }", (2, 7)),
        ("un\n<!-- x", (2, 1)),
        ("<div markdown='1'>\n\n<form>x</form>\n</div>", (3, 1)),
    ],
)
def test_the_place_is_that_of_the_tag(source, place):
    _, problems = render_body(source, path="x.md")
    assert (problems[0].line, problems[0].column) == place


HARMLESS = [
    '```html" onmouseover="alert(1)\nx\n```',
    "```html' onmouseover='alert(1)\nx\n```",
    '``` "><script>\nx\n```',
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "1 < 2 > 0 et a<3",
    '![x" onerror="alert(1)](a.png)',
    "![<script>alert(1)</script>](a.png)",
    "[x](a.md '\" onclick=\"alert(1)')",
    '[x](a.md "<script>alert(1)</script>")',
    '[x](a.md"onclick="alert(1))',
    "*[mot]: <script>alert(1)</script>\n\nUn mot.",
    '*[mot]: x" onmouseover="alert(1)\n\nUn mot.',
    "## Titre {: #a.b }",
    "javascript:alert(1)",
    "[x](a.md?javascript:alert(1))",
    "[x](./javascript:alert(1))",
    "[x](#javascript:alert(1))",
    "<details open><summary>x</summary>y</details>",
    "{% include 'x' %} {{ config }} ${x} #{x}",
    "<b title='a > b < c &quot;'>x</b>",
]


@pytest.mark.parametrize("source", HARMLESS)
def test_it_is_text(source):
    body, problems = render_body(source, path="x.md")
    assert body is not None, problems
    assert_safe(body)


def test_signs_are_escaped():
    body, _ = render_body("1 < 2 > 0 & a<3 [x](b.md '<\"&>') `<\"&>`", path="x.md")
    assert body.html == (
        '<p>1 &lt; 2 &gt; 0 &amp; a&lt;3 <a href="link:0" title="&lt;&quot;&amp;&gt;">x</a> '
        '<code>&lt;"&amp;&gt;</code></p>'
    )


def test_typed_entities_do_not_come_back_as_tags():
    body, _ = render_body("&lt;script&gt; &amp;lt;b&amp;gt; `&lt;i&gt;`", path="x.md")
    assert body.html == "<p>&lt;script&gt; &amp;lt;b&amp;gt; <code>&amp;lt;i&amp;gt;</code></p>"


TOKEN = re.compile(r"link:(\d+)")


def assert_safe(body):
    """Two independent parsers find nothing that a page must not have, and all tokens are ours."""
    root = lxml.html.fragment_fromstring(body.html, create_parent="div")
    used = []
    for element in root.iterdescendants():
        assert element.tag in TAGS or element.tag == "data", body.html
        for name, value in element.attrib.items():
            if element.tag == "data":
                assert name == "value"
                assert value in {f"figure:{figure.target}" for figure in body.figures}
            else:
                assert name in ATTRIBUTES, body.html
            if name in ("href", "src"):
                assert TOKEN.fullmatch(value) or value.startswith("#fn"), body.html
                used += [int(number) for number in TOKEN.findall(value)]
    assert used == list(range(len(body.links)))
    assert clean(body.html, tags=set(), attributes=set(), schemes={"link"}) == clean(
        body.html, tags=DANGEROUS_TAGS, attributes=set(string.ascii_lowercase), schemes=DANGEROUS_SCHEMES
    )
    for link in body.links:
        scheme = re.match(r"[\s\x00-\x1f]*([a-zA-Z][a-zA-Z0-9+.-]*):", link.target)
        assert scheme is None or scheme[1].lower() in ("http", "https", "mailto", "tel")
        assert not link.target.startswith(("//", "\\"))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", body.html)


DANGEROUS_TAGS = {
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "svg",
    "math",
    "meta",
    "link",
    "h1",
}
DANGEROUS_SCHEMES = {"link", "javascript", "data", "vbscript", "http", "https", "mailto", "file"}


def clean(html, tags, attributes, schemes):
    """The HTML as a browser's parser reads it, with our tags and attributes and some more."""
    return nh3.clean(
        html,
        tags=TAGS | {"data"} | tags,
        attributes=dict.fromkeys(TAGS | {"data"} | tags, set(ATTRIBUTES) | {"value"}),
        generic_attribute_prefixes=attributes,
        url_schemes=schemes,
        clean_content_tags=set(),
        link_rel=None,
        strip_comments=False,
    )


DANGEROUS = [
    *(
        "<script>",
        "</script>",
        "<b ",
        "<a href=",
        "<img src=",
        "<svg>",
        "<iframe src='x'>",
        "<div>",
        "</div>",
        "/>",
    ),
    *(
        "onclick=",
        "onerror='",
        'style="',
        "javascript:",
        "data:",
        "alert(1)",
        "link:0",
        "figure:x",
        "=",
        "'",
        '"',
        "<",
    ),
    *(
        ">",
        "</b>",
        "</a>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        '<div markdown="1">',
        "<p markdown='span'>",
        "</p>",
    ),
    *(
        "[",
        "](",
        ")",
        "![x](",
        "a.png",
        "a.md",
        "[r]",
        "[r]: ",
        "*[x]: ",
        "[^1]",
        "[^1]: ",
        "{: ",
        " }",
        "{",
        "#x",
        ".c",
    ),
    *(
        "title='",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "    ",
        "> ",
        "- ",
        "| ",
        "|---|---|\n",
        "*",
        "**",
        "_",
        ":   ",
        "## ",
    ),
    *(
        "&#106;",
        "&colon;",
        "&Tab;",
        "&lt;",
        "&#x3C;",
        "\\",
        "\t",
        "\x02",
        "\x03",
        "wzxhzdk:0",
        "klzzwxh:0000",
    ),
    *(
        "mot",
        " ",
        "[[chiffre:x]]",
        "[[chiffre:",
        "]]",
        "{{",
        "}}",
        "!!! n 'T'\n    ",
        "<b>",
        "<i>x</i>",
        "<br>",
    ),
    *(
        "[x](a.md)",
        "![x](a.png)",
        "<a href='a.md'>x</a>",
        "<span class='c'>",
        "</span>",
        "<details open>",
        "</details>",
    ),
    *("<h2>", "</h2>", "<td>", "</td>", "<code>", "</code>"),
]


@settings(max_examples=2500, deadline=None)
@given(st.lists(st.sampled_from(DANGEROUS), max_size=14).map("".join))
def test_what_is_accepted_is_safe(source):
    body, problems = render_body(source, path="x.md")
    assert (body is None) == any(problem.is_error for problem in problems)
    if body is not None:
        assert_safe(body)


FRAMES = [
    "<{} {}>x</{}>",
    "un <{} {}>x</{}> mot",
    "- <{} {}>x</{}>",
    "<div markdown='1'>\n<{} {}>x</{}>\n</div>",
]


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(FRAMES),
    st.sampled_from([*sorted(TAGS - VOID), "script", "form", "svg", "iframe", "style", "x"]),
    st.sampled_from([*ATTRIBUTES, "onclick", "style", "srcdoc", "formaction", "xlink:href", "target", "ping"]),
    st.sampled_from(["x", "a.md", "javascript:x", "data:x", "//x.fr", "2", "fr", "ltr", "", "'", '">', "é"]),
)
def test_any_tag_with_any_attribute_is_safe_or_refused(frame, tag, name, value):
    body, _ = render_body(frame.format(tag, f'{name}="{value}"', tag), path="x.md")
    if body is not None:
        assert_safe(body)
