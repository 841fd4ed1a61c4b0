"""Where the time of this project's cold build goes."""

from __future__ import annotations

import io
import os
import pstats
import shlex
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.environment import ROOT, memory_folder
from bench.generator import documents
from bench.measure import time_build
from bench.sites import Site, press

ROWS = 25


def profile_cold_build(n: int) -> str:
    """The functions that take the most time of their own, in one process: workers would not be seen."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=memory_folder()) as folder:
        site = Site(press(_profiled(Path(folder, "profile"))), Path(folder, "site"), documents(n))
        command = site.command(cold=True)
        time_build(replace(command, environment={**command.environment, "PRESS_WORKERS": "1"}))
        site.check(())
        text = io.StringIO()
        stats = pstats.Stats(str(Path(folder, "profile")), stream=text)
        stats.sort_stats(pstats.SortKey.TIME).print_stats(ROWS)
        return text.getvalue().replace(f"{ROOT}{os.sep}", "").replace(f"{sys.base_prefix}{os.sep}", "")


def _profiled(result: Path) -> str:
    """`./site` only finds the environment and hands over to invoke; the profiler starts there."""
    python = ROOT / ".venv" / "bin" / "python"
    profiler = shlex.join((str(python), "-P", "-m", "cProfile", "-o", str(result)))
    task = shlex.join(("-m", "invoke", "--search-root", str(ROOT), "build"))
    return f"{profiler} {task} --content {{content}} --output {{output}}"
