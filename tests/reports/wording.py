"""What a report says, on its page and on paper, without the frame of either: both must be the same."""

from __future__ import annotations

import copy
import re
from typing import Any

from plugins.press.settings import Settings
from plugins.press.typography import french_text
from tests import sites, speech

_FRAME = (".section-head a", ".button", ".dates > p", ".dates > input", ".dates > label", ".chart summary", ".chart p")
"""What a page has for the screen: ways to elsewhere, choices to make, what opens."""


def page_words(page: Any) -> tuple[str, list[str]]:
    """What the page of a report says: its text, and its notes."""
    main = copy.deepcopy(page.cssselect("main")[0])
    for element in (found for selector in _FRAME for found in main.cssselect(selector)):
        element.drop_tree()
    said = speech.read(main)
    text = re.sub(r" À emporter : tableau \(CSV\), calendrier \(\.ics\)\.", "", " ".join(said.words))
    return text.replace("Version en grands caractères (PDF) ", ""), [" ".join(note) for note in said.notes]


def report_words(data: bytes, settings: Settings | None = None) -> tuple[str, list[str]]:
    """The same of its PDF, without the words of its frame and the notes that are addresses."""
    said, settings = speech.listen(data), settings or sites.settings()
    text = " ".join(said.words).partition(" « Rapport d’activité")[0]
    labels = "|".join(re.escape(french_text(category.label)) for category in settings.categories)
    text = re.sub(rf"(?:(?:{labels}) )+(?=[A-Z][a-zéû]+ \d)", "", text, count=1)  # the legend
    cover, _, rest = text.partition(f"{settings.name} {french_text(settings.tagline)} Sommaire ")
    notes = [" ".join(note) for note in said.notes]
    return cover + rest.replace(" Introduction ", " ", 1), [note for note in notes if not re.match("https?://", note)]
