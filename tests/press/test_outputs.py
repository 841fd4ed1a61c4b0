"""Outputs: one address each, and a fingerprint that changes when the bytes may and never otherwise."""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, meta

from plugins.press import bundles, media, policy, snapshot
from plugins.press.kinds import allowances_of
from plugins.press.manifest import Manifest, Shelves
from plugins.press.outputs import Deferred, Function, Output, Paper, Template, check_urls, fingerprint, leads
from plugins.press.paths import are_apart, are_free
from plugins.press.problems import render_text
from plugins.press.rendering import Press
from plugins.press.settings import MenuItem
from plugins.press.sharing import build_site_card
from plugins.press.site import Site
from plugins.press.store import Pieces
from plugins.press.theme import Theme
from tests import sites

THEME = sites.ROOT / "themes/cresol"


PAGE = Template("page.html")


def output(url: str = "/page/", view: Any = "vue", source: str = "", renderer: Any = PAGE) -> Output:
    return Output(url, renderer, view, source)


def compose(root: Path) -> list[Output]:
    """All outputs of a site with everything."""
    sites.write(root / "content", sites.everything())
    settings = sites.settings(sharing_cards=9, security_contact="mailto:alerte@exemple.test")
    site = sites.assemble(root, settings=settings)
    assert not site.broken
    allowances, shelves = allowances_of(sites.SUBJECTS), Shelves(Manifest(), b"")
    found = [*Theme(THEME).outputs(), *media.build_outputs(site), *policy.build_outputs(allowances)]
    found += build_site_card(site.settings)
    found += [made for subject in sites.SUBJECTS for made in shelves.take(subject.build_outputs(site))]
    for bundle in (subject.build_bundle(site) for subject in sites.SUBJECTS if subject.build_bundle):
        found += bundle.outputs(is_there=True)
        found.append(Output(f"/{bundle.folder}/un-fichier", bundles.FILE, bundles.BundleFile(b"hash"), bundle.name))
    indexes = [subject.build_index for subject in sites.SUBJECTS if subject.build_index]
    return found + [made for build in indexes for made in shelves.take(build(site, tuple(found), ""))]


@pytest.fixture(scope="module")
def everything(tmp_path_factory) -> list[Output]:
    return compose(tmp_path_factory.mktemp("tout"))


def marks(outputs: list[Output]) -> dict[str, str]:
    """The fingerprint of each output, but for files, whose stamp is their disk's."""
    return {o.url: fingerprint(o, b"sel").hex() for o in outputs if not isinstance(o.view, media.File)}


# Addresses


@pytest.mark.parametrize(
    ("url", "path"),
    [("/", "index.html"), ("/a/b/", "a/b/index.html"), ("/404.html", "404.html"), ("/a/b.ics", "a/b.ics")],
)
def test_a_page_lies_in_a_folder_of_its_own(url, path):
    assert output(url).path == path


@pytest.mark.parametrize("url", ["/", "/a/", "/a/#x", "/a/?b#c", "/f.css?v=1", "/%C3%A9t%C3%A9/", "/été/"])
def test_an_address_leads_to_its_output(url):
    assert leads(url, {"index.html", "a/index.html", "f.css", "été/index.html"})


@pytest.mark.parametrize("url", ["/a", "a/", "/A/", "/f.css/", "", "#x", "https://exemple.fr/a/", "/b/"])
def test_another_address_leads_nowhere(url):
    assert not leads(url, {"index.html", "a/index.html", "f.css"})


@given(st.text(min_size=1).filter(lambda text: not set(text) & set("%?#")))
def test_every_output_is_found_at_its_own_address(text):
    page = output(f"/{text}/")
    assert leads(page.url, {page.path})


# Two outputs on one address


def refused(root: Path, *outputs: Output) -> list[str]:
    sites.write(
        root / "content", {"blog/2026/un.md": sites.article("Un", slug="un"), "pages/deux.md": sites.document("Deux")}
    )
    sites.write(
        root / "content", {"static/x.txt": "x", "blog/2026/trois.md": sites.article("Trois", aliases="[/vieux/]")}
    )
    return list(said(sites.assemble(root), *outputs))


def said(site: Site, *outputs: Output) -> Iterator[str]:
    """What is said, which must be something exactly when the quick look says so."""
    problems = [*check_urls(outputs, site)]
    paths = [one.path for one in outputs]
    assert are_apart("\n".join({*paths}), len(outputs)) == (not problems)
    assert are_free(paths, "\n".join(paths)) == (not problems)
    return map(render_text, problems)


