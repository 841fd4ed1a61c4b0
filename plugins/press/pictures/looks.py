"""What a file is that is called a picture and is none, told from its first bytes, and what to do about it."""

from __future__ import annotations

import re

DAMAGED = "le fichier est incomplet ou abîmé. Le copier à nouveau depuis l'original."
_PHOTO = "L'exporter en JPEG."
_REMEDIES = (
    (rb"\xff\xd8|\x89PNG|GIF8|RIFF.{4}WEBP|.{4}ftypavi[fs]", DAMAGED),
    (
        rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)",
        f"c'est une photo HEIC (celles d'un iPhone), que peu de navigateurs montrent. {_PHOTO}",
    ),
    (rb".{4}ftyp", "c'est une vidéo. Mettre un lien vers elle : [titre](https://…)."),
    (
        rb"%PDF",
        "c'est un PDF. L'appeler .pdf et mettre un lien vers lui : [titre](fichier.pdf), ou l'exporter en PNG.",
    ),
    (rb"II\*\0|MM\0\*", f"c'est une image TIFF, que les navigateurs ne montrent pas. {_PHOTO}"),
    (rb"BM", "c'est une image BMP, trop lourde pour une page. L'enregistrer en PNG."),
    (rb"8BPS", f"c'est un document Photoshop. {_PHOTO}"),
    (rb"\xff\x0a|\0\0\0\x0cJXL ", f"c'est une image JPEG XL, que peu de navigateurs montrent. {_PHOTO}"),
    (rb"PK\x03\x04", "c'est une archive ou un document. L'ouvrir, et en enregistrer l'image en JPEG ou en PNG."),
    (rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<svg", "c'est un dessin SVG. Renommer le fichier en .svg."),
    (
        rb"\s*<(?:!doctype|html|head|body|\?xml)",
        "c'est une page web. Ouvrir l'image elle-même dans le navigateur et l'enregistrer.",
    ),
)
_LOOKS = tuple((re.compile(look, re.DOTALL | re.IGNORECASE), remedy) for look, remedy in _REMEDIES)
_UNKNOWN = "ce n'est pas une image que l'on sait lire. L'ouvrir dans un logiciel d'images et l'enregistrer en JPEG."


def recognise(data: bytes) -> str:
    """Why the file cannot be shown, in French, with the remedy."""
    start = data[:2000].removeprefix(b"\xef\xbb\xbf")
    return next((remedy for look, remedy in _LOOKS if look.match(start)), _UNKNOWN)
