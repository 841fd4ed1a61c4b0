"""What the benchmark's table says follows from the figures of each repetition."""

from __future__ import annotations

import os

import pytest

from bench.measure import Timing
from bench.report import BEGIN, END, README, render_agenda, render_report
from bench.results import COLD, Goal, Key, Results, goals, paired_ratio
from bench.sites import HUGO, PELICAN, PRESS, Weight


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


@pytest.mark.parametrize("kind", ["results", "agenda"])
def test_the_readme_has_a_place_for_each_kind_of_results(kind: str) -> None:
    readme = README.read_text(encoding="utf-8")
    assert 0 < readme.index(BEGIN.format(kind)) < readme.index(END.format(kind))


def test_the_report_of_the_agenda_tells_seconds_megabytes_and_the_largest_page() -> None:
    cold, title, hugo = Key(50_000, COLD, PRESS), Key(50_000, "title", PRESS), Key(50_000, COLD, HUGO)
    found = Results(
        timings={
            hugo: [Timing(40.0, 70.0)],
            cold: [Timing(61.0, 99.0)],
            title: [Timing(2.0, 2.0), Timing(2.5, 2.5), Timing(9.0, 2.5)],
        },
        memory={cold: [700_000_000]},
        weights={cold: Weight(3, 4, 5_000_000, page=61_000, calendar=2_000_000)},
    )
    text = render_agenda(found, ["two cores"])
    assert "- two cores" in text
    assert "- 50,000 events give 3 HTML pages in 4 files of 5.0 MB" in text
    assert "- the largest page has 61.0 KB, the largest calendar 2000 KB" in text
    assert "| this project: cold | 61.00 (61.00 to 61.00) | 99.00 | 1.52 | 700 | – |" in text
    assert "| Hugo: cold | 40.00 (40.00 to 40.00) | 70.00 | 1.00 | – | – |" in text
    assert "| cold: seconds | 60.00 | 61.00 | **no** |" in text
    assert "| an event’s title changed: seconds | 3.00 | 2.50 | yes |" in text
    assert "| cold: peak MB of all processes together | 1000.00 | 700.00 | yes |" in text
    assert "| largest page: KB | 60.00 | 61.00 | **no** |" in text


def test_the_report_says_how_much_of_the_machine_others_took() -> None:
    disturbed = Results(timings={Key(10, COLD, PRESS): [Timing(2.0, 1.0, others=(os.cpu_count() or 1) * 0.5)]})
    assert "other processes took 25% of the machine" in render_report(disturbed, [])
