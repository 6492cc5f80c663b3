"""Write the sample drop and its client directory: `python samples/make_samples.py [FOLDER]` (default: the folder of this file).

The files are committed; tests/unit/test_samples.py holds them to what this prints.  No byte depends on the clock, on chance (all seeds are
fixed), on the zlib of the machine or on the order of a dictionary; they do depend on the versions in constraints.txt.
"""
from __future__ import annotations

import sys
from pathlib import Path

from story import contract, figures, letters, mail, money, talk
from story.people import SUPPLIER
from story.write_mail import mbox, raw
from story.write_pack import pack, pack_encrypted
from story.write_paper import scan

DIRECTORY = (
    "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
    "C-2001,Dunmarra Ferries DAC,Dunmarra;Dunmarra Line,DUN-3304,dunmarra.example,"
    "Maeve Torrin <maeve.torrin@dunmarra.example>;Ruairi Stannard <ruairi.stannard@dunmarra.example>,MSA-2022-0093,inactive,EUR\n"
    "C-2002,Saltmeadow Boxes Limited,Saltmeadow,SMB-1187,saltmeadow.example,"
    "Petra Lindgate <petra.lindgate@saltmeadow.example>,MSA-2024-0018,active,EUR\n"
)
EXPORT_PASSWORD = b"heron-on-the-slip-1926"
"""Of the encrypted export. It stands in no file of the drop, so the archive cannot know it."""

ENVELOPE = ("DUNMARRA FERRIES DAC", "North Quay, Dunmarra", "", "       REGISTERED POST   RP 483 021 7",
            "       posted DUNMARRA 17.06.2025", "", "The Company Secretary", "Tallowbridge Contact Centres Limited",
            "14 Quarrymount Road", "Ballyfennel, County Cork")
RECEIPT = ("REGISTERED POST", "Certificate of posting", "", "Item number  RP 483 021 7", "Posted at    Dunmarra",
           "On           17 June 2025, 11:26", "Addressee    Tallowbridge Contact Centres", "             Ballyfennel", "",
           "Keep this certificate.")
ROSTER = (b"Roster Dunmarra week 26, 23 to 29 June 2025\r\n\r\n"
          b"Mon-Thu  14 advisers, 2 on the Cuxhaven desk\r\nFri-Sun  18 advisers, 3 on the Cuxhaven desk\r\n")


def files() -> dict[str, bytes]:
    """Return every file of the drop by its path below `drop/`."""
    saltmeadow = money.taxed("2025-08-31", "invoice", "INV-25-0835", "Services August 2025", "12480.00")
    july = letters.dunmarra_paper(money.JULY, "Payable by 30 August 2025")
    june = letters.dunmarra_paper(money.JUNE, "Payable by 30 July 2025")
    return {
        "contracts/MSA-2022-0093 executed 2022-02-14.pdf": contract.executed(),
        "contracts/MSA-2022-0093 draft v3.docx": contract.draft(),
        "contracts/SOW 1 reservations and disruption line.docx": contract.statement_of_work(),
        "contracts/Amendment 1 signed 2025-01-13.pdf": contract.amendment(),
        "mail/orla.brannock.mbox": mbox(mail.MAILBOX),
        "mail/accounts/RE_ INV-25-0922_ early termination fee.eml": raw(mail.FEE_2, mail.ACCOUNTS_RECEIVED, b"\r\n"),
        "mail/accounts/Remittance advice DUN-3304.eml": raw(mail.REMITTANCE, end=b"\r\n"),
        **{f"mail/disruption-desk/{name}": raw(message) for name, message in mail.MAILDIR.items()},
        "mail/disruption-desk/tmp/1757943861.M199P4211.desk": mail.UNFINISHED,
        "chat/slack_export/users.json": talk.as_json(talk.USERS),
        "chat/slack_export/channels.json": talk.as_json(talk.CHANNELS),
        "chat/slack_export/acct-dunmarra/2025-07-14.json": talk.day(talk.STORM_DAY),
        "chat/slack_export/acct-dunmarra/2025-08-01.json": talk.day(talk.JULY_FIGURES),
        "calls/2025-07-22 exit planning DUN-3304.vtt": talk.CALL.encode(),
        "calls/2025-06-19 registered letter.txt": talk.REGISTERED_LETTER.encode(),
        "calls/2025-09-17 last day.md": talk.LAST_DAY.encode(),
        "calls/2025-10-01 data handover.docx": talk.handover_note(),
        "letters/2025-06-16 Notice of termination.pdf": letters.notice(),
        "letters/2025-06-24 Acknowledgement.pdf": letters.acknowledgement(),
        "letters/2025-09-22 Claim early termination fee.docx": letters.claim(),
        "letters/2025-10-06 Response of Dunmarra.docx": letters.response(),
        "letters/2025-10-10 Certificate of deletion.pdf": letters.deletion(),
        "letters/2025-11-07 Settlement agreement.pdf": letters.settlement(),
        "letters/scans/certificate of posting.tif": scan(RECEIPT, 2001, "TIFF"),
        "letters/scans/envelope Dunmarra 2025-06-19.png": scan(ENVELOPE, 2002, "PNG"),
        "billing/DUN-3304 ledger to 2025-11-30.csv": figures.ledger(),
        "billing/INV-25-0731.pdf": july,
        "billing/CN-25-0041.pdf": letters.dunmarra_paper(money.JULY_CREDIT, "Refers to: INV-25-0731"),
        "billing/INV-25-0922.pdf": letters.dunmarra_paper(money.FEE_INVOICE, "Payable by 22 October 2025"),
        "billing/CN-25-0058.pdf": letters.dunmarra_paper(money.FEE_CREDIT, "Refers to: INV-25-0922"),
        "billing/month end June 2025.zip": pack([("June 2025/INV-25-0631.pdf", june), ("June 2025/roster week 26.txt", ROSTER),
                                                 ("June 2025/volumes.csv", figures.volumes())], (2025, 7, 2, 16, 5, 0)),
        "feedback/Service levels Dunmarra 2025.xlsx": figures.service_levels(),
        "feedback/Passenger survey DUN-3304 Q3 2025.csv": figures.survey(),
        "feedback/Quarterly review 2025-05-27.html": figures.REVIEW.encode(),
        "exports/dunmarra-export-2025-10-01.zip": pack_encrypted("bookings.csv", figures.volumes(), EXPORT_PASSWORD, bytes(range(11))),
        "exports/queue log 2025-09-18.csv": b"",
        "saltmeadow/Menu change on 18 August.eml": raw(mail.SALTMEADOW, end=b"\r\n"),
        "saltmeadow/INV-25-0835.pdf": letters.account_paper(
            saltmeadow, "Saltmeadow Boxes Limited", "Unit 4, Reedbank Yard, Saltmeadow, County Cork", "SMB-1187", "MSA-2024-0018",
            f"Payable to {SUPPLIER} by 30 September 2025"),
    }


def main(folder: Path) -> None:
    for path, content in files().items():
        target = folder / "drop" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    (folder / "directory.csv").write_bytes(DIRECTORY.encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
