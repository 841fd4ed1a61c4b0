"""What editors get wrong: every folder of ``tests/broken`` holds content, and exactly what is said of it.

Run ``python -m tests.test_broken`` to write the expected messages anew, and read every one of them.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from plugins.press.problems import ContentError, render_text
from tests import sites

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir())


def messages(root: Path, output: Path) -> str:
    try:
        problems = sites.build(root, places=sites.places(root, output), publish=False).warnings
    except ContentError as error:
        problems = error.problems
    return "".join(f"{render_text(problem)}\n" for problem in problems)


@pytest.mark.parametrize("case", CASES)
def test_every_problem_is_said_with_its_place_and_remedy(case: str, tmp_path: Path) -> None:
    expected = (BROKEN / case / "expected.txt").read_text()
    assert messages(BROKEN / case, tmp_path / "output") == expected


def test_all_problems_of_all_files_come_in_one_run(tmp_path: Path) -> None:
    files = {f"blog/2026/{n}.md": "---\ntitle: Un : deux\n---\n" for n in range(30)}
    files["agenda/2026/fete.md"] = sites.event(start="demain", category="fete")
    sites.write(tmp_path / "content", files)
    said = messages(tmp_path, tmp_path / "output").splitlines()
    assert len(said) == 31
    assert said == sorted(said, key=lambda line: line.split(":")[0])


def test_the_published_site_stays_as_it_was(tmp_path: Path) -> None:
    sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Un")})
    sites.build(tmp_path)
    before = sites.tree(tmp_path / "output")
    sites.write(tmp_path / "content", {"blog/2026/un.md": sites.article("Deux"), "blog/2026/deux.md": "rien"})
    with pytest.raises(ContentError):
        sites.build(tmp_path)
    assert sites.tree(tmp_path / "output") == before


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(sites.article(body="[" * 50_000), id="crochets ouverts"),
        pytest.param(sites.article(body="[" * 5_000 + "]" * 5_000), id="crochets imbriqués"),
        pytest.param(sites.article(body="mot " * 1_300_000), id="cinq mégaoctets"),
        pytest.param(sites.article(body="mot " * 400_000), id="un texte trop long"),
        pytest.param(sites.article(body="> " * 3_000), id="citations imbriquées"),
        pytest.param("---\ntitle: " + "[" * 9_000 + "\n---\n", id="crochets dans l'en-tête"),
        pytest.param("---\ntitle: " + "x" * 60_000 + "\n---\n", id="en-tête sans fin"),
        pytest.param("---\n" + "- " * 9_000 + "\n---\n", id="listes imbriquées dans l'en-tête"),
        pytest.param(
            "---\na: &a [x]\n"
            + "".join(
                f"{c}: &{c} [*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p},*{p}]\n"
                for p, c in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "---\n",
            id="neuf niveaux de renvois",
        ),
    ],
)
def test_a_hostile_text_is_refused_within_five_seconds(text: str, tmp_path: Path) -> None:
    sites.write(
        tmp_path / "content",
        {"blog/2026/un.md": text, "blog/2026/deux.md": sites.article("Deux", body="![]()")},
    )
    started = time.process_time()
    said = messages(tmp_path, tmp_path / "output")
    assert time.process_time() - started < 5
    assert "content/blog/2026/un.md" in said
    assert "content/blog/2026/deux.md" in said  # the next file is read all the same


if __name__ == "__main__":
    import tempfile

    for name in CASES:
        with tempfile.TemporaryDirectory() as folder:
            (BROKEN / name / "expected.txt").write_text(messages(BROKEN / name, Path(folder) / "output"))
