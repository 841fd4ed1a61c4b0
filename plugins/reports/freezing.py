"""``./site freeze 2017``: the key dates of a report, as they are now, become the list that the assembly votes."""

from __future__ import annotations

from plugins.press import french
from plugins.press.kinds import Frozen
from plugins.press.site import Site
from plugins.reports.lock import NAME, compare, render_lock
from plugins.reports.model import Report, Reports


def freeze(site: Site, name: str) -> Frozen:
    """The lock of the report of that year. A list that was frozen is never replaced: it may have been voted."""
    reports = site.get(Reports)
    report = next((report for report in reports.reports if str(report.year) == name), None)
    if report is None:
        known = ", ".join(str(report.year) for report in reports.reports) or "aucun"
        return Frozen(refusal=f"« {name} » n'est l'année d'aucun rapport. Rapports : {known}.")
    path = f"{report.folder}/{NAME}"
    dates, lock = reports.live_dates(report), reports.lock(report)
    if lock and any(compare(lock, dates)):
        return Frozen(
            refusal=f"{site.shown_root}/{path} existe et dit autre chose que l'agenda : la liste a pu être votée. "
            "Pour la refaire quand même, effacer d'abord ce fichier."
        )
    if not dates:
        return Frozen(refusal=f"le rapport {name} n'a aucune date clé à figer.")
    remedy = "" if report.frozen else _tell(report)
    return Frozen(
        {path: render_lock(dates)}, f"{french.plural(len(dates), 'date clé figée', 'dates clés figées')}.{remedy}"
    )


def _tell(report: Report) -> str:
    day = report.assembly or "AAAA-MM-JJ"
    return f" Ajouter « frozen: {day} » à l'en-tête du rapport : à partir de ce jour, il s'en tiendra à cette liste."
