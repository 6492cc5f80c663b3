"""Writes the set `at_be` below a folder: `python tests/cases/at_be/write_cases.py FOLDER`; tests/flow/test_unseen_cases.py does so for its run."""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cases.at_be import kirchberg, voltara

DIRECTORY = (
    "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
    "C-2701,Voltara Energievertrieb GmbH,Voltara,20311,voltara.example,Manuela Seidl <manuela.seidl@voltara.example>,KS-2018/07,inactive,EUR\n"
    "C-2713,Kirchberg Mobilité SA,KBM,400417,kirchberg-mobilite.example,Romain Thill <romain.thill@kirchberg-mobilite.example>,RB/2021/019,,EUR\n"
)


def write(root: Path) -> None:
    """Write the two clients and the directory."""
    root.mkdir(parents=True, exist_ok=True)
    for module in (voltara, kirchberg):
        module.write(root)
    (root / "directory.csv").write_text(DIRECTORY, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
