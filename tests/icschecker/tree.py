"""Components: balanced, where they may stand, with the properties that they must and may have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.icschecker.grammar import NO_DEFAULT, PARENTS, PROPERTIES, VALUE_TYPES, Property
from tests.icschecker.lines import Finding, Line, find


@dataclass
class Component:
    """A component, its own lines and what stands in it; the root of all has no name."""

    name: str
    number: int
    lines: list[Line] = field(default_factory=list)
    parts: list[Component] = field(default_factory=list)

    def walk(self) -> Iterator[Component]:
        """The named ones, in the order of the file."""
        if self.name:
            yield self
        for part in self.parts:
            yield from part.walk()

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def first(self, name: str) -> Line | None:
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str:
        line = self.first(name)
        return line.value if line else ""

    def find(self, sentence: str, detail: str = "") -> Finding:
        return Finding(self.number, f"{self.name}: {sentence}" + (f" ({detail})" if detail else ""))


def read_tree(lines: list[Line]) -> tuple[Component, list[Finding]]:
    """The components of a file, and where they do not fit together."""
    root = Component("", 1)
    open_, found = [root], []
    for line in lines:
        if line.name == "BEGIN":
            found += _check_begin(line, open_)
            open_.append(Component(line.value, line.number))
            open_[-2].parts.append(open_[-1])
        elif line.name == "END":
            if line.value != open_[-1].name or len(open_) == 1:
                return root, [*found, line.find("ends another component than the open one", line.value)]
            open_.pop()
        else:
            found += _check_place(line, open_[-1])
            open_[-1].lines.append(line)
    found += [component.find("is never ended") for component in open_[1:]]
    if [part.name for part in root.parts] != ["VCALENDAR"]:
        found.append(find(1, "the file is not one VCALENDAR"))
    return root, found


def _check_begin(line: Line, open_: list[Component]) -> Iterator[Finding]:
    if line.value not in PARENTS:
        yield line.find("there is no such component here", line.value)
    elif PARENTS[line.value] != open_[-1].name:
        yield line.find("a component stands where it may not", f"{line.value} in {open_[-1].name or 'the file'}")


def _check_place(line: Line, inside: Component) -> Iterator[Finding]:
    if not inside.name:
        yield line.find("stands outside of every component")
    elif inside.parts:
        yield line.find("stands after a component")


def check_tree(component: Component) -> Iterator[Finding]:
    """The properties of one component: known ones, as often as they may, with parameters that they may have."""
    known = PROPERTIES.get(component.name, {})
    if component.name == "VTIMEZONE" and not any(part.name == "STANDARD" for part in component.parts):
        yield component.find("has no STANDARD")
    counts = Counter(line.name for line in component.lines)
    for name, rule in known.items():
        if counts[name] < rule.least:
            yield component.find("has not the property it must have", name)
        elif counts[name] > rule.most:
            yield component.all(name)[1].find("stands more than once")
    for line in component.lines:
        if line.name in known:
            yield from _check_parameters(line, known[line.name])
        elif not line.name.startswith("X-"):
            yield line.find("is no property of its component", component.name)


def _check_parameters(line: Line, rule: Property) -> Iterator[Finding]:
    for name in line.parameters:
        if name not in rule.parameters and not name.startswith("X-"):
            yield line.find("is given a parameter that it cannot have", name)
    value_type = line.parameter("VALUE")
    if value_type and value_type not in VALUE_TYPES.get(rule.type, set()):
        yield line.find("is given a type that it cannot have", value_type)
    if line.name in NO_DEFAULT and not value_type:
        yield line.find("must say the type of its value", f"VALUE={NO_DEFAULT[line.name]}")
