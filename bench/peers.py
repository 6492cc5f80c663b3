"""What we are held against: the bound that nobody can beat in Python, and notmuch."""
from __future__ import annotations

import email
import hashlib
import os
import shutil
import subprocess
import time
from email import policy
from pathlib import Path

from bench.mails import messages
from bench.measure import Run, measure


def bound_seconds(folder: Path) -> float:
    """Return how long it takes just to read, hash and parse every message with the standard library, in one process."""
    started = time.perf_counter()
    for raw in messages(folder):
        hashlib.sha256(raw).digest()
        parsed = email.message_from_bytes(raw, policy=policy.compat32)
        for part in parsed.walk():
            part.get_payload(decode=True)
    return time.perf_counter() - started


def notmuch_here() -> bool:
    return shutil.which("notmuch") is not None


def notmuch_environment(home: Path) -> dict[str, str]:
    """Return the environment in which notmuch uses the Maildir in `home/mail` and nothing of the user's."""
    config = home / "notmuch-config"
    config.write_text(f"[database]\npath={home}/mail\n[user]\nname=Bench\nprimary_email=bench@bench.example\n[new]\ntags=new\n", "utf-8")
    return {**os.environ, "HOME": str(home), "NOTMUCH_CONFIG": str(config)}


def notmuch_new(home: Path, memory: bool = False) -> Run:
    """Index the Maildir from nothing."""
    shutil.rmtree(home / "mail" / ".notmuch", ignore_errors=True)
    return measure(["notmuch", "new", "--quiet"], notmuch_environment(home), memory)


def notmuch_search_seconds(home: Path, query: str) -> float:
    started = time.perf_counter()
    subprocess.run(["notmuch", "search", "--limit=20", "--", query], env=notmuch_environment(home), check=True, capture_output=True)
    return time.perf_counter() - started
