"""What HTML a page may contain: a list of tags and attributes without any power of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

PHRASING = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd"}
    | {"mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"}
    | {"var", "wbr"}
)
BLOCKS = frozenset(
    {"p", "div", "blockquote", "pre", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"}
    | {"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "th", "td"}
    | {"figure", "figcaption", "details", "summary"}
)
TAGS = PHRASING | BLOCKS
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
TEXT_ONLY = PHRASING | frozenset({"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Elements inside which no block may stand."""

_ANY = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f]*")
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_COUNT = re.compile(r"[1-9][0-9]{0,3}")
_IDENTIFIER = re.compile(r"[^\W\d_][\w:.-]*")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")

ATTRIBUTES: Mapping[str, tuple[frozenset[str] | None, re.Pattern[str]]] = MappingProxyType(
    {
        "id": (None, _IDENTIFIER),
        "class": (None, _ANY),
        "title": (None, _ANY),
        "lang": (None, _LANGUAGE),
        "dir": (None, re.compile("ltr|rtl|auto")),
        "role": (None, re.compile("doc-(?:noteref|backlink|endnotes)")),
        "aria-label": (None, _ANY),
        "href": (frozenset({"a"}), _ANY),
        "src": (frozenset({"img"}), _ANY),
        "alt": (frozenset({"img"}), _ANY),
        "colspan": (frozenset({"td", "th"}), _COUNT),
        "rowspan": (frozenset({"td", "th"}), _COUNT),
        "scope": (frozenset({"th"}), re.compile("(?:row|col)(?:group)?")),
        "start": (frozenset({"ol"}), _WHOLE),
        "datetime": (frozenset({"time", "del", "ins"}), re.compile(r"[0-9A-Z:.+ -]{1,40}")),
        "open": (frozenset({"details"}), re.compile("(?:open)?")),
    }
)
"""For each attribute: the tags that may have it (None: all), and its values."""

_LINK_INSTEAD = "mettre un lien vers la page, la vidéo ou le son : [titre](https://…)"
_FORM_INSTEAD = "mettre un lien vers le formulaire, ou une adresse de courriel"
_DRAWING_INSTEAD = "enregistrer le dessin dans content/ et écrire ![ce qu'il montre](dessin.svg)"
_NOTHING_INSTEAD = "la retirer : le site s'en charge"
_LOOK_INSTEAD = "la retirer : l'apparence vient du thème"
_REMEDIES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("iframe", "frame", "object", "embed", "applet"), _LINK_INSTEAD)
    | dict.fromkeys(("video", "audio", "source", "track"), _LINK_INSTEAD)
    | dict.fromkeys(("form", "input", "button", "select", "option", "textarea", "label"), _FORM_INSTEAD)
    | dict.fromkeys(("svg", "math", "canvas", "picture"), _DRAWING_INSTEAD)
    | dict.fromkeys(("script", "noscript", "meta", "link", "base"), _NOTHING_INSTEAD)
    | dict.fromkeys(("html", "head", "body", "title"), _NOTHING_INSTEAD)
    | dict.fromkeys(("style", "font", "center", "marquee", "blink"), _LOOK_INSTEAD)
    | {
        "h1": "le titre de la page est déjà le titre 1 ; écrire ## au début de la ligne",
        "data": "pour un chiffre du rapport, écrire [[chiffre:identifiant]]",
    }
)
_OTHER_TAG = "écrire en Markdown, ou &lt; à la place de « < » pour montrer le signe"


def refuse_tag(tag: str) -> str:
    """Why a tag may not stand in a text, with what to write instead."""
    return f"la balise <{_short(tag)}> n'est pas permise : {_REMEDIES.get(tag, _OTHER_TAG)}."


def refuse_attribute(tag: str, name: str, value: str | None) -> str:
    """Why an attribute may not stand on a tag, with what to write instead; ``""`` when it may."""
    tags, values = ATTRIBUTES.get(name, (frozenset(), _ANY))
    if tags is None or tag in tags:
        if values.fullmatch(value or "") and (value is not None or name == "open"):
            return ""
        remedy = _VALUES.get(name, "la retirer")
        return f"la valeur « {_short(value or '')} » de l'attribut {name} n'est pas permise : {remedy}."
    if name.lower().startswith("on"):
        return f"l'attribut {_short(name)} n'est pas permis : le retirer, un texte ne peut rien exécuter."
    if name.lower() == "style":
        return "l'attribut style n'est pas permis : le retirer, l'apparence vient du thème."
    if name == "markdown":
        return f"markdown n'a pas d'effet ici : mettre <{_short(tag)}> en début de ligne, après une ligne vide."
    return f"l'attribut {_short(name)} n'est pas permis sur <{_short(tag)}> : le retirer."


_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "title": "l'écrire sans balise",
        "id": "commencer par une lettre, puis des lettres, des chiffres, des tirets, sans espace",
        "lang": "écrire un code de langue, par exemple en",
        "colspan": "écrire un nombre",
        "rowspan": "écrire un nombre",
        "scope": "écrire row ou col",
        "start": "écrire un nombre",
        "dir": "écrire ltr ou rtl",
    }
)


def _short(text: str) -> str:
    shown = " ".join(text.split())
    return shown if len(shown) <= 40 else shown[:39] + "…"
