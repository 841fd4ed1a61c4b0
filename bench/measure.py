"""One build, measured: wall time and CPU time, or the memory of all its processes together. Linux only."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY = 0.01
PATIENCE = 5.0
"""Seconds that helpers may outlive the command that started them."""

_PR_SET_CHILD_SUBREAPER = 36


class BuildError(Exception):
    """A build whose figure must not be used."""


@dataclass(frozen=True)
class Command:
    """What to run, where, and the file that gets what it says."""

    arguments: Sequence[str]
    folder: Path
    environment: Mapping[str, str]
    log: Path


@dataclass(frozen=True)
class Timing:
    """Seconds. `cpu` is user and system time of all processes of the build, `others` of all others."""

    wall: float
    cpu: float
    others: float = 0.0


def adopt_orphans() -> None:
    """Become the parent of every process left behind, so that its time is counted too (prctl(2))."""
    if ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot become a subreaper")


def time_build(command: Command) -> Timing:
    busy, begin = _busy(), time.perf_counter()
    process = _start(command)
    _, status, usage = os.wait4(process.pid, 0)
    wall, busy = time.perf_counter() - begin, _busy() - busy
    _require_success(process, status, command)
    cpu = usage.ru_utime + usage.ru_stime + _cpu_of_orphans(command)
    return Timing(wall, cpu, max(0.0, busy - cpu))


def peak_memory(command: Command) -> int:
    """The highest sum, in bytes, of the proportional set sizes (PSS) of the build's processes.

    PSS counts a page that several processes share once, divided among them, so that the sum is what the
    build really takes. Sampling slows the build: its time is not to be used.
    """
    process = _start(command)
    peak = 0
    while True:
        peak = max(peak, sum(map(_pss, _descendants(os.getpid()))))
        pid, status, _ = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        time.sleep(SAMPLE_EVERY)
    _require_success(process, status, command)
    _cpu_of_orphans(command)
    return peak


def _start(command: Command) -> subprocess.Popen[bytes]:
    with command.log.open("wb") as log:
        return subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env=command.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _require_success(process: subprocess.Popen[bytes], status: int, command: Command) -> None:
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = command.log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise BuildError(f"status {process.returncode}: {' '.join(command.arguments)}\n{tail}")


def _busy() -> float:
    """Seconds that all processors of the machine have worked, and those its host took from them (proc(5))."""
    user, nice, system, _idle, _iowait, *rest = map(int, Path("/proc/stat").read_text().split("\n")[0].split()[1:9])
    return (user + nice + system + sum(rest)) / os.sysconf("SC_CLK_TCK")


def _cpu_of_orphans(command: Command) -> float:
    """Wait for what the command left running (a fork server, say) and return its CPU time."""
    cpu, deadline = 0.0, time.monotonic() + PATIENCE
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
            cpu += usage.ru_utime + usage.ru_stime if pid else 0.0
            if time.monotonic() > deadline:
                for left in list(_descendants(os.getpid())):
                    os.kill(left, signal.SIGKILL)
                raise BuildError(f"still running after the end: {' '.join(command.arguments)}")
            if not pid:
                time.sleep(0.001)
    return cpu


def _descendants(pid: int) -> Iterator[int]:
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _pss(pid: int) -> int:
    """0 for a process that has just ended."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
