"""Templates: what is quicker than in the library gives what the library gives."""

from __future__ import annotations

from types import SimpleNamespace

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader
from markupsafe import Markup, escape

from plugins.press.rendering import build_environment
from plugins.press.templating import Environment, open_cache, show
from plugins.press.theme import Theme
from tests import sites

BASE = """\
{% set whole = title ~ " & " ~ site %}
<title>{{ whole }}</title>{% block head %}<i>{{ site }}</i>{% endblock %}
<body>{% block main %}{% endblock %}</body>{{ title }}
"""
PAGE = """\
{% extends "base" %}
{% from "macros" import item %}
{% block head %}{{ super() }}<b>{{ title|upper }}</b>{% endblock %}
{% block main %}
{% for name in names if name %}{{ loop.index }}. {{ item(name) }}{% else %}none{% endfor %}
{% include "part" %}{% if names %}<u>{{ names|length }}</u> of {{ number }}{% endif %}
{% filter lower %}{{ title }}<P>{% endfilter %}{{ none }}{{ html }}
{% endblock %}
"""
TEMPLATES = {
    "base": BASE,
    "page": PAGE,
    "macros": """\
{% macro item(name) %}<li>{{ name }}</li>{% endmacro %}
{% macro pair(name, other="&", last=name) %}{{ name }}{{ other }}{{ last }}{% endmacro %}
{% macro many(name) %}{{ name }}: {{ varargs|join("<") }}
{% for key, value in kwargs.items() %}{{ key }}{{ value }}{% endfor %}{% endmacro %}
{% macro framed() %}<div>{{ caller() }}</div>{% endmacro %}
""",
    "calls": """\
{% from "macros" import framed, item, many, pair %}
{{ item(title) }}{{ pair(title) }}{{ pair(title, site) }}{{ pair(title, last=site) }}{{ many(title, *names, b=site) }}
{{ many(title, "<", ">") }}{% call framed() %}{{ title }}{% endcall %}
{{ item(view.title) }}{{ view.inner.title }}{{ view.none }}{{ view.empty }}{{ view.inner.number }}{{ view.items }}
{{ "no" if view.missing is not defined }}{{ view.missing|default(title) }}
{% for one in names if one.strip %}{{ one.upper() }}{% endfor %}
""",
    "part": "{{ title }}, {{ site }}",
}
TEXTS = st.text(alphabet="é<>&\"'a \n;")


def _environments(**templates: str) -> list[jinja2.Environment]:
    """Ours, and the library's."""
    return [
        kind(loader=DictLoader(TEMPLATES | templates), autoescape=True, undefined=jinja2.StrictUndefined)
        for kind in (Environment, jinja2.Environment)
    ]


@given(st.one_of(TEXTS, TEXTS.map(Markup), st.integers(), st.floats(), st.none(), st.dates()))
def test_a_value_stands_in_a_page_as_the_library_has_it(value):
    assert show(value) == escape(value)


@given(title=TEXTS, site=TEXTS, names=st.lists(TEXTS, max_size=3))
def test_a_page_is_the_one_that_the_library_renders(title, site, names):
    view = {"title": title, "site": site, "names": names, "number": 3, "html": Markup("<hr>")}
    ours, theirs = _environments()
    assert ours.get_template("page").render(view) == theirs.get_template("page").render(view)


@given(title=TEXTS, site=TEXTS, names=st.lists(TEXTS, max_size=3))
def test_macros_and_attributes_are_those_of_the_library(title, site, names):
    inner = SimpleNamespace(title=title, number=0)
    values = {"title": title, "none": None, "empty": "", "items": 3}
    for view in (SimpleNamespace(**values, inner=inner), {**values, "inner": {"title": title, "number": 0}}):
        said = [
            environment.get_template("calls").render(title=title, site=site, names=names, view=view)
            for environment in _environments()
        ]
        assert said[0] == said[1]


@pytest.mark.parametrize("wrong", ["{{ item() }}", "{{ item(1, 2) }}", "{{ item(1, other=2) }}", "{{ title.missing }}"])
def test_what_the_library_refuses_is_refused(wrong):
    page = '{% from "macros" import item %}' + wrong
    refusals = []
    for environment in _environments(page=page):
        with pytest.raises((TypeError, jinja2.UndefinedError)) as refusal:
            environment.get_template("page").render(title="x")
        refusals.append((refusal.type, str(refusal.value)))
    assert refusals[0] == refusals[1]


def test_a_name_that_is_not_there_is_an_error():
    environment = Environment(
        loader=DictLoader({"page": "<p>{{ title }} and {{ missing }}"}), undefined=jinja2.StrictUndefined
    )
    with pytest.raises(jinja2.UndefinedError, match="missing"):
        environment.get_template("page").render(title="x")


def test_what_another_version_compiled_is_not_taken(tmp_path):
    """The library looks for compiled templates by their text alone."""
    ours, theirs = open_cache(tmp_path), jinja2.FileSystemBytecodeCache(str(tmp_path))
    for kind, cache in ((jinja2.Environment, theirs), (Environment, ours)):
        kind(loader=DictLoader({"page": "a{{ x }}b"}), bytecode_cache=cache, autoescape=True).get_template("page")
    assert len(list(tmp_path.iterdir())) == 2


PIECES = [
    "mot ",
    "<b>",
    "</b>",
    '<a href="/un-lieu-assez-long/">',
    "</a>",
    "é&amp;",
    '<sup id="f"><a href="#n">1</a></sup>',
]


@given(st.lists(st.sampled_from(PIECES)), st.sampled_from([1, 5, 20]))
def test_the_opening_of_a_text_is_that_of_the_whole(pieces, length):
    opening, html = ENVIRONMENT.filters["opening"], "<p>" + "".join(pieces)
    assert opening(html, length) == opening(html, len(html))[:length]


ENVIRONMENT = build_environment(sites.settings(), Theme(sites.ROOT / "themes/cresol"), None)
