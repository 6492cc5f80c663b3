"""The mails that are timed: every message of the mbox files below a folder."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path


def messages(folder: Path) -> Iterator[bytes]:
    """Yield the raw bytes of every message below the folder (mbox files and single messages), in order of path."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        if content.startswith(b"From "):
            for part in (b"\n" + content).split(b"\nFrom ")[1:]:
                yield part.partition(b"\n")[2]
        elif path.suffix == ".eml":
            yield content


def write_maildir(folder: Path, target: Path) -> tuple[int, int]:
    """Write the messages as a Maildir for the peer; return how many they are and their bytes."""
    for name in ("cur", "new", "tmp"):
        (target / name).mkdir(parents=True)
    count = size = 0
    for count, raw in enumerate(messages(folder), 1):
        (target / "cur" / f"{count}.bench:2,S").write_bytes(raw)
        size += len(raw)
    return count, size
