"""Writes the set `de_fr_2` below a folder: `python tests/cases/de_fr_2/write_cases.py FOLDER`; tests/flow/test_unseen_cases.py does so for its run."""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cases.de_fr_2 import elbtrans, ferrand

DIRECTORY = (
    "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
    "C-2401,Elbtrans Stückgut GmbH & Co. KG,,10233,elbtrans.example,Holger Schütt <h.schuett@elbtrans.example>,RV 7/2022,,EUR\n"
    "C-2402,Ferrand-Leloup Assurances SA,Ferrand-Leloup,FL-77,ferrand-leloup.example,,GD-118,active,EUR\n"
)


def write(root: Path) -> None:
    """Write the two clients and the directory."""
    for module in (elbtrans, ferrand):
        module.write(root)
    (root / "directory.csv").write_text(DIRECTORY, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
