"""Edits of what speaks of events: articles, dossiers, reports."""

from __future__ import annotations

from tests import sites
from tests.editing.files import delete
from tests.editing.site import EditedSite


def link_from_article(site: EditedSite, one: str, other: str) -> None:
    body = f"Voir [l'un](../../{one}) et [l'autre](../../{other})."
    site.put({"blog/2026/recit.md": sites.article("Récit", body=body)})


def link_to_nowhere(site: EditedSite, one: str, other: str) -> None:
    link_from_article(site, one, other)
    delete(site, one, other)


def link_from_event(site: EditedSite, one: str, other: str) -> None:
    site.edit(one, body=f"Après [l'autre](../../{other}).")


def link_from_part(site: EditedSite, one: str, _: str) -> None:
    part = sites.article("Une partie", body=f"Voir [la fête](../../{one}).")
    site.put({"dossiers/theme/index.md": sites.article("Un thème"), "dossiers/theme/01-partie.md": part})


def open_dossier(site: EditedSite, _: str, __: str) -> None:
    site.put({"dossiers/theme/index.md": sites.article("Un thème", tags="[ess, fête]")})


def write_with_a_tag(site: EditedSite, _: str, __: str) -> None:
    site.put({"blog/2026/deux.md": sites.article("Deux", tags="[Fête, vélo]")})


def _report(site: EditedSite, year: str, *, value: int | None = None) -> None:
    figures = "".join(
        f"- {{id: {name}, label: Dates, unit: dates, singular: date, computed: {name}}}\n"
        for name in ("events", "key-dates")
    )
    stated = f"- {{id: votes, label: Votes, computed: events, value: {value}}}\n" if value is not None else ""
    milestones = f'- {{start: {year}-02-01, title: Une embauche, departments: ["37"]}}\n'
    index = sites.document("Rapport", "En tout [[chiffre:events]].", year=year, funders="[Une fondation]")
    report = {"index.md": index, "chiffres.yaml": figures + stated, "jalons.yaml": milestones}
    site.put({f"rapports/{year}/{name}": text for name, text in report.items()})


def report_year(site: EditedSite, one: str, _: str) -> None:
    _report(site, site.sheet(one).start[:4])


def report_and_edit(site: EditedSite, one: str, other: str) -> None:
    report_year(site, one, other)
    site.edit(one, title="Titre du rapport", key_date="false")


def report_wrong_figure(site: EditedSite, one: str, _: str) -> None:
    _report(site, site.sheet(one).start[:4], value=99)


def section_links(site: EditedSite, one: str, other: str) -> None:
    report_year(site, one, other)
    section = sites.document("Une action", f"Voir [la fête](../../{one}).", axis="true")
    site.put({f"rapports/{site.sheet(one).start[:4]}/01-une.md": section})
