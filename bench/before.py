"""`python -m bench.before [COMMIT] [FOLDER]`: taking in plain mails with an older commit and with the files as they are, side by side.

COMMIT is by default the last one before sources, formats and the fence were widened. Its files are unpacked to a folder of their own; both run
with the same interpreter, in turns, each time into a new home. Time is that of the processor over the whole process tree; the least of the
rounds counts, since a busy machine only adds. Exit status 1 where today's is more than a tenth above.
"""
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

from bench.measure import Run, measure

BEFORE = "4e94aae"
_ROOT = Path(__file__).resolve().parents[1]
_FOLDER = _ROOT.parent / "shared" / "corpora" / "enron-mbox"
ALLOWED = 1.1


def unpack(commit: str, target: Path) -> None:
    """Write the files of a commit below `target`. Raises CalledProcessError for a commit that is not there."""
    packed = subprocess.run(["git", "-C", str(_ROOT), "archive", "--format=tar", commit], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(target, filter="data")


def take_in(code: Path, home: Path, folder: Path) -> Run:
    """Return what one whole run with this code costs."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("CASETRAIL_")}
    return measure([sys.executable, "-c", "from casetrail.main import main; main()", "ingest", str(folder)],
                   environment | {"PYTHONPATH": str(code), "CASETRAIL_HOME": str(home)})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("commit", nargs="?", default=BEFORE)
    parser.add_argument("folder", nargs="?", type=Path, default=_FOLDER)
    parser.add_argument("--rounds", type=int, default=3, help="how often each takes all in (default 3)")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print("bench: no such folder; name one with mailboxes or messages", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="casetrail-before-") as scratch:
        older = Path(scratch) / "code"
        try:
            unpack(options.commit, older)
        except (OSError, subprocess.CalledProcessError):
            print(f"bench: {options.commit} is not in the history here", file=sys.stderr)
            return 2
        spent: dict[str, list[float]] = {"before": [], "now": []}
        for number in range(options.rounds):
            for name, code in (("before", older), ("now", _ROOT)):
                spent[name].append(take_in(code, Path(scratch) / f"{name}-{number}", options.folder).cpu_seconds)
    before, now = min(spent["before"]), min(spent["now"])
    print(f"processor seconds to take in {options.folder.name}: {before:.2f} at {options.commit}, {now:.2f} now, {now / before:.2f} times")
    return int(now > before * ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
