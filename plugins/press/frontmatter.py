"""Front matter: YAML between two lines « --- », every value kept as typed, with its line and column.

Values stay text: YAML's own typing reads ``18:30`` as 1110 and ``no`` as False, so the schema of
the kind decides what a text means.
"""

from __future__ import annotations

import json
import re

import yaml
from msgspec import Struct

from plugins.press.problems import Problem
from plugins.press.simpleyaml import Mark, Path, SimpleYaml

MAX_LENGTH = 50_000
MAX_DEPTH = 12
_END = re.compile(r"\n---[ \t]*$", re.MULTILINE)
# U+0085, U+2028 and U+2029 are line ends for YAML and for nobody else: every line after would be miscounted
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
_NESTED = re.compile(r"[\[{]|-[ \t]+(?=[-?])|\?[ \t]")
_NESTING = ("[", "{", "- ", "-\t", "? ", "?\t")
"""One of these begins each match of the former; to count them is quicker."""
_PLAIN_TAG = "tag:yaml.org,2002:str"
_PLAIN_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "timestamp", "seq", "map", "merge", "value")
)
_BASE: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_BASE):  # type: ignore[valid-type,misc]  # known at run time only
    """What nobody tagged is plain: guessing which texts are numbers takes a quarter of the time."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: object) -> str:  # noqa: ARG002 - the library's
        return _PLAIN_TAG


class FrontMatter(Struct):
    """The values of a file, where each key and each value stands, and the body that follows."""

    values: dict[str, object]
    keys: dict[Path, Mark]
    marks: dict[Path, Mark]
    body: str
    body_line: int


class _YamlError(Exception):
    def __init__(self, mark: Mark, message: str) -> None:
        super().__init__(message)
        self.mark = mark
        self.message = message


def read_front_matter(text: str, path: str) -> tuple[FrontMatter | None, list[Problem]]:
    """Split and read one file (LF newlines, no BOM).

    With a broken front matter the body comes all the same, so that its own problems can be told; without
    any front matter there is none.
    """
    try:
        front, head = _split(text)
    except _YamlError as error:
        return None, [_problem(error, path)]
    try:
        _refuse_length(head, 2, "l'en-tête est trop long", remedy=" Mettre le texte sous l'en-tête.")
        _fill(front, head, 2)
    except _YamlError as error:
        return front, [_problem(error, path)]
    return front, []


def read_yaml(text: str, path: str, key: str, max_length: int = MAX_LENGTH) -> tuple[FrontMatter | None, list[Problem]]:
    """Read a whole file of YAML (``chiffres.yaml``): its top value stands under ``key``."""
    try:
        _refuse_length(text, 1, "ce fichier est trop long", max_length)
        _refuse_control_characters(text, 1)
        node = _compose(text, 1)
        front = FrontMatter(values={}, keys={}, marks={}, body="", body_line=1)
        front.values[key] = None if node is None else _construct(node, (key,), front, 1, set())
    except _YamlError as error:
        return None, [_problem(error, path)]
    return front, []


def read_block(text: str, path: str, first_line: int) -> tuple[FrontMatter | None, list[Problem]]:
    """Read a block of YAML that stands in a text, from that line of its file."""
    front = FrontMatter(values={}, keys={}, marks={}, body="", body_line=first_line)
    try:
        _refuse_length(text, first_line, "ce bloc est trop long")
        _fill(front, text, first_line)
        front.marks[()] = (first_line, 1)  # where to point at for what is not there
    except _YamlError as error:
        return None, [_problem(error, path)]
    return front, []


def _problem(error: _YamlError, path: str) -> Problem:
    line, column = error.mark
    return Problem(path=path, line=line, column=column, message=error.message)


def _split(text: str) -> tuple[FrontMatter, str]:
    """What stands between the two lines, and what follows."""
    first = text.partition("\n")[0]
    if first.rstrip() != "---":
        raise _YamlError(
            (1, 1),
            "l'en-tête manque. Commencer le fichier par une ligne « --- », les champs (title, date…), "
            "puis une ligne « --- ».",
        )
    end = _END.search(text, len(first))
    if end is None:
        raise _YamlError((1, 1), "l'en-tête n'est pas fermé. Ajouter une ligne « --- » après le dernier champ.")
    head = text[len(first) + 1 : end.start() + 1]
    body, line = text[end.end() + 1 :], head.count("\n") + 3
    return FrontMatter(values={}, keys={}, marks={}, body=body, body_line=line), head


def _fill(front: FrontMatter, text: str, first_line: int) -> None:
    """Read lines of fields, of which the first is ``first_line`` of the file."""
    _refuse_control_characters(text, first_line)
    simple = SimpleYaml()
    if simple.read(text, first_line):
        front.values, front.keys, front.marks = simple.values, simple.keys, simple.marks
        return
    node = _compose(text, first_line)
    if node is None:
        return
    if not isinstance(node, yaml.MappingNode):
        raise _YamlError(_mark(node, first_line), "une suite de lignes « champ: valeur » est attendue ici.")
    front.values = _construct_mapping(node, (), front, first_line, set())


def _refuse_control_characters(text: str, first_line: int) -> None:
    if found := _find_forbidden(text):
        line = text.count("\n", 0, found.start())
        column = found.start() - (text.rfind("\n", 0, found.start()) + 1)
        raise _YamlError((first_line + line, column + 1), _refusal(found.group()))


def _find_forbidden(text: str) -> re.Match[str] | None:
    """What is printable holds none, which is quick to tell; line ends alone are not and may stand."""
    return None if text.replace("\n", "").isprintable() else _FORBIDDEN.search(text)


def _refusal(character: str) -> str:
    return f"caractère invisible interdit (U+{ord(character):04X}). L'effacer et retaper le texte à cet endroit."


def _refuse_length(text: str, first_line: int, what: str, limit: int = MAX_LENGTH, *, remedy: str = "") -> None:
    if len(text) > limit:
        raise _YamlError((first_line, 1), f"{what} ({len(text)} caractères, {limit} au plus).{remedy}")


def _compose(text: str, first_line: int) -> yaml.Node | None:
    try:
        _refuse_depth(text, first_line)
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _translate(error, text, first_line) from error


def _refuse_depth(text: str, first_line: int) -> None:
    """Composing is recursive in C: thousands of nested brackets would exhaust the stack."""
    if sum(map(text.count, _NESTING)) <= MAX_DEPTH or len(_NESTED.findall(text)) <= MAX_DEPTH:
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH and event.start_mark:
                mark = (event.start_mark.line + first_line, event.start_mark.column + 1)
                raise _YamlError(mark, f"trop de listes imbriquées (plus de {MAX_DEPTH} niveaux).")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _translate(error: yaml.YAMLError, text: str, first_line: int) -> _YamlError:
    index, column = _find_mistake(error, text)
    problem = " ".join(str(getattr(error, part, None) or "") for part in ("problem", "context")).strip() or str(error)
    return _YamlError((index + first_line, column + 1), _explain(problem, text.split("\n")[index], column))


def _find_mistake(error: yaml.YAMLError, text: str) -> Mark:
    """Line and column, from 0. What lacks its end is only missed later: its place is where it begins."""
    lines = text.rstrip().split("\n")
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    at_end = mark is not None and not "\n".join(lines[mark.line :])[mark.column :]
    if begun and (mark is None or at_end or "expected ':'" in str(getattr(error, "problem", ""))):
        mark = begun
    if mark is None or mark.line >= len(lines):
        return (len(lines) - 1, 0)
    return (mark.line, mark.column)


def _explain(problem: str, line: str, column: int) -> str:
    shown = line.strip()[:80]
    key, colon, value = line.partition(":")
    if "mapping values are not allowed" in problem and colon and len(key) < column:
        quoted = json.dumps(value.strip(), ensure_ascii=False)
        return f"un deux-points dans la valeur : mettre le texte entre guillemets, ainsi : {key.strip()}: {quoted}"
    if "\\t" in problem or "'\t'" in problem or "\t" in line[: len(line) - len(line.lstrip())]:
        return "tabulation : la remplacer par des espaces."
    if "could not find expected ':'" in problem:
        return f"ligne « {shown} » : il manque un deux-points après le nom du champ, ou des guillemets autour du texte."
    if "did not find expected <document start>" in problem or "expected node content" in problem:
        return f"ligne « {shown} » : mettre le texte entre guillemets."
    if "found unexpected end of stream" in problem:
        return "guillemet ouvert et jamais fermé : ajouter le guillemet qui manque."
    if "cannot start any token" in problem:
        return f"ligne « {shown} » : ce texte commence par un signe réservé ; mettre le texte entre guillemets."
    if "alias" in problem or "anchor" in problem:
        return (
            f"ligne « {shown} » : « * » et « & » en début de valeur sont réservés ; mettre le texte entre guillemets."
        )
    return f"ligne illisible : « {shown} ». Vérifier l'alignement et mettre le texte entre guillemets."


def _mark(node: yaml.Node, first_line: int) -> Mark:
    start = node.start_mark
    return (start.line + first_line, start.column + 1)


def _construct(node: yaml.Node, path: Path, front: FrontMatter, first_line: int, seen: set[int]) -> object:
    mark = _mark(node, first_line)
    if node.tag not in _PLAIN_TAGS:
        raise _YamlError(
            mark,
            f"étiquette « {node.tag} » interdite. Mettre le texte entre guillemets s'il commence par « ! ».",
        )
    if id(node) in seen:
        raise _YamlError(mark, "les renvois YAML (« &nom » et « *nom ») ne sont pas acceptés. Recopier la valeur.")
    seen.add(id(node))
    front.marks[path] = mark
    if isinstance(node, yaml.ScalarNode):
        return _read_scalar(node, mark)
    if isinstance(node, yaml.SequenceNode):
        return [_construct(item, (*path, index), front, first_line, seen) for index, item in enumerate(node.value)]
    return _construct_mapping(node, path, front, first_line, seen)


def _read_scalar(node: yaml.ScalarNode, mark: Mark) -> str | None:
    """The text that was typed; None when nothing was. In double quotes, YAML can spell any character."""
    value: str = node.value
    if found := _find_forbidden(value):
        raise _YamlError(mark, _refusal(found.group()))
    return value if value or node.style else None


def _construct_mapping(
    node: yaml.Node, path: Path, front: FrontMatter, first_line: int, seen: set[int]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        mark = _mark(key, first_line)
        if not isinstance(key, yaml.ScalarNode):
            raise _YamlError(mark, "nom de champ illisible. Écrire « champ: valeur ».")
        name: str = key.value
        here = (*path, name)
        if name in values:
            line = front.keys[here][0]
            raise _YamlError(mark, f"le champ « {name} » est écrit deux fois (déjà ligne {line}). N'en garder qu'un.")
        front.keys[here] = mark
        values[name] = _construct(value, here, front, first_line, seen)
    return values
