"""Writes the set `de_fr` below a folder: `python tests/cases/de_fr/write_cases.py FOLDER`; tests/flow/test_unseen_cases.py does so for its run."""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cases.de_fr import hefti, noise, wasselin


def write(root: Path) -> None:
    """Write the two clients, what belongs to none, and the directory."""
    for module in (hefti, wasselin, noise):
        module.write(root)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