UN, DEUX, TROIS = "blog/2026/un.md", "pages/deux.md", "blog/2026/trois.md"
SLUG = "Donner un autre « slug » ou un autre nom de fichier."


def test_outputs_that_differ_are_fine(tmp_path):
    assert refused(tmp_path, *map(output, ("/", "/a/", "/a/b/", "/a.html", "/b.html", "/ab/"))) == []


@pytest.mark.parametrize("url", ["/a/", "/A/", "/a/index.html"])
def test_one_address_taken_twice_is_refused_with_both_sources(url, tmp_path):
    assert refused(tmp_path, output("/a/", source=UN), output(url, source=DEUX)) == [
        f"content/pages/deux.md:2:8: title : l'adresse {url} est déjà prise par content/blog/2026/un.md. {SLUG}"
    ]


def test_unicode_forms_make_no_other_address(tmp_path):
    found = refused(tmp_path, output("/e\u0301te\u0301/", source=DEUX), output("/ÉTÉ/", source=UN))
    assert found == [
        f"content/blog/2026/un.md:4:7: slug : l'adresse /ÉTÉ/ est déjà prise par content/pages/deux.md. {SLUG}"
    ]


def test_the_text_gives_way_to_what_is_always_there(tmp_path):
    expected = f"content/pages/deux.md:2:8: title : l'adresse /agenda/ est déjà prise par l'agenda. {SLUG}"
    page, agenda = output("/agenda/", source=DEUX), output("/agenda/", source="l'agenda")
    assert refused(tmp_path, page, agenda) == refused(tmp_path, agenda, page) == [expected]


def test_an_old_address_gives_way_to_a_page(tmp_path):
    (message,) = refused(tmp_path, output("/vieux/", source=UN), output("/vieux/", source=TROIS))
    place, _, sentence = message.partition(": aliases : ")
    assert place == "content/blog/2026/trois.md:4:10"
    assert sentence == f"l'adresse /vieux/ est déjà prise par content/{UN}. Retirer cette ancienne adresse."


def test_two_files_on_one_address_are_named(tmp_path):
    assert refused(tmp_path, output("/X.txt", source="l'index"), output("/x.txt", source="static/x.txt")) == [
        "content/static/x.txt: l'adresse /x.txt est déjà prise par l'index. Renommer ce fichier."
    ]


@pytest.mark.parametrize("urls", [("/a", "/a/b.txt"), ("/a/b/", "/A"), ("/a/b/c/d.txt", "/a/b")])
def test_a_file_where_a_folder_must_be_is_refused(urls, tmp_path):
    for first, second in (urls, urls[::-1]):
        (message,) = refused(tmp_path, output(first, source=UN), output(second, source="static/x.txt"))
        assert "est déjà prise par" in message


def test_three_on_one_address_are_two_problems(tmp_path):
    assert len(refused(tmp_path, *[output("/a/", source=source) for source in (UN, DEUX, TROIS)])) == 2


# Fingerprints


