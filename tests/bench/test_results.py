"""What the benchmark's table says follows from the figures of each repetition."""

from __future__ import annotations

import os

from bench.measure import Timing
from bench.report import BEGIN, END, README, render_report
from bench.results import COLD, Goal, Key, Results, goals, paired_ratio
from bench.sites import HUGO, PELICAN, PRESS


def results(**walls: list[float]) -> Results:
    tools = {"press": PRESS, "hugo": HUGO, "pelican": PELICAN}
    timings = {
        Key(10_000, COLD, tools[tool]): [Timing(wall, wall) for wall in figures] for tool, figures in walls.items()
    }
    return Results(timings=timings)


def goal(results: Results, label: str) -> Goal:
    (found,) = (goal for goal in goals(results) if goal.label.startswith(label))
    return found


def test_a_ratio_is_taken_within_each_repetition() -> None:
    assert paired_ratio([1, 20, 3], [2, 40, 2]) == 0.5
    assert paired_ratio([], [1]) is None


def test_a_goal_is_met_up_to_its_limit_and_unknown_without_figures() -> None:
    cold = "cold: time, against Hugo"
    assert goal(results(press=[5.0], hugo=[2.0]), cold).met is True
    assert goal(results(press=[5.1], hugo=[2.0]), cold).met is False
    assert goal(results(press=[5.1]), cold).met is None


def test_cold_is_compared_with_stock_pelican_too() -> None:
    assert goal(results(press=[1.0], pelican=[4.0]), "cold: time, against stock Pelican").measured == 0.25


def test_growth_is_the_time_per_document_of_the_most_against_the_fewest() -> None:
    growing = results(press=[22.0])
    growing.timings[Key(1000, COLD, PRESS)] = [Timing(2.0, 2.0)]
    assert growing.growth(PRESS) == 1.1
    assert goal(growing, "cold: time per document").met is True


def test_the_report_has_a_table_for_each_size_and_the_readme_a_place_for_it() -> None:
    text = render_report(results(press=[5.0], hugo=[2.0]), ["two cores"])
    assert "- two cores" in text
    assert "| this project: cold | 5.00 (5.00 to 5.00) | 5.00 | 2.50 |" in text
    readme = README.read_text(encoding="utf-8")
    assert readme.index(BEGIN) < readme.index(END)


def test_the_report_says_how_much_of_the_machine_others_took() -> None:
    disturbed = Results(timings={Key(10, COLD, PRESS): [Timing(2.0, 1.0, others=(os.cpu_count() or 1) * 0.5)]})
    assert "other processes took 25% of the machine" in render_report(disturbed, [])
