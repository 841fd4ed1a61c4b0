"""Build the same documents with this project, with Hugo and with stock Pelican, in turn, and compare."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench import report
from bench.agenda import agenda
from bench.documents import Document
from bench.environment import EnvironmentFailedError, memory_folder, prepare_environment
from bench.generator import documents
from bench.measure import BuildError, adopt_orphans, peak_memory, time_build
from bench.profiling import profile_cold_build
from bench.results import COLD, Key, Results
from bench.scenarios import AGENDA_SCENARIOS, SCENARIOS, Scenario
from bench.sites import PRESS_COMMAND, Expected, Site, Tool, hugo, make_sites, pelican, press

NUMBERS, EVENTS = (1000, 10_000), 50_000


@dataclass(frozen=True)
class Step:
    """One build to measure. Its word is nowhere else, so that seeing it proves that this build wrote it."""

    key: Key
    scenario: Scenario
    site: Site
    word: str

    def prepare(self) -> tuple[Expected, ...]:
        if self.scenario.cold:
            self.site.clear()
        return self.scenario.edit(self.site, self.word)


def main(argv: Sequence[str]) -> int:
    """Return 0, or 1 when a build failed, or 3 when the other tools cannot be installed."""
    options = _parser().parse_args(argv)
    adopt_orphans()
    try:
        if options.profile:
            print(profile_cold_build(max(options.n or NUMBERS)))
        else:
            print(_agenda(options) if options.agenda else _compare(options))
    except BuildError as failure:
        _say(str(failure))
        return 1
    except EnvironmentFailedError as failure:
        _say(str(failure))
        return 3
    return 0


def _compare(options: argparse.Namespace) -> str:
    facts, tools = _prepare(options, options.tools)
    results = measure(options, SCENARIOS, tools, options.n or NUMBERS, documents)
    text = report.render_report(results, facts)
    if options.write:
        report.write_readme("results", text)
    return text


def _agenda(options: argparse.Namespace) -> str:
    """An agenda of many events. Stock Pelican, which has none, would take an hour."""
    facts, tools = _prepare(options, [name for name in options.tools if name != "pelican"])
    results = measure(options, AGENDA_SCENARIOS, tools, options.n or (EVENTS,), agenda)
    text = report.render_agenda(results, facts)
    if options.write:
        report.write_readme("agenda", text)
    return text


def _prepare(options: argparse.Namespace, names: Sequence[str]) -> tuple[list[str], list[Tool]]:
    """What there is to say of the machine, and the tools, installed."""
    if names != ["press"]:
        prepare_environment()
    makers = {"press": lambda: press(options.press_cmd), "hugo": hugo, "pelican": pelican}
    facts = report.machine_facts(options.reps, options.memory_reps, report.named_versions())
    return facts, [makers[name]() for name in names]


def measure(
    options: argparse.Namespace,
    known: Iterable[Scenario],
    tools: Sequence[Tool],
    numbers: Iterable[int],
    make: Callable[[int], list[Document]],
) -> Results:
    """Build as many documents as each number says with each tool, in the scenarios that were chosen."""
    scenarios = [scenario for scenario in known if not options.scenarios or scenario.name in options.scenarios]
    results = Results()
    with tempfile.TemporaryDirectory(prefix="bench-", dir=memory_folder()) as folder:
        sites = {n: _sites(tools, Path(folder, str(n)), make(n)) for n in numbers}
        for step in _steps(sites, scenarios, options.reps, "mot"):
            _time(step, results)
        for step in _steps(sites, scenarios, options.memory_reps, "memoire"):
            _sample(step, results)
    return results


def _sites(tools: Iterable[Tool], folder: Path, items: list[Document]) -> list[Site]:
    _say(f"writing and building {len(items)} documents, unmeasured")
    return make_sites(tools, folder, items)


def _steps(sites: dict[int, list[Site]], scenarios: list[Scenario], reps: int, word: str) -> Iterator[Step]:
    """The tools take turns within each scenario, the scenarios within each repetition."""
    for rep in range(1, reps + 1):
        for n, group in sites.items():
            for scenario in scenarios:
                for site in group:
                    if site.tool.name in scenario.tools:
                        key = Key(n, scenario.name, site.tool.name)
                        yield Step(key, scenario, site, f"{word}{scenario.name}{rep:03d}")


def _time(step: Step, results: Results) -> None:
    expected = step.prepare()
    timing = time_build(step.site.command(cold=step.scenario.cold))
    step.site.check(expected)
    results.timings.setdefault(step.key, []).append(timing)
    if step.key.scenario == COLD:
        results.weights[step.key] = step.site.weigh()
    _say(f"{step.key.n} {step.key.tool}, {step.scenario.label}: {timing.wall:.2f} s, CPU {timing.cpu:.2f} s")


def _sample(step: Step, results: Results) -> None:
    expected = step.prepare()
    peak = peak_memory(step.site.command(cold=step.scenario.cold))
    step.site.check(expected)
    results.memory.setdefault(step.key, []).append(peak)
    _say(f"{step.key.n} {step.key.tool}, {step.scenario.label}: {peak / report.MEGABYTE:.0f} MB")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--agenda", action="store_true", help="measure with an agenda of many events")
    parser.add_argument("--n", type=_numbers, help="numbers of documents (1000,10000; with --agenda, 50000 events)")
    parser.add_argument("--reps", type=int, default=5, help="repetitions for time (5)")
    parser.add_argument("--memory-reps", type=int, default=3, help="repetitions for memory (3)")
    parser.add_argument("--tools", type=_choice("press", "hugo", "pelican"), default="press,hugo,pelican")
    names = dict.fromkeys(scenario.name for scenario in (*SCENARIOS, *AGENDA_SCENARIOS))
    parser.add_argument("--scenarios", type=_choice(*names), default=[], help=f"some of {', '.join(names)} (all)")
    parser.add_argument("--press-cmd", default=PRESS_COMMAND, help=f"this project’s command ({PRESS_COMMAND})")
    parser.add_argument("--write", action="store_true", help="put the results into bench/README.md")
    parser.add_argument("--profile", action="store_true", help="profile this project’s cold build instead")
    return parser


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _choice(*known: str) -> Callable[[str], list[str]]:
    """Names separated by commas, out of those that are known."""

    def chosen(text: str) -> list[str]:
        names = text.split(",")
        if unknown := sorted(set(names).difference(known)):
            raise argparse.ArgumentTypeError(f"unknown: {', '.join(unknown)}; known: {', '.join(known)}")
        return names

    return chosen
