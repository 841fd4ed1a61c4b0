"""The key dates as the page lists them: month by month, each with the filters that keep it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from plugins.press import french
from plugins.press.site import Site
from plugins.reports.keydates import KeyDate
from plugins.reports.model import Report


class DateFilter(Struct, frozen=True, array_like=True, gc=False):
    """One way to narrow the key dates: those that carry its ``key``. ``slug`` is that of a category, else empty."""

    key: str
    label: str
    count: int
    slug: str = ""


class DateRow(Struct, frozen=True, array_like=True, gc=False):
    """A key date, by its days (its hours are on its own page), with the keys of the filters that keep it."""

    date: KeyDate
    kept_by: tuple[str, ...]


class DateMonth(Struct, frozen=True, array_like=True, gc=False):
    """The key dates of a month, and the keys of the filters that keep one of them."""

    name: str
    rows: tuple[DateRow, ...]
    kept_by: tuple[str, ...]


class DatesView(Struct, frozen=True, array_like=True, gc=False):
    """The key dates by month, how many they are and in how many departments, and how they may be filtered."""

    months: tuple[DateMonth, ...]
    total: int
    departments: int
    filters: tuple[tuple[str, str, tuple[DateFilter, ...]], ...]
    """Of each group: how it narrows, the word for no choice, the choices."""


def build_timeline(site: Site, report: Report, dates: Sequence[KeyDate]) -> DatesView:
    categories = [category.slug for category in site.settings.categories]
    categories += sorted({one.category for one in dates} - {*categories, ""})
    filters = (
        ("Par catégorie", "Toutes", tuple(_filter_categories(site, dates, categories))),
        ("Par département", "Tous", tuple(_filter_departments(site, dates))),
    )
    keys = {slug: f"c{rank}" for rank, slug in enumerate(categories)}
    rows = [_build_row(one, keys) for one in dates]
    name = french.month if report.start.year == report.end.year else french.month_year
    months = sorted({(one.start.year, one.start.month) for one in dates})
    return DatesView(
        months=tuple(_build_month(name(date(*month, 1)), month, rows) for month in months),
        total=len(dates),
        departments=len({code for one in dates for code in one.departments}),
        filters=tuple(group for group in filters if len(group[2]) > 1),
    )


def _build_row(one: KeyDate, categories: Mapping[str, str]) -> DateRow:
    keys = [f"d{code}" for code in one.departments]
    return DateRow(_by_days(one), (categories[one.category], *keys) if one.category else tuple(keys))


def _by_days(one: KeyDate) -> KeyDate:
    """An evening that ends after midnight is one day; a day that ends at midnight sharp too."""
    if one.all_day or one.end is None:
        return msgspec.structs.replace(one, all_day=True)
    end = max(one.start, one.end - datetime.resolution)
    is_one = end - one.start < timedelta(hours=18) and end.hour < 6
    return msgspec.structs.replace(one, all_day=True, end=None if is_one or end.date() == one.start.date() else end)


def _build_month(name: str, month: tuple[int, int], rows: Iterable[DateRow]) -> DateMonth:
    found = tuple(row for row in rows if (row.date.start.year, row.date.start.month) == month)
    return DateMonth(name, found, tuple(sorted({key for row in found for key in row.kept_by})))


def _filter_categories(site: Site, dates: Sequence[KeyDate], slugs: Sequence[str]) -> Iterator[DateFilter]:
    for rank, slug in enumerate(slugs):
        count = sum(one.category == slug for one in dates)
        if count:
            yield DateFilter(f"c{rank}", site.settings.category_label(slug) or slug, count, slug)


def _filter_departments(site: Site, dates: Sequence[KeyDate]) -> Iterator[DateFilter]:
    for code in sorted({code for one in dates for code in one.departments}):
        name = site.settings.departments.get(code, "")
        count = sum(code in one.departments for one in dates)
        yield DateFilter(f"d{code}", f"{code} {name}".strip(), count)
