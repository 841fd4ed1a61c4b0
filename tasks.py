"""The tasks of ``./site TASK``, for invoke: a few lines each, the work is in ``plugins/press``."""

from __future__ import annotations

import sys

from plugins.press import commands, program
from plugins.press.program import Context, task

_WHERE = {
    "content": "dossier des textes",
    "output": "dossier du site construit",
    "settings": "fichier de réglages",
}
_DRAFTS = {"drafts": "avec les brouillons"}


@task(
    help={
        **_WHERE,
        **_DRAFTS,
        "full": "tout refaire, sans rien reprendre du cache",
        "pdf": "avec les PDF",
        "search": "avec la recherche, même dans un site de plus de 1 000 pages",
    }
)
def build(
    _context: Context,
    content: str = "",
    output: str = "",
    full: bool = False,
    drafts: bool = False,
    pdf: bool = True,
    search: bool = False,
    settings: str = "",
) -> None:
    """Vérifie les textes, puis construit le site dans output/."""
    program.hurry()
    where = {"content": content, "output": output, "settings": settings}
    sys.exit(commands.build(**where, full=full, drafts=drafts, pdf=pdf, search=search, leave=program.leave))


@task(help={**_WHERE, **_DRAFTS, "format": "text, github, gitlab ou json"})
def check(
    _context: Context,
    content: str = "",
    output: str = "",
    format: str = "text",  # noqa: A002 - the name of the option
    drafts: bool = False,
    settings: str = "",
) -> None:
    """Dit tous les problèmes des textes, sans rien publier."""
    sys.exit(commands.check(content=content, output=output, form=format, drafts=drafts, settings=settings))


@task(
    name="import",
    help={
        "accept": "calendrier mis de côté à accepter quand même (son nom)",
        "content": "dossier des textes",
        "settings": "fichier de réglages",
    },
)
def import_(_context: Context, accept: str = "", content: str = "", settings: str = "") -> None:
    """Va chercher les calendriers des partenaires et range leurs événements dans content/."""
    sys.exit(commands.import_(content=content, settings=settings, accept=accept))


@task(
    positional=["year"],
    help={"year": "année du rapport", "content": "dossier des textes", "settings": "fichier de réglages"},
)
def freeze(_context: Context, year: str, content: str = "", settings: str = "") -> None:
    """Fige les dates clés d'un rapport pour le vote : freeze 2027."""
    sys.exit(commands.freeze(year, content=content, settings=settings))


@task(help={**_WHERE, **_DRAFTS, "port": "port de http://127.0.0.1"})
def serve(
    _context: Context,
    port: int = 8000,
    content: str = "",
    output: str = "",
    drafts: bool = False,
    settings: str = "",
) -> None:
    """Montre le site sur cette machine et le refait à chaque changement."""
    sys.exit(commands.serve(port=port, content=content, output=output, drafts=drafts, settings=settings))


@task(
    positional=["kind", "title"],
    help={
        "kind": "article, event, dossier, part, report ou page",
        "title": "le titre, entre guillemets",
        "date": "jour de publication (aujourd'hui)",
        "start": "début de l'événement",
        "dossier": "dossier auquel la partie appartient",
        "year": "année du rapport",
        "content": "dossier des textes",
    },
)
def new(
    _context: Context,
    kind: str,
    title: str,
    date: str = "",
    start: str = "",
    dossier: str = "",
    year: str = "",
    content: str = "",
) -> None:
    """Écrit un fichier prêt à remplir : new event "Titre" --start 2027-01-15."""
    sys.exit(commands.new(kind, title, date=date, start=start, dossier=dossier, year=year, content=content))


@task(
    help={
        "to": "dossier de publication",
        "to-branch": "branche de publication",
        "remote": "dépôt de la branche",
        "content": "dossier des textes",
        "settings": "fichier de réglages",
    }
)
def publish(
    _context: Context,
    to: str = "",
    to_branch: str = "",
    remote: str = "origin",
    content: str = "",
    settings: str = "",
) -> None:
    """Construit avec publishconf.py et publie d'un coup."""
    sys.exit(commands.publish(to=to, to_branch=to_branch, remote=remote, content=content, settings=settings))


@task
def test(_context: Context) -> None:
    """Lance tous les contrôles : style, types, tests, construction complète."""
    sys.exit(commands.test())


@task(
    help={
        "n": "nombres de documents, séparés par des virgules (1000,10000)",
        "agenda": "un grand agenda (50000 événements), sans les autres outils",
        "write": "noter le tableau dans bench/README.md",
        "lighthouse": "mesurer plutôt les pages, comme sur un téléphone, avec Lighthouse",
    }
)
def bench(_context: Context, n: str = "", agenda: bool = False, write: bool = False, lighthouse: bool = False) -> None:
    """Mesure la vitesse à côté de Hugo et de Pelican."""
    sys.exit(commands.bench(n, agenda=agenda, write=write, lighthouse=lighthouse))


if __name__ == "__main__":
    program.SiteProgram(sys.modules[__name__]).run()
