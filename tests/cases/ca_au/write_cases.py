"""Writes the set `ca_au` below a folder: `python tests/cases/ca_au/write_cases.py FOLDER`; tests/flow/test_unseen_cases.py does so for its run."""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cases.ca_au import banksia, nottawa

DIRECTORY = (
    "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
    "C-3104,Nottawa Valley Hydro Distribution Inc.,NVH,4471-NVH,nvhydro.example,Doug Meagher <dmeagher@nvhydro.example>,OCS-2021-09,inactive,CAD\n"
    "C-3217,Banksia & Rowe Pharmacies Pty Ltd,Banksia & Rowe,BRP010,banksiarowe.example,Glenn Pascoe <glenn.pascoe@banksiarowe.example>,,legal hold,AUD\n"
)


def write(root: Path) -> None:
    """Write the two clients and the directory."""
    for module in (nottawa, banksia):
        module.write(root)
    (root / "directory.csv").write_text(DIRECTORY, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
