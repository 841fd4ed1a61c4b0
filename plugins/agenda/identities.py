"""The ledger of identities: a file that gets a new name stays the same event for its subscribers.

``content/agenda/identites.yaml`` lists renamed files with the identity of their first name. Git knows it too;
the ledger outlives git's history (a shallow clone, another repository, a file rewritten and renamed at once).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from plugins.agenda.model import Agenda, Event, Identities
from plugins.press.documents import Text
from plugins.press.kinds import Draft, Kind
from plugins.press.schema import AsList, Fields, Line
from plugins.press.site import Site

LEDGER = "agenda/identites.yaml"
_HEAD = """\
# Les fichiers d'événements qui ont changé de nom, avec l'identité de leur premier nom : les personnes abonnées
# gardent ainsi le même événement. Tenu par « ./site check » ; à enregistrer (commit) avec le reste.
"""


class IdentityFields(Fields):
    """A renamed file, and the identity that it keeps."""

    path: Line
    id: Line


class IdentitiesFields(Fields):
    """The whole of ``identites.yaml``."""

    identities: Annotated[tuple[IdentityFields, ...], AsList] = ()


def build_identities(draft: Draft, fields: IdentitiesFields, text: Text) -> Identities:
    first: dict[str, int] = {}
    for index, entry in enumerate(fields.identities):
        if entry.path in first:
            draft.refuse(f"identities.{index}.path", f"« {entry.path} » est déjà dans cette liste. Garder une ligne.")
        first.setdefault(entry.path, index)
    names = tuple((entry.path, entry.id) for entry in fields.identities)
    return Identities(path=draft.path, url="", title="Identités des événements", slug="", text=text, names=names)


def record(site: Site, renames: Mapping[str, str]) -> dict[str, str]:
    """The ledger as it must be, as path → text; nothing when it says all already.

    ``renames`` gives the former name of files that are renamed and not committed yet.
    """
    import yaml

    agenda = site.get(Agenda)
    known = {path: name for ledger in site.of(Identities) for path, name in ledger.names}
    wanted = {path: name for path, name in known.items() if path in site.by_path}
    for event in site.of(Event):
        default = event.path.removesuffix(".md")
        if event.id != default or event.source is not None:
            continue
        former = renames.get(event.path, "")
        first = site.history.origins.get(former, former).removesuffix(".md")
        identity = known.get(former, first) if former else agenda.identity(event)
        if identity != default:
            wanted.setdefault(event.path, identity)
    if wanted == known:
        return {}
    entries = [{"path": path, "id": name} for path, name in sorted(wanted.items())]
    return {LEDGER: _HEAD + yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=1000)}


IDENTITIES = Kind(
    "identities", r"agenda/identites\.yaml", IdentitiesFields, Identities, build_identities, data_key="identities"
)
