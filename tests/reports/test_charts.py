"""The charts that a report draws by itself: every key date counted, years without a number left open."""

from datetime import date

from plugins.reports.charts import build_date_charts, build_histories
from plugins.reports.figures import Past
from plugins.reports.keydates import KeyDate
from tests import sites, values
from tests.values import figure

SETTINGS = sites.settings()


def key_date(day, departments=(), category=""):
    return KeyDate("event", day, "Fête", values.moment(day), departments=departments, category=category)


DATES = [
    key_date("2025-01-05", ("37",), "prestation"),
    key_date("2025-01-06", ("37", "45"), "prestation"),
    key_date("2025-03-07", ("75",), "ailleurs"),
    key_date("2025-03-08"),
]


def charts(dates=DATES, start=date(2025, 1, 1), end=date(2025, 12, 31), settings=SETTINGS):
    return {chart.title: chart for chart in build_date_charts(dates, start, end, settings)}


def rows(chart):
    return [(label, values[0]) for label, values in chart.rows]


def test_every_month_of_the_period_is_there():
    found = rows(charts()["Dates clés par mois"])
    assert [label for label, _ in found][::11] == ["janvier", "décembre"]
    assert [count for _, count in found] == [2, 0, 2, *[0] * 9]


def test_a_period_over_two_years_names_the_year_of_each_month():
    found = rows(charts(start=date(2024, 11, 1), end=date(2025, 2, 28))["Dates clés par mois"])
    assert [label for label, _ in found] == ["novembre 2024", "décembre 2024", "janvier 2025", "février 2025"]


def test_departments_are_a_map_and_what_is_not_on_it_is_said():
    chart = charts()["Dates clés par département"]
    assert chart.kind == "map"
    assert dict(rows(chart))["Indre-et-Loire (37)"] == 2
    assert chart.note == "Hors de la carte : 1 dans le département 75 et 1 sans département."


def test_a_region_that_has_no_drawing_has_bars():
    chart = charts(settings=sites.settings(departments={"29": "Finistère", "37": "Indre-et-Loire"}))
    assert chart["Dates clés par département"].kind == "bars"


def test_categories_come_in_their_order_and_an_unknown_one_and_none_are_counted():
    found = rows(charts()["Dates clés par catégorie"])
    assert [label for label, _ in found[:6]] == [category.label for category in SETTINGS.categories]
    assert found[6:] == [("Sans catégorie", 1), ("ailleurs", 1)]
    assert sum(count for _, count in found) == len(DATES)


def test_one_date_is_not_drawn_and_what_no_date_says_is_not_either():
    assert charts(DATES[:1]) == {}
    assert list(charts([DATES[3], DATES[3]])) == ["Dates clés par mois"]


def test_a_figure_is_drawn_from_three_years_on_and_a_year_without_it_stays_open():
    known = [
        (figure("deux", 3), (Past(2024, 1),)),
        (figure("trois", 3, unit="lettres"), (Past(2021, 1), Past(2023, 2))),
    ]
    [(name, chart)] = build_histories(known, 2025)
    assert (name, chart.kind, chart.unit) == ("trois", "bars", "lettres")
    assert rows(chart) == [("2021", 1), ("2022", None), ("2023", 2), ("2024", None), ("2025", 3)]


def test_many_years_are_a_line():
    [(_, chart)] = build_histories([(figure(value=9), tuple(Past(2015 + n, n) for n in range(9)))], 2025)
    assert chart.kind == "line"
    assert len(chart.rows) == 11
