"""Exit 0 when a worker runs in this container. It waits by itself for a part that is down, so that is no reason to start it anew."""
import itertools
import sys
from pathlib import Path


def is_worker(command_line: bytes) -> bool:
    """Return whether /proc's command line (parts end in a zero byte) is that of `casetrail worker`, by whatever interpreter."""
    parts = command_line.split(b"\0")
    return any(part.rpartition(b"/")[2] == b"casetrail" and after == b"worker" for part, after in itertools.pairwise(parts))


def command_lines() -> list[bytes]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:  # it ended meanwhile
            continue
    return found


if __name__ == "__main__":
    sys.exit(not any(map(is_worker, command_lines())))
