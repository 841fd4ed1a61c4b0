"""A tag brings together documents of all kinds; spellings that give one address are one tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from plugins.press.documents import Document
from plugins.press.problems import Problem
from plugins.press.site import Site
from plugins.press.slugs import build_slug


class Tags:
    """The tags of the site: by slug, with the name most used and the documents by path."""

    def __init__(self, site: Site) -> None:
        self.documents: dict[str, list[Document]] = defaultdict(list)
        names: dict[str, Counter[str]] = defaultdict(Counter)
        for document in site.documents:
            for tag in document.tags:
                slug = build_slug(tag)
                held = self.documents[slug]
                if not held or held[-1] is not document:
                    held.append(document)
                names[slug][tag] += 1
        self.names = {slug: min(found, key=lambda name: (-found[name], name)) for slug, found in sorted(names.items())}

    @classmethod
    def build(cls, site: Site) -> Tags:
        return cls(site)


def check(site: Site) -> Iterator[Problem]:
    """A tag without address is an error; two spellings of one tag deserve a warning."""
    names = site.get(Tags).names
    for document in site.documents:
        for tag in document.tags:
            slug = build_slug(tag)
            if not slug:
                yield site.problem(
                    document,
                    f"le mot-clé « {tag} » ne donne pas d'adresse. L'écrire en lettres.",
                    field="tags",
                )
            elif names[slug] != tag:
                message = f"le mot-clé « {tag} » s'écrit « {names[slug]} » ailleurs. Choisir une seule écriture."
                yield site.problem(document, message, field="tags", warning=True)
