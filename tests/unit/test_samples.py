"""The sample drop: the committed files are what the generator writes, and the story in them holds together."""
from __future__ import annotations

import csv
import io
import sys
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from email import message_from_bytes
from email.utils import getaddresses
from mailbox import mbox
from pathlib import Path
from types import ModuleType

import pypdf
import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
DROP = SAMPLES / "drop"


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    """Return samples/make_samples.py as a module."""
    sys.path.insert(0, str(SAMPLES))
    try:
        import make_samples
    finally:
        sys.path.remove(str(SAMPLES))
    return make_samples


@pytest.fixture(scope="module")
def made(generator: ModuleType) -> dict[str, bytes]:
    return generator.files()


def held() -> dict[str, bytes]:
    return {path.relative_to(DROP).as_posix(): path.read_bytes() for path in DROP.rglob("*") if path.is_file()}


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages).split())


def test_committed_drop_has_the_paths_that_the_generator_writes(made: dict[str, bytes]) -> None:
    assert sorted(held()) == sorted(made)


def test_committed_drop_is_byte_for_byte_what_the_generator_writes(made: dict[str, bytes]) -> None:
    assert [path for path, content in held().items() if made[path] != content] == []


def test_committed_directory_is_what_the_generator_writes(generator: ModuleType) -> None:
    assert (SAMPLES / "directory.csv").read_bytes() == generator.DIRECTORY.encode()


def test_second_run_writes_the_same_bytes(generator: ModuleType, made: dict[str, bytes]) -> None:
    assert generator.files() == made


def test_main_writes_drop_and_directory_into_the_folder_named(generator: ModuleType, made: dict[str, bytes], tmp_path: Path) -> None:
    generator.main(tmp_path)
    written = {path.relative_to(tmp_path / "drop").as_posix() for path in (tmp_path / "drop").rglob("*") if path.is_file()}
    assert written == set(made)
    assert (tmp_path / "directory.csv").is_file()


def test_directory_knows_both_clients_by_their_domains() -> None:
    rows = list(csv.DictReader((SAMPLES / "directory.csv").open(encoding="utf-8", newline="")))
    assert {row["client_id"]: row["email_domains"] for row in rows} == {"C-2001": "dunmarra.example", "C-2002": "saltmeadow.example"}


def test_mailbox_holds_three_threads_whose_references_resolve() -> None:
    messages = [message_from_bytes(message.as_bytes()) for message in mbox(DROP / "mail/orla.brannock.mbox")]
    ids = {message["Message-ID"] for message in messages}
    parents = {message["Message-ID"]: message["In-Reply-To"] for message in messages}
    assert len(ids) == len(messages) == 14
    assert len([child for child, parent in parents.items() if parent is None]) == 3
    assert {parent for parent in parents.values() if parent} <= ids


def test_loose_notice_has_the_bytes_of_the_attachment() -> None:
    loose = (DROP / "letters/2025-06-16 Notice of termination.pdf").read_bytes()
    attached = [part.get_payload(decode=True) for message in mbox(DROP / "mail/orla.brannock.mbox") for part in message.walk()
                if part.get_content_type() == "application/pdf"]
    assert loose in attached


def test_message_in_the_second_mailbox_has_the_id_of_the_first_and_other_bytes() -> None:
    content = (DROP / "mail/accounts/RE_ INV-25-0922_ early termination fee.eml").read_bytes()
    copy = message_from_bytes(content)
    first = next(m for m in mbox(DROP / "mail/orla.brannock.mbox") if m["Message-ID"] == copy["Message-ID"])
    assert copy["Received"]
    assert not first["Received"]


def test_ledger_balance_is_invoiced_less_paid_and_credited() -> None:
    lines = (DROP / "billing/DUN-3304 ledger to 2025-11-30.csv").read_text("utf-8").splitlines()[1:]
    rows = list(csv.DictReader(lines))
    total = {kind: sum(Decimal(row["Debit EUR"]) + Decimal(row["Credit EUR"]) for row in rows if row["Type"] == kind)
             for kind in ("Invoice", "Receipt", "Credit note")}
    assert total == {"Invoice": Decimal("237084.00"), "Receipt": Decimal("207827.60"), "Credit note": Decimal("29256.40")}
    assert Decimal(rows[-1]["Balance EUR"]) == total["Invoice"] - total["Receipt"] - total["Credit note"] == 0
    running = Decimal(0)
    for row in rows[:-1]:
        running += Decimal(row["Debit EUR"]) - Decimal(row["Credit EUR"])
        assert Decimal(row["Balance EUR"]) == running


def test_ninety_days_after_receipt_are_the_end_that_both_sides_agreed() -> None:
    assert date(2025, 6, 19) + timedelta(days=90) == date(2025, 9, 17)
    agreement = pdf_text((DROP / "contracts/MSA-2022-0093 executed 2022-02-14.pdf").read_bytes())
    acknowledgement = pdf_text((DROP / "letters/2025-06-24 Acknowledgement.pdf").read_bytes())
    assert "not less than ninety (90) days' written notice" in agreement
    assert "deemed received on 19 June 2025" in acknowledgement
    assert "ends on 17 September 2025" in acknowledgement


def test_agreement_has_at_least_three_pages_of_text() -> None:
    pages = pypdf.PdfReader(DROP / "contracts/MSA-2022-0093 executed 2022-02-14.pdf").pages
    assert len(pages) >= 3
    assert all(page.extract_text().strip() for page in pages)


def test_exactly_one_mail_is_marked_privileged() -> None:
    bodies = [message.as_bytes() for message in mbox(DROP / "mail/orla.brannock.mbox")]
    assert sum(b"PRIVILEGED" in body for body in bodies) == 1


def test_encrypted_export_opens_with_its_password_and_not_without(generator: ModuleType) -> None:
    archive = zipfile.ZipFile(DROP / "exports/dunmarra-export-2025-10-01.zip")
    with pytest.raises(RuntimeError, match="encrypted"):
        archive.read("bookings.csv")
    assert archive.read("bookings.csv", pwd=generator.EXPORT_PASSWORD).startswith(b"account,week,forecast,calls")


def test_password_of_the_export_stands_in_no_file(generator: ModuleType) -> None:
    assert [path for path, content in held().items() if generator.EXPORT_PASSWORD in content] == []


def test_month_end_zip_holds_three_members_and_is_sound() -> None:
    archive = zipfile.ZipFile(DROP / "billing/month end June 2025.zip")
    assert archive.testzip() is None
    assert len(archive.namelist()) == 3


def test_shared_mailbox_is_a_maildir_with_two_read_one_new_and_one_unfinished_message() -> None:
    assert {part: len(list((DROP / "mail/disruption-desk" / part).iterdir())) for part in ("cur", "new", "tmp")} == {"cur": 2, "new": 1, "tmp": 1}


def test_every_address_in_the_mails_is_under_example() -> None:
    messages = [*mbox(DROP / "mail/orla.brannock.mbox"), *(message_from_bytes(path.read_bytes()) for path in DROP.rglob("*.eml")),
                *(message_from_bytes(path.read_bytes()) for path in sorted((DROP / "mail/disruption-desk").rglob("*.desk*")))]
    addresses = [address for message in messages for _, address in getaddresses(
        [value for name in ("From", "To", "Cc") for value in message.get_all(name, [])])]
    assert len(messages) == 14 + 3 + 4
    assert [address for address in addresses if not address.endswith(".example")] == []
