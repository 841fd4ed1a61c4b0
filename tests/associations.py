"""Another association than ours, imagined: its settings, its content, and its report made as long as one wants."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

from plugins.press.settings import Settings, read_settings
from tests import sites

FOLDER = Path(__file__).parent / "association"
SUBJECTS = (
    "Le lavoir",
    "La toiture",
    "Une bénévole",
    "Le conseil",
    "La rivière",
    "Le savon noir",
    "La machine du fond",
)
VERBS = ("accueille", "répare", "raconte", "compte", "porte", "partage", "attend", "remercie")
OBJECTS = (
    "les voisines",
    "une lessive de laine",
    "deux seaux d'eau",
    "le registre",
    "un après-midi",
    "la fête",
    "le pain",
)
PLACES = (
    "au bord de l'eau",
    "sous l'auvent",
    "chaque jeudi",
    "avant l'hiver",
    "à la demande de tout le monde",
    "en silence",
)


def settings() -> Settings:
    """Its settings, of which none is ours."""
    return read_settings(runpy.run_path(str(FOLDER / "pelicanconf.py")))


def copy(root: Path, words: int = 0) -> Path:
    """Its content in ``root/content``; with ``words``, a section of the report of 2025 has about so many."""
    shutil.copytree(FOLDER / "content", root / "content")
    if words:
        section = sites.document("Le journal du lavoir", long_text(words))
        sites.write(root / "content", {"rapports/2025/08-journal.md": section})
    return root


def long_text(words: int) -> str:
    """So many words, and a few more: headings, paragraphs, lists and notes that say nothing and are no two alike."""
    blocks, count, rank = [], 0, 0
    while count < words:
        rank += 1
        sentences = [_sentence(7 * rank + n) for n in range(4 + rank % 5)]
        block = " ".join(sentences)
        if rank % 6 == 1:
            blocks.append(f"## Semaine {rank // 6 + 1}")
        if rank % 6 == 3:
            block = "\n".join(f"- {sentence}" for sentence in sentences)
        if rank % 6 == 5:
            block += f"[^n{rank}]\n\n[^n{rank}]: {_sentence(rank)}"
        blocks.append(block)
        count += sum(word[0].isalnum() for word in block.split())
    return "\n\n".join(blocks)


def _sentence(rank: int) -> str:
    parts = (
        words[(rank * step) % len(words)] for step, words in ((1, SUBJECTS), (3, VERBS), (5, OBJECTS), (7, PLACES))
    )
    return " ".join(parts) + f", pour la {rank + 1}e fois."
