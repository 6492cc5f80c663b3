"""Writes the set `us_ie` below a folder: `python tests/cases/us_ie/write_cases.py FOLDER`; tests/flow/test_unseen_cases.py does so for its run."""
from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from cases.case_files import Case, as_docx, message
from cases.us_ie import bluestem, carrowmore

DIRECTORY = (
    "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
    "C-2702,Bluestem Freight Technologies LLC,LoadLark,BFT-7740,bluestemfreight.example,Brent Oakes <boakes@bluestemfreight.example>,HX-2021-0388,inactive,USD\n"
    "C-2718,Carrowmore Hotels Group DAC,Carrowmore,CARR01,carrowmorehotels.example,Declan Prunty <declan.prunty@carrowmorehotels.example>,CHG/GCS/2022/04,,EUR\n"
)


def write_noise(root: Path) -> None:
    """Write the files that belong to no client."""
    case = Case(root, "noise", "", "en")
    case.mail("benefits.eml", message("HR <hr@halvorsencx.example>", "all-sanantonio@halvorsencx.example", "2024-11-01T08:00:00-05:00", "Open enrollment ends November 15",
              "Team,\n\nElections must be received no later than November 15. If you do nothing your current plan renews automatically for 2025.\n\nHR\n", ident="<hr-1101@halvorsencx.example>"), "email", "interaction", sentiment="neutral")
    case.mail("lease.eml", message("Datapoint Properties <office@datapointprops.example>", "tpaik@halvorsencx.example", "2024-09-16T10:30:00-05:00", "Suite 900 renewal option",
              "Mr. Paik,\n\nPer Section 3 of your lease, notice of renewal is due 180 days before expiration. Please let us know by December 1.\n\nGail\n", ident="<gl-0916@datapointprops.example>"), "email", "interaction", sentiment="neutral")
    case.file("potluck.docx", as_docx(["# Halloween potluck sign-up", "Beto: tamales. Ximena: pan de muerto. Marcy: napkins."]), "other", "", None)
    case.close()


def write(root: Path) -> None:
    """Write the two clients, what belongs to none, and the directory."""
    for module in (bluestem, carrowmore):
        module.write(root)
    write_noise(root)
    (root / "directory.csv").write_text(DIRECTORY, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
