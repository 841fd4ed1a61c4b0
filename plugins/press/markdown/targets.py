"""Which addresses a link or an image may have, and what to write instead of the others."""

from __future__ import annotations

import re

SCHEMES = ("http", "https", "mailto", "tel")

# Controls of both sets, separators of lines and paragraphs, and what cannot be seen in an address
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\uffff]"
)
_SCHEME = re.compile(r"([^/?#:]*):")
_PREFIX = re.compile(r"\{[^}]*\}")
_PREFIXES = ("{filename}", "{static}")
_WEB = re.compile(r"https?://[^\s/?#@:\[\]]+(?::\d+)?(?:[/?#]|$)", re.IGNORECASE)
_MAIL = re.compile(r"[^\s/@]+@[^\s/@]+\.[^\s/@]+")


def names_scheme(target: str) -> bool:
    """Whether it is an address of the web, of mail or of a telephone, and no path of the site."""
    return _SCHEME.match(target) is not None and not target.startswith("{")


def refuse_target(target: str, *, image: bool) -> str:
    """Why a target may not stand in a page, with what to write instead; ``""`` when it may.

    ``target`` is what a browser would read: entities decoded, backslash escapes undone. Browsers drop tabs
    and newlines inside an address and controls around it; we refuse them all rather than guess.
    """
    shown = _shown(target)
    if not target.strip():
        return "adresse vide. Écrire l'adresse entre les parenthèses : [texte](adresse)."
    if _INVISIBLE.search(target) or target != target.strip():
        return f"l'adresse « {shown} » contient un signe invisible ou un retour à la ligne. La retaper."
    if "\\" in target:
        return f"l'adresse « {shown} » contient « \\ ». Écrire « / »."
    if target.startswith("{"):
        return _refuse_prefixed(target, shown)
    scheme = _SCHEME.match(target)
    return _refuse_scheme(target, scheme[1].lower(), image=image) if scheme else _refuse_path(target, image=image)


def _refuse_prefixed(target: str, shown: str) -> str:
    prefix = _PREFIX.match(target)
    if prefix is None or prefix[0] not in _PREFIXES:
        return f"l'adresse « {shown} » commence par une accolade. Écrire {{filename}}, ou un chemin."
    path = target[prefix.end() :]
    if path.startswith("//") or "{" in path or _SCHEME.match(path):
        return f"l'adresse « {shown} » : après {prefix[0]}, écrire le chemin d'un fichier de content/."
    return ""


def _refuse_scheme(target: str, scheme: str, *, image: bool) -> str:
    shown = _shown(target)
    if scheme not in SCHEMES:
        return (
            f"l'adresse « {shown} » n'est pas permise. "
            "Écrire une adresse qui commence par https://, http://, mailto: ou tel:, ou le chemin d'un fichier."
        )
    if image:
        return (
            f"l'image « {shown} » est sur un autre site : une page ne va rien chercher ailleurs. "
            "Mettre le fichier dans content/ et écrire son chemin."
        )
    if scheme.startswith("http") and not _WEB.match(target):
        return f"l'adresse « {shown} » est incomplète. Écrire par exemple https://exemple.fr/page."
    return ""


def _refuse_path(target: str, *, image: bool) -> str:
    shown = _shown(target)
    if target.startswith("//"):
        return f"l'adresse « {shown} » n'a pas de protocole. Écrire https:{shown}."
    if image and target.startswith(("#", "?")):
        return f"« {shown} » n'est pas un fichier. Mettre l'image dans content/ et écrire son chemin."
    if target.lower().startswith("www."):
        return f"l'adresse « {shown} » n'a pas de protocole. Écrire https://{shown}."
    if _MAIL.fullmatch(target):
        return f"« {shown} » est une adresse de courriel. Écrire mailto:{shown}."
    return ""


def _shown(target: str) -> str:
    """A target fit for a one-line message."""
    shown = _INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", target)
    return shown if len(shown) <= 80 else shown[:79] + "…"
