"""Who leases work on this machine: a name that a process used again is not taken for."""
from __future__ import annotations

import os
import socket
from pathlib import Path


def owner_name() -> str:
    """Return who leases work here: `host:pid:start of the process`, so that a pid used again is not taken for it."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def owner_alive(owner: str) -> bool:
    """Say whether an owner may still be at work: True for other hosts, since they cannot be asked."""
    host, pid, started = owner.rsplit(":", 2)
    return host != socket.gethostname() or (started != "" and _started(int(pid)) == started)


def _started(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""
