"""One command measured from outside."""
from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class Run:
    """`wall_seconds` from start to end; `cpu_seconds` of the process and those it waited for; `peak_bytes` the largest sum of
    resident memory over the process tree that was seen (looked at every 20 ms; proportional shares, so pages held together count once),
    0 where nobody looked."""
    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int


def measure(command: Sequence[str], environment: Mapping[str, str], memory: bool = False) -> Run:
    """Run a command to its end; with `memory` look at what it occupies. Raises CalledProcessError with what it said when it fails.

    To look costs time: the system walks the pages of each process, which stands still meanwhile.  So a run is timed or looked at, not both.
    """
    before = _children_cpu()
    started = time.perf_counter()
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    if memory:
        watcher.start()
    _, told = process.communicate()
    wall = time.perf_counter() - started
    if memory:
        watcher.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    return Run(wall, _children_cpu() - before, peak[0])


def size_bytes(folder: Path) -> int:
    """Return the bytes of all files below a folder as the disk holds them."""
    return sum(p.stat().st_blocks * 512 for p in folder.rglob("*") if p.is_file())


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    try:
        root = psutil.Process(process.pid)
        while process.poll() is None:
            total = 0
            for each in (root, *root.children(recursive=True)):
                try:
                    total += each.memory_full_info().pss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total)
            time.sleep(0.02)
    except psutil.Error:
        return


def _children_cpu() -> float:
    import resource
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
