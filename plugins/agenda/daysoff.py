"""Days on which people are elsewhere: the public holidays of France, and the school holidays of a zone.

Both packages are imported when a coming event asks, and never by a build: their data takes a tenth of a second each.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of metropolitan France (Code du travail, art. L3133-1), computed."""
    import holidays

    return dict(holidays.country_holidays("FR", years=year, language="fr").items())


@lru_cache(maxsize=64)
def school_holidays(zone: str, year: int) -> dict[date, str]:
    """Each day of school holidays in zone A, B or C → their name; none for a year that is not published yet."""
    from vacances_scolaires_france import SchoolHolidayDates, UnsupportedYearException

    try:
        found = SchoolHolidayDates().holidays_for_year_and_zone(year, zone)
    except UnsupportedYearException:
        return {}
    return {day: str(values["nom_vacances"]) for day, values in found.items()}
