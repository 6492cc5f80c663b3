"""Write the invented cases below a folder: `python tests/cases/write_cases.py FOLDER`; the layout is that which tests/flow/test_unseen_cases.py scores."""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cases import hefti, noise, wasselin  # noqa: E402

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for module in (hefti, wasselin, noise):
        module.write(folder)
