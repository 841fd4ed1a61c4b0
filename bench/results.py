"""Figures of all repetitions, and what is read from them: medians, ratios, goals met or not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.measure import Timing
from bench.scenarios import AGENDA_SCENARIOS, SCENARIOS
from bench.sites import HUGO, PELICAN, PRESS, Weight

COLD = "cold"
NOISE = 1.1


@dataclass(frozen=True)
class Key:
    """One line of the table: `n` documents, a scenario, a tool."""

    n: int
    scenario: str
    tool: str


@dataclass
class Results:
    """Every list has one entry for each repetition, in their order, so that entries can be paired."""

    timings: dict[Key, list[Timing]] = field(default_factory=dict)
    memory: dict[Key, list[int]] = field(default_factory=dict)
    weights: dict[Key, Weight] = field(default_factory=dict)

    def wall(self, key: Key) -> list[float]:
        return [timing.wall for timing in self.timings.get(key, ())]

    def cpu(self, key: Key) -> list[float]:
        return [timing.cpu for timing in self.timings.get(key, ())]

    def wall_ratio(self, key: Key, reference: Key) -> float | None:
        return paired_ratio(self.wall(key), self.wall(reference))

    def memory_ratio(self, key: Key, reference: Key) -> float | None:
        return paired_ratio(self.memory.get(key, ()), self.memory.get(reference, ()))

    def others(self) -> float:
        """The share of the machine that processes of no build took while builds were timed."""
        timings = [timing for group in self.timings.values() for timing in group]
        return sum(t.others for t in timings) / sum(t.wall for t in timings) / (os.cpu_count() or 1)

    def growth(self, tool: str) -> float | None:
        """Time per document with the most documents, as a share of what it is with the fewest."""
        sizes = sorted({key.n for key in self.timings})
        if len(sizes) < 2:
            return None
        few, many = Key(sizes[0], COLD, tool), Key(sizes[-1], COLD, tool)
        ratio = self.wall_ratio(many, few)
        return None if ratio is None else ratio * few.n / many.n


@dataclass(frozen=True)
class Goal:
    """A figure that must not be above its limit, but for the noise allowed. `aim` is what we would like."""

    label: str
    limit: float
    measured: float | None
    noise: float = 1.0
    aim: float | None = None

    @property
    def met(self) -> bool | None:
        return None if self.measured is None else self.measured <= self.limit * self.noise


def paired_ratio(figures: Sequence[float], references: Sequence[float]) -> float | None:
    """The median of the ratios within each repetition: what slows a whole repetition cancels out."""
    pairs = list(zip(figures, references, strict=False))
    return median(figure / reference for figure, reference in pairs) if pairs else None


def agenda_goals(results: Results) -> Iterable[Goal]:
    """What the agenda at its largest must keep to, in seconds, megabytes and kilobytes."""
    n = max(key.n for key in results.timings)
    for scenario in AGENDA_SCENARIOS:
        wall = results.wall(Key(n, scenario.name, PRESS))
        yield Goal(f"{scenario.label}: seconds", scenario.goal or 0, median(wall) if wall else None)
    cold = Key(n, COLD, PRESS)
    memory, weight = results.memory.get(cold), results.weights.get(cold)
    yield Goal("cold: peak MB of all processes together", 1000, median(memory) / 1e6 if memory else None)
    yield Goal("largest page: KB", 60, weight.page / 1000 if weight else None)


def goals(results: Results) -> Iterable[Goal]:
    """The goals are those of the largest size that was measured."""
    n = max(key.n for key in results.timings)
    cold, hugo, pelican = (Key(n, COLD, tool) for tool in (PRESS, HUGO, PELICAN))
    for scenario in SCENARIOS:
        if scenario.goal is not None:
            measured = results.wall_ratio(Key(n, scenario.name, PRESS), hugo)
            yield Goal(
                f"{scenario.label}: time, against Hugo’s full build",
                scenario.goal,
                measured,
                aim=scenario.aim,
            )
    yield Goal("cold: time, against stock Pelican", 1 / 3, results.wall_ratio(cold, pelican))
    yield Goal("cold: peak memory, against Hugo", 0.5, results.memory_ratio(cold, hugo))
    yield Goal("cold: time per document, most against fewest documents", 1.0, results.growth(PRESS), NOISE)
