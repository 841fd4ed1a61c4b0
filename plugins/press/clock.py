"""The build's *now* is read once, here, and handed down: same content, same now, same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo


class ClockError(ValueError):
    """``SITE_NOW`` or ``SOURCE_DATE_EPOCH`` cannot be read (wrong use: exit status 2)."""


def is_pinned(environ: Mapping[str, str]) -> bool:
    """Whether the caller decided what time it is, instead of the machine's clock."""
    return bool(environ.get("SITE_NOW") or environ.get("SOURCE_DATE_EPOCH"))


def read_now(environ: Mapping[str, str], timezone: str) -> datetime:
    """``SITE_NOW``, else ``SOURCE_DATE_EPOCH``, else the clock: an aware datetime in ``timezone``, to the second.

    ``SITE_NOW`` is ISO 8601; without offset it is local time. ``SOURCE_DATE_EPOCH`` is a number of
    seconds since 1970 (reproducible-builds.org). Raises ``ClockError``.
    """
    zone = ZoneInfo(timezone)
    if site_now := environ.get("SITE_NOW"):
        return _read_site_now(site_now, zone)
    if epoch := environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC).astimezone(zone)
        except (ValueError, OverflowError, OSError) as error:
            message = f"SOURCE_DATE_EPOCH : « {epoch} » n'est pas un nombre de secondes."
            raise ClockError(message) from error
    return datetime.now(zone).replace(microsecond=0)


def _read_site_now(text: str, zone: ZoneInfo) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        local = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
    except (ValueError, OverflowError) as error:
        message = f"SITE_NOW : « {text} » n'est pas une date. Écrire par exemple 2026-06-01T12:00."
        raise ClockError(message) from error
    return local.replace(microsecond=0)
