"""The results as Markdown, for the terminal and for the README."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median

from bench import environment
from bench.results import COLD, Goal, Key, Results, agenda_goals, goals
from bench.scenarios import AGENDA_SCENARIOS, SCENARIOS, Scenario
from bench.sites import HUGO, PELICAN, PRESS, Weight

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- {}: begin -->", "<!-- {}: end -->"
"""Where the results of a kind (`results`, `agenda`) stand in the README."""
UNKNOWN = "–"
MEGABYTE = 1_000_000
_COLUMNS = ("", "wall s", "CPU s", "time / Hugo", "peak MB", "peak / Hugo")


def render_report(results: Results, facts: Sequence[str]) -> str:
    parts = ["\n".join(f"- {fact}" for fact in (*facts, _disturbed(results)))]
    for n in sorted({key.n for key in results.timings}):
        parts.append(f"### {n:,} documents")
        parts.append(_table(_COLUMNS, _figures(results, n, SCENARIOS)))
        parts.append(_table(("site", "HTML pages", "files", "MB"), _weights(results, n)))
    parts.append("### Goals")
    parts.append(_table(("goal", "at most", "measured", "met"), map(_goal, goals(results))))
    return "\n\n".join(parts)


def render_agenda(results: Results, facts: Sequence[str]) -> str:
    """The same for the agenda at scale: its goals are seconds, and Hugo's build tells how fast the machine was."""
    n = max(key.n for key in results.timings)
    weight = results.weights.get(Key(n, COLD, PRESS), Weight(0, 0, 0))
    sizes = (
        f"{n:,} events give {weight.pages} HTML pages in {weight.files} files of {weight.size / MEGABYTE:.1f} MB",
        f"the largest page has {weight.page / 1000:.1f} KB, the largest calendar {weight.calendar / 1000:.0f} KB",
        _disturbed(results),
    )
    return "\n\n".join(
        (
            "\n".join(f"- {fact}" for fact in (*facts, *sizes)),
            _table(_COLUMNS, _figures(results, n, AGENDA_SCENARIOS)),
            _table(("goal", "at most", "measured", "met"), map(_goal, agenda_goals(results))),
        )
    )


def write_readme(kind: str, report: str) -> None:
    begin, end = BEGIN.format(kind), END.format(kind)
    text = README.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, _, after = rest.partition(end)
    README.write_text(f"{before}{begin}\n\n{report}\n\n{end}{after}", encoding="utf-8")


def machine_facts(reps: int, memory_reps: int, tools: str = "") -> list[str]:
    """`tools` says which others are compared, and in which versions."""
    place = "a memory file system" if environment.memory_folder() else "the disk of the temporary folder"
    return [
        ", ".join(filter(None, (f"{os.cpu_count()} cores", f"Python {platform.python_version()}", tools))),
        f"sources and output on {place}",
        f"{reps} repetitions for time, {memory_reps} for memory",
    ]


def named_versions() -> str:
    return ", ".join(f"{name} {version}" for name, version in environment.versions().items())


def _disturbed(results: Results) -> str:
    return f"other processes took {results.others():.0%} of the machine while builds were timed"


def _figures(results: Results, n: int, scenarios: Sequence[Scenario]) -> Iterator[Sequence[str]]:
    for tool in (PRESS, HUGO, PELICAN):
        for scenario in scenarios:
            key, reference = Key(n, scenario.name, tool), Key(n, COLD, HUGO)
            if key in results.timings:
                yield (
                    f"{tool}: {scenario.label}",
                    _spread(results.wall(key)),
                    _number(median(results.cpu(key))),
                    _number(results.wall_ratio(key, reference)),
                    _megabytes(results.memory.get(key, ())),
                    _number(results.memory_ratio(key, reference)),
                )


def _weights(results: Results, n: int) -> Iterator[Sequence[str]]:
    for key, weight in results.weights.items():
        if key.n == n:
            yield key.tool, str(weight.pages), str(weight.files), f"{weight.size / MEGABYTE:.1f}"


def _goal(goal: Goal) -> Sequence[str]:
    noise = f", and {goal.noise - 1:.0%} for noise" if goal.noise > 1 else ""
    aim = f", better {_number(goal.aim)}" if goal.aim else ""
    limit = _number(goal.limit) + noise + aim
    met = {None: UNKNOWN, True: "yes", False: "**no**"}[goal.met]
    return goal.label, limit, _number(goal.measured), met


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    rule = ["---"] + ["--:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def _spread(figures: Sequence[float]) -> str:
    return f"{median(figures):.2f} ({min(figures):.2f} to {max(figures):.2f})"


def _number(figure: float | None) -> str:
    return UNKNOWN if figure is None else f"{figure:.2f}"


def _megabytes(figures: Sequence[int]) -> str:
    return f"{median(figures) / MEGABYTE:.0f}" if figures else UNKNOWN