def test_the_same_site_has_the_same_fingerprints_in_any_process(everything, tmp_path):
    sites.write(tmp_path / "content", sites.everything())
    code = (
        "import json, sys; from pathlib import Path; from tests.press import test_outputs as t;"
        "print(json.dumps(t.marks(t.compose(Path(sys.argv[1])))))"
    )
    for seed in ("1", "2"):
        environ = {"PATH": os.environ["PATH"], "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        command = [sys.executable, "-c", code, str(tmp_path)]
        done = subprocess.run(command, cwd=sites.ROOT, env=environ, capture_output=True, text=True, check=True)
        assert json.loads(done.stdout) == marks(everything)


def test_the_order_in_which_texts_are_read_changes_nothing(everything, tmp_path):
    backwards = dict(reversed(sites.everything().items()))
    sites.write(tmp_path / "content", backwards)
    assert marks(compose(tmp_path)) == marks(everything)


@given(st.text(), st.text(), st.binary(min_size=1, max_size=64), st.binary(min_size=1, max_size=64))
def test_another_view_or_another_salt_is_another_fingerprint(view, other, salt, pepper):
    same = fingerprint(output(view=view), salt) == fingerprint(output(view=other), salt)
    assert same is (view == other)
    same = fingerprint(output(view=view), salt) == fingerprint(output(view=view), pepper)
    assert same is (salt.ljust(64, b"\0") == pepper.ljust(64, b"\0"))


def test_every_value_of_every_view_is_in_its_fingerprint(everything):
    for one in everything:
        if isinstance(one.view, Deferred):
            continue  # its key is what it is made of: see the incremental law
        for name, value in msgspec.structs.asdict(one.view).items():
            other = msgspec.structs.replace(one.view, **{name: "autre" if value != "autre" else "encore"})
            changed = msgspec.structs.replace(one, view=other)
            assert fingerprint(changed, b"sel") != fingerprint(one, b"sel"), (one.url, name)


def test_a_deferred_view_is_known_by_its_key_and_built_when_it_is_wanted():
    built = []

    def build():
        built.append(1)
        return "vue"

    one = output(view=Deferred("clé", build))
    assert fingerprint(one, b"sel") == fingerprint(output(view=Deferred("clé", list)), b"sel")
    assert fingerprint(one, b"sel") != fingerprint(output(view=Deferred("autre", build)), b"sel")
    assert not built
    assert one.build_view() == "vue"


def test_no_view_holds_what_has_no_order(everything):
    for one in everything:
        assert not list(unordered(one.build_view())), one.url


def unordered(value: Any) -> Iterator[Any]:
    """Sets, whose order is another in each process."""
    if isinstance(value, (set, frozenset)):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from unordered(msgspec.structs.astuple(value))
    elif isinstance(value, dict):
        yield from unordered((*value, *value.values()))
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from unordered(inner)


# Salts: what bytes depend on besides the view


def press(folder: Path, theme: Path = THEME, code: bytes = b"code", **changes: Any) -> Press:
    pieces = Pieces(folder / "pieces.sqlite3")
    settings = sites.settings(**changes)
    return Press(
        settings, Theme(theme), places=sites.places(folder), pieces=pieces, code=code, paths={"blog/index.html"}
    )


def salts(outputs: list[Output], of: Press) -> dict[str, bytes]:
    return {one.renderer.name: of.salt(one) for one in outputs}


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {name for name, salt in before.items() if after[name] != salt}


@pytest.fixture
def theme(tmp_path) -> Path:
    return shutil.copytree(THEME, tmp_path / "theme")


def test_an_edit_of_a_template_touches_the_pages_made_with_it(everything, theme, tmp_path):
    before = salts(everything, press(tmp_path, theme))
    used = {one.renderer.name: templates(one.renderer) for one in everything}
    parts = {name: set().union(*(closure(theme, template) for template in found)) for name, found in used.items()}
    for edited in sorted((theme / "templates").rglob("*.*")):
        text = edited.read_text()
        edited.write_text(f"{text}\n")
        name = edited.relative_to(theme / "templates").as_posix()
        using = {page for page, names in parts.items() if name in names}
        using |= {one.renderer.name for one in everything if f"theme:templates/{name}" in recipe(one)}
        if name == "drawings/sunrise.html":  # which papers have too
            using |= {one.renderer.name for one in everything if isinstance(one.renderer, Paper)}
        assert changed(before, salts(everything, press(tmp_path, theme))) == using
        edited.write_text(text)


def templates(renderer: Template | Function | Paper) -> tuple[str, ...]:
    if isinstance(renderer, Template):
        return (renderer.name,)
    return renderer.templates if isinstance(renderer, Function) else ()


def closure(theme: Path, name: str) -> set[str]:
    """A template and those it refers to, as Jinja itself sees it."""
    environment = Environment(loader=FileSystemLoader(theme / "templates"), autoescape=True)
    found, waiting = set[str](), [name]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            source = environment.loader.get_source(environment, current)[0]
            references = [*meta.find_referenced_templates(environment.parse(source))]
            references += re.findall(r'\b(?:part|by_day)\("([^"]+)"', source)  # rendered apart; a drawing
            assert None not in references, f"{current} names a template that only a variable tells"
            waiting += references
    return found


def test_an_edit_of_a_style_or_static_file_touches_every_page(everything, theme, tmp_path):
    pages = {one.renderer.name for one in everything if isinstance(one.renderer, Template)}
    before = salts(everything, press(tmp_path, theme))
    for edited in (next((theme / "css").glob("*.css")), next((theme / "static").rglob("*.svg"))):
        edited.write_text(edited.read_text() + "\n.x{color:red}")
        assert changed(before, salts(everything, press(tmp_path, theme))) == pages
        before = salts(everything, press(tmp_path, theme))


def recipe(one: Output) -> tuple[str, ...]:
    return one.renderer.recipe if isinstance(one.renderer, Function) else ()


def test_an_edit_of_the_code_touches_everything_but_what_has_a_recipe(everything, tmp_path):
    before = salts(everything, press(tmp_path))
    lasting = {one.renderer.name for one in everything if recipe(one)}
    assert changed(before, salts(everything, press(tmp_path, code=b"autre"))) == set(before) - lasting
    assert changed(before, salts(everything, press(tmp_path))) == set()


def test_what_has_a_recipe_is_touched_by_all_that_stands_in_it(everything, theme, tmp_path, monkeypatch):
    before = salts(everything, press(tmp_path, theme))
    code = shutil.copytree(snapshot.PLUGINS, tmp_path / "plugins")
    monkeypatch.setattr(snapshot, "PLUGINS", code)
    for part in {part for one in everything for part in recipe(one)}:
        using = {one.renderer.name for one in everything if part in recipe(one)}
        if part.endswith(".py"):
            (code / part).write_text((code / part).read_text() + "\n")
        elif part == "theme:tokens":
            tokens = theme / "css/tokens.css"
            tokens.write_text(tokens.read_text().replace("#f6b40e", "#f6b41e"))
        elif part.startswith("theme:"):
            place = theme / part.removeprefix("theme:")
            (place / "autre.ttf").touch() if place.is_dir() else place.write_text(place.read_text() + "\n")
        else:
            found = [name.replace(f"{part}-", f"{part}-0") for name in snapshot._installed()]
            monkeypatch.setattr(snapshot, "_installed", lambda found=found: found)
        after = salts(everything, press(tmp_path, theme))
        assert using <= changed(before, after), part
        before = after


def test_a_recipe_names_all_that_its_code_imports(everything):
    for names in {recipe(one) for one in everything} - {()}:
        for part in names:
            if part.endswith(".py"):
                imported = re.findall(r"\bfrom plugins\.(press\.[\w.]+) import", (snapshot.PLUGINS / part).read_text())
                assert {f"{module.replace('.', '/')}.py" for module in imported} - {*names} <= INERT, part


# What makes no bytes, though it is imported where they are made
INERT = {
    "press/files.py",  # what the compiler reads, as it is
    "press/french.py",  # the words of refusals
    "press/outputs.py",  # values
    "press/paper/places.py",  # the words of refusals
    "press/paper/sheets.py",  # values
    "press/pictures/looks.py",  # the words of refusals
    "press/problems.py",  # values
    "press/sources.py",  # bytes as they are
    "press/rendering.py",  # types
    "press/sharing.py",  # types
    "press/snapshot.py",  # a part of addresses
    "press/theme.py",  # texts as they are
}


def test_a_menu_touches_every_page_that_shows_it(everything, tmp_path):
    before = salts(everything, press(tmp_path))
    pages = {one.renderer.name for one in everything if isinstance(one.renderer, Template)}
    shown, hidden = MenuItem("Blog", "/blog/"), MenuItem("Rien", "/rien/")
    assert changed(before, salts(everything, press(tmp_path, menu=(shown,)))) == pages
    assert changed(before, salts(everything, press(tmp_path, footer=(shown,)))) == pages
    assert changed(before, salts(everything, press(tmp_path, menu=(hidden,)))) == set()


def test_what_a_page_may_do_touches_every_page_for_each_says_it(everything, tmp_path):
    before = salts(everything, press(tmp_path))
    pages = {one.renderer.name for one in everything if isinstance(one.renderer, Template)}
    allowing = press(tmp_path)
    allowing.allowances = (policy.Allowance("/recherche/", sources=(("script-src", "'wasm-unsafe-eval'"),)),)
    assert changed(before, salts(everything, allowing)) == pages


# Renderers


def named_functions() -> set[str]:
    """Every name that a file of the plugins gives to ``Function``."""
    calls = (
        node
        for path in (sites.ROOT / "plugins").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Function"
    )
    return {call.args[0].value for call in calls}


def test_a_site_with_everything_uses_every_function(everything):
    used = {one.renderer.name for one in everything if isinstance(one.renderer, Function)}
    used |= {one.renderer.build.name for one in everything if isinstance(one.renderer, Paper)}
    used |= {
        function.name for subject in sites.SUBJECTS for kind in subject.blocks for function in (kind.draw, kind.tell)
    }
    assert used == named_functions()


@pytest.mark.parametrize("name", sorted(named_functions()))
def test_every_function_that_renders_is_there_and_takes_a_view_and_the_press(name):
    module, _, function = name.partition(":")
    signature = inspect.signature(getattr(importlib.import_module(module), function))
    assert len(signature.bind("view", "press").args) == len(signature.parameters)


def test_every_template_that_renders_is_in_the_theme(everything):
    for one in everything:
        if isinstance(one.renderer, Template):
            assert (THEME / "templates" / one.renderer.name).is_file(), one.url
        elif isinstance(one.renderer, Paper):
            assert (THEME / "paper" / one.renderer.name).is_file(), one.url


def test_every_output_tells_what_it_comes_from(everything):
    assert [one.url for one in everything if not one.source] == []
