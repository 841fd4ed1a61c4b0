"""Books in EPUB: what is in them, and what EPUBCheck, the checker of those who make the format, says of them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from tests import debian

_JAR = Path("/usr/share/java/epubcheck.jar")
_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a program that ends after some seconds."""
_PACKAGES = ("epubcheck", "default-jre-headless")


def check(book: bytes, folder: Path) -> list[str]:
    """The errors and warnings that a book gets; ``folder`` is for files on the way."""
    file, report = folder / "book.epub", folder / "report.json"
    file.write_bytes(book)
    done = subprocess.run(
        [*_JAVA, "-jar", _epubcheck(), file, "--quiet", "--json", report], capture_output=True, check=False
    )
    assert report.exists(), done.stderr.decode(errors="replace")
    found = json.loads(report.read_text(encoding="utf-8"))
    assert found["publication"]["title"], "EPUBCheck did not read the book"
    return [f"{m['severity']} {m['ID']} {_place(m)} {m['message']}" for m in found["messages"]]


def _place(message: dict[str, Any]) -> str:
    return ", ".join(f"{place['path']}:{place['line']}" for place in message["locations"])


def lost(book: bytes) -> list[str]:
    """Links between the pages of a book, and pictures, that lead nowhere; files that the package does not name."""
    whole, known = files(book), pages(book)
    package = etree.fromstring(whole["EPUB/book.opf"])
    named = {f"EPUB/{item.get('href')}" for item in package.iter("{*}item")}
    found = [name for name in whole if name.startswith("EPUB/") and name not in named | {"EPUB/book.opf"}]
    for page, root in known.items():
        for address in root.xpath("//@href | //@src"):
            target, _, anchor = str(address).partition("#")
            if ":" in target:
                continue
            target = target or page
            if f"EPUB/{target}" not in named or (anchor and not known[target].xpath("//*[@id=$i]", i=anchor)):
                found.append(f"{page}: {address}")
    return found


def files(book: bytes) -> dict[str, bytes]:
    """The files of a book, in their order."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pages(book: bytes) -> dict[str, etree._Element]:
    """The pages of a book, by name."""
    found = {name: data for name, data in files(book).items() if name.endswith(".xhtml")}
    return {name.removeprefix("EPUB/"): etree.fromstring(data) for name, data in found.items()}


@cache
def _epubcheck() -> Path:
    """Where EPUBCheck is; from the distribution when it is missing and we may."""
    if not _is_there():
        debian.install(*_PACKAGES)
    command = debian.command(*_PACKAGES)
    assert _is_there(), f"il faut EPUBCheck et Java pour juger les livres. Sous Debian : sudo {command}"
    return _JAR


def _is_there() -> bool:
    return _JAR.exists() and shutil.which("java") is not None
