"""Public and school holidays, against what the law and the ministry say."""

from datetime import date

import pytest

from plugins.agenda.daysoff import public_holidays, school_holidays


def test_the_public_holidays_of_a_year_are_the_eleven_of_the_law():
    found = public_holidays(2026)
    assert [f"{day:%m-%d}" for day in sorted(found)] == [
        "01-01",
        "04-06",
        "05-01",
        "05-08",
        "05-14",
        "05-25",
        "07-14",
        "08-15",
        "11-01",
        "11-11",
        "12-25",
    ]
    assert found[date(2026, 4, 6)] == "Lundi de Pâques"


@pytest.mark.parametrize(("zone", "first"), [("A", "2026-02-07"), ("B", "2026-02-14"), ("C", "2026-02-21")])
def test_winter_holidays_begin_on_another_day_in_each_zone(zone, first):
    winter = [day for day, name in school_holidays(zone, 2026).items() if name == "Vacances d'hiver"]
    assert min(winter) == date.fromisoformat(first)


def test_a_year_that_is_not_published_has_no_school_holidays():
    assert school_holidays("B", 2099) == {}
