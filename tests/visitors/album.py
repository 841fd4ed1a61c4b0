"""Pictures of every template, to look at: ``python -m tests.visitors.album FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests import sites
from tests.hosting import hosted
from tests.visiting import Browser
from tests.visitors import built
from tests.visitors.conftest import heaviest


def main(folder: Path) -> None:
    """Of the association's own site and of another one: 320 and 1280 pixels wide, light and dark."""
    folder.mkdir(parents=True, exist_ok=True)
    browser = Browser(sites.NOW)
    for site in (built.own, built.others):
        with hosted(site().folder) as address:
            wanted = [
                {"url": address + url, "audited": False, "pictures": f"{folder}/{site.__name__}-{Path(name).stem}"}
                for name, url in heaviest(site()).items()
            ]
            browser.ask("visit", wanted)
    browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).absolute())
