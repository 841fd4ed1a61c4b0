"""The gallery: every macro that a page uses has its contract and an example, and all examples are shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from plugins.press import gallery
from plugins.press.problems import PressError
from plugins.press.rendering import build_environment
from plugins.press.theme import Theme
from tests import sites

THEME = Theme(sites.ROOT / "themes/cresol")
COMPONENTS = {component.file: component for component in gallery.read_components(THEME)}
PIECES = {"begin", "href", "published", "script", "spoken", "state", "webcal"}
"""What stands inside a tag or the head of a page: there is nothing to look at."""
IMPORT = re.compile(r"{% from \"macros/(\w+)\.html\" import ([\w, ]+) %}")


def used() -> set[tuple[str, str]]:
    """The macros that templates take from one another."""
    texts = [path.read_text(encoding="utf-8") for path in (THEME.folder / "templates").rglob("*.html")]
    found = [(name, macros) for text in texts for name, macros in IMPORT.findall(text)]
    return {(name, macro.split(" as ")[0].strip()) for name, macros in found for macro in macros.split(",")}


def outputs(**changes):
    return list(gallery.build_outputs(THEME, sites.settings(**changes)))


@pytest.mark.parametrize("wish", ["drafts", "preview"])
def test_the_gallery_is_in_previews_only(wish):
    assert outputs() == []
    (output,) = outputs(**{wish: True})
    assert output.url == "/composants/"
    assert output.view.head.noindex


def test_every_macro_that_a_template_uses_has_an_example():
    shown = {(name, example.macro) for name, component in COMPONENTS.items() for example in component.examples}
    assert {(name, macro) for name, macro in used() - shown if macro not in PIECES} == set()


def test_every_file_of_macros_has_a_contract_that_names_each_macro_shown():
    for path in (THEME.folder / "templates/macros").glob("*.html"):
        component = COMPONENTS[path.stem]
        for example in component.examples:
            assert re.search(rf"\b{example.macro}\(", " ".join(component.contract)), example


def test_every_example_is_shown_and_gives_something_to_see():
    (output,) = outputs(preview=True)
    environment = build_environment(sites.settings(preview=True), THEME, None)
    text = environment.get_template(output.renderer.name).render(page=output.view, url=output.url)
    page = html.document_fromstring(text)
    shown = page.cssselect("main section > div:not(.section-head)")
    assert len(shown) == sum(len(component.examples) for component in COMPONENTS.values()) > 30
    for example in shown:
        title, *given = example
        assert given or example.text_content().strip() != title.text_content().strip(), title.text_content()


@pytest.mark.parametrize("text", ["card: [", "card: {title: Essai}", "- card", "card:\n  - {with: {}}"])
def test_examples_that_cannot_be_read_are_named(tmp_path: Path, text):
    theme = shutil.copytree(THEME.folder, tmp_path / "theme")
    (theme / "examples/event.yaml").write_text(text)
    with pytest.raises(PressError, match=r"themes/theme/examples/event.yaml: not a list of examples"):
        list(gallery.read_components(Theme(theme)))
