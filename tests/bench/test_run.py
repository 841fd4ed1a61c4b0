"""No figure comes from a build that failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("sh -c 'echo why; exit 3'", "status 3"),
        ("sh -c 'echo why; exit 3'", "why"),
        ("true", "missing:"),
        ("sh -c 'sleep 60 &'", "still running after the end"),
    ],
)
def test_a_build_that_did_not_do_its_work_ends_the_benchmark(command: str, said: str) -> None:
    arguments = ("--n", "4", "--reps", "1", "--tools", "press", "--press-cmd", command)
    run = subprocess.run(
        (sys.executable, "-m", "bench", *arguments),
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout) == (1, "")
    assert said in run.stderr
