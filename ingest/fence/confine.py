"""The bounds a worker puts on itself before it reads anything, and the environment it is given."""
from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import time
from collections.abc import Mapping

from archive.settings import Limits

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "LD_LIBRARY_PATH", "MAGIC", "TESSDATA_PREFIX", "VIRTUAL_ENV")
_OPEN_FILES = 256
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_CHILD_SUBREAPER = 1, 38, 36


def environment(of: Mapping[str, str], home: str, python_path: str) -> dict[str, str]:
    """Return the environment of a worker: what programs need to run, and nothing that is a secret or an address.

    The rest keeps libraries from phoning home, fetching models and starting a thread a processor.
    """
    return {key: of[key] for key in _KEPT if key in of} | {
        "HOME": home, "TMPDIR": home, "PYTHONPATH": python_path, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1",
        "DO_NOT_TRACK": "1", "SCARF_NO_ANALYTICS": "true", "UNSTRUCTURED_DISABLE_NOTICE": "1", "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_DISABLE_JIT": "1",
        "NUMBA_CACHE_DIR": home, "MALLOC_ARENA_MAX": "2", "no_proxy": "*",
    }


def end_with(parent: int) -> None:
    """Die when the parent dies."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked to be told
        os._exit(0)


def confine(limits: Limits, parent: int) -> None:
    """Bound memory, file size, open files and core dumps of this process and its children; die when the parent dies."""
    end_with(parent)
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.umask(0o077)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, limits.memory_bytes)
    _lower(resource.RLIMIT_FSIZE, limits.item_bytes)
    _lower(resource.RLIMIT_NOFILE, _OPEN_FILES)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us in order
    with contextlib.suppress(OSError):
        os.nice(5)      # what is read waits to be kept, and is in memory until then: who keeps it goes first


def allow_cpu(seconds: int) -> None:
    """Let this process use so many seconds of processor time from now on (one more at most); then SIGXCPU ends it."""
    global _allowed
    until = int(time.process_time()) + seconds + 1
    if until != _allowed:       # it is asked for with every item, and changes once a second
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))
        _allowed = until


_allowed = 0


def resident_bytes() -> int:
    """Return how much memory this process occupies now, 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as stream:  # noqa: PTH123
            return int(stream.read().split()[1]) * resource.getpagesize()
    except (OSError, IndexError, ValueError):
        return 0


def has_children() -> bool:
    """Say whether a process that an item started is left (ended ones are reaped)."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return False
    return True


def _lower(what: int, value: int) -> None:
    hard = resource.getrlimit(what)[1]
    wanted = value if hard == resource.RLIM_INFINITY else min(value, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (wanted, wanted))
