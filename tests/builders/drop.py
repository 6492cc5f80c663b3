"""A small drop as it comes: a mail with an attachment, a reply in a mailbox, a contract as text, a broken file; and its client directory."""
from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

DIRECTORY = ("client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"
             "C-1,Alder Mills Limited,Alder,ALD-100,alder.example,Tom Ash <tom.ash@alder.example>,MSA-77,inactive,EUR\n"
             "C-2,Beech Works GmbH,Beech,,beech.example,,RV-9,active,EUR\n")
CONTRACT = """MASTER SERVICES AGREEMENT MSA-77

This agreement is made as of 1 February 2024 between Alder Mills Limited and Provider Contact Centres Limited.

12. Termination. Either party may terminate this agreement for convenience by giving 90 days' written notice.
"""
NOTICE = "Dear Sirs,\n\nwe hereby give notice of termination of contract MSA-77 with effect from 30 June 2026.\n\nTom Ash\nAlder Mills Limited\n"


def write_drop(folder: Path) -> Path:
    """Write the drop into a new folder and return it; `directory.csv` lies beside it."""
    drop = folder / "drop"
    drop.mkdir(parents=True)
    (folder / "directory.csv").write_text(DIRECTORY, "utf-8")
    (drop / "agreement.txt").write_text(CONTRACT, "utf-8")
    (drop / "notice.eml").write_bytes(_mail(1, "Notice of termination MSA-77", NOTICE, attachment=b"Return of equipment for account ALD-100\n").as_bytes())
    box = mailbox.mbox(drop / "desk.mbox")
    box.add(_mail(2, "RE: Notice of termination MSA-77", "We confirm receipt of your notice. \U0001f44d Regards, the desk\n", reply_to=1))
    box.close()
    (drop / "broken.pdf").write_bytes(b"%PDF-1.4\n this is no whole file")
    return drop


def _mail(number: int, subject: str, body: str, *, reply_to: int | None = None, attachment: bytes | None = None) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Tom Ash <tom.ash@alder.example>", "desk@provider.example", subject
    mail["Date"], mail["Message-ID"] = f"Mon, {number:02d} Dec 2025 10:00:00 +0100", f"<{number}@alder.example>"
    if reply_to is not None:
        mail["In-Reply-To"] = f"<{reply_to}@alder.example>"
    mail.set_content(body)
    if attachment is not None:
        mail.add_attachment(attachment, maintype="text", subtype="plain", filename="return of equipment.txt")
    return mail
