"""The count proof: every item met is accounted for, by run and as held now, at every level of the breakdown; what could not be read is tried again."""
from __future__ import annotations

import binascii
import io
import json
import struct
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfWriter

from archive.errors import NotAllowed, NotFound
from archive.model.run import BREAKDOWNS, HELD, RESULTS, Retrying
from archive.model.viewer import LOCAL, Viewer
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from casetrail.main import cli
from ingest.pipeline import ingest, learn_again
from search_api.services.sources import count_proof, items, sources

PASSWORD = "summer of 2019"


def mail(number: int, day: int = 1, attachment: tuple[str, bytes] | None = None) -> bytes:
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = f"ann{number}@x.example", "desk@y.example", f"Matter {number}"
    m["Date"], m["Message-ID"] = f"Mon, {day:02d} Jan 2024 10:00:00 +0100", f"<{number}@x.example>"
    m.set_content(f"Words of message {number} about the contract and its end.\n")
    if attachment:
        m.add_attachment(attachment[1], maintype="application", subtype="octet-stream", filename=attachment[0])
    return bytes(m)


def locked_pdf() -> bytes:
    """Return a PDF that needs the password and holds a file of its own."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_attachment("inside.txt", b"what lies in the locked file\n")
    writer.encrypt(PASSWORD, algorithm="AES-128")
    writer.write(out)
    return out.getvalue()


def zip_with_locked_member(password: str = PASSWORD) -> bytes:
    """Return a zip of an open member and one behind the old ZIP encryption (APPNOTE 6.1), which zipfile reads and does not write."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as z:
        z.writestr("open.txt", "anybody may read this\n")
    plain = b"only who knows the password may read this\n"
    with zipfile.ZipFile(out, "a") as z:
        info = zipfile.ZipInfo("locked.txt")
        z.writestr(info, plain)
    return _locked(out.getvalue(), b"locked.txt", plain, password.encode())


def _locked(content: bytes, name: bytes, plain: bytes, password: bytes) -> bytes:
    """Encrypt the stored member of that name in place: twelve bytes longer, bit 0 of its flags set."""
    crc, keys = binascii.crc32(plain), [0x12345678, 0x23456789, 0x34567890]

    def step(old: int, byte: int) -> int:
        return (old >> 8) ^ _crc_entry((old ^ byte) & 0xFF)

    def update(byte: int) -> None:
        keys[0] = step(keys[0], byte)
        keys[1] = (((keys[1] + (keys[0] & 0xFF)) & 0xFFFFFFFF) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = step(keys[2], keys[1] >> 24)

    for byte in password:
        update(byte)
    secret = bytearray()
    for byte in bytes(11) + bytes([crc >> 24]) + plain:
        mask = (keys[2] | 2) & 0xFFFF
        secret.append(byte ^ ((mask * (mask ^ 1)) >> 8 & 0xFF))
        update(byte)
    at = content.index(name) - 30
    before, after = content[:at], content[at + 30 + len(name) + len(plain):]
    local = bytearray(content[at:at + 30 + len(name)])
    struct.pack_into("<H", local, 6, 1)
    struct.pack_into("<I", local, 18, len(secret))
    directory = bytearray(after)
    entry = directory.rindex(b"PK\x01\x02")
    struct.pack_into("<H", directory, entry + 8, 1)
    struct.pack_into("<I", directory, entry + 20, len(secret))
    end = directory.rindex(b"PK\x05\x06")
    (start,) = struct.unpack_from("<I", directory, end + 16)
    struct.pack_into("<I", directory, end + 16, start + 12)
    return before + bytes(local) + bytes(secret) + bytes(directory)


def _crc_entry(number: int) -> int:
    for _ in range(8):
        number = (number >> 1) ^ (0xEDB88320 if number & 1 else 0)
    return number


@pytest.fixture(params=["embedded", pytest.param("postgresql", marks=pytest.mark.server("postgresql"))])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    environment = {"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "1"}
    if request.param == "postgresql":
        environment["CASETRAIL_CATALOGUE_URL"] = request.getfixturevalue("postgresql_database")
    opened = open_archive(read_settings(environment))
    yield opened
    opened.close()


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    (folder / "mails").mkdir(parents=True)
    (folder / "papers").mkdir()
    (folder / "mails" / "one.eml").write_bytes(mail(1, 1, ("terms.txt", b"the terms\n")))
    (folder / "mails" / "two.eml").write_bytes(mail(2, 2))
    (folder / "mails" / "two again.eml").write_bytes(mail(2, 2))
    (folder / "papers" / "terms.txt").write_bytes(b"the terms\n")
    (folder / "papers" / "empty.txt").write_bytes(b"")
    (folder / "papers" / "unknown.bin").write_bytes(bytes(range(256)) * 4)
    (folder / "papers" / "locked.pdf").write_bytes(locked_pdf())
    (folder / "papers" / "more.zip").write_bytes(zip_with_locked_member())
    (folder / "link.txt").symlink_to("/etc/hostname")
    return folder


def agrees(block: dict[str, Any]) -> bool:
    """Say whether every row, and every breakdown, adds up to the number met."""
    levels = [block, *(row for rows in block["by"].values() for row in rows)]
    assert all(row["met"] == sum(row[result] for result in RESULTS) for row in levels)
    assert all(row["failed"] + row["skipped"] == sum(reason["count"] for reason in row["reasons"]) for row in levels)
    return block["adds_up"] and all(sum(row[name] for row in rows) == block[name] for rows in block["by"].values() for name in ("met", *RESULTS))


def held(archive: Archive) -> dict[str, Any]:
    block = sources(archive, LOCAL, by=BREAKDOWNS)["held"]
    assert agrees(block)
    return dict(block)


def listed(archive: Archive, scope: str = HELD) -> dict[tuple[str, str | None], dict[str, Any]]:
    return {(Path(each["path"]).name, each["inner"]): each for each in items(archive, LOCAL, scope)}


def troubles(block: dict[str, Any]) -> set[tuple[str, str | None, str]]:
    return {(Path(each["path"]).name, each["inner"], each["code"]) for each in block["troubles"]}


ALL_TROUBLES = {("empty.txt", None, "empty"), ("unknown.bin", None, "unsupported"), ("locked.pdf", None, "encrypted"),
                ("more.zip", "locked.txt", "encrypted"), ("link.txt", None, "unreadable")}


# ---------------------------------------------------------------- counts

def test_every_level_of_the_breakdown_adds_up_to_the_number_met(archive: Archive, drop: Path) -> None:
    report = ingest(archive, [str(drop)], source="crm", custodian="Ann Ash")
    found = sources(archive, LOCAL, by=BREAKDOWNS)
    (run,) = found["runs"]
    assert found["adds_up"] and agrees(run) and agrees(found["held"])
    assert run["met"] == report.met == found["held"]["met"] == 12
    assert {name: run[name] for name in RESULTS} == {"stored": 5, "duplicate": 2, "already_held": 0, "skipped": 1, "failed": 4}
    assert troubles(run) == troubles(found["held"]) == ALL_TROUBLES
    by = {name: {row[name]: row["met"] for row in rows} for name, rows in run["by"].items()}
    assert by["folder"] == {f"{drop}/": 1, f"{drop}/mails/": 4, f"{drop}/papers/": 7}
    assert by["source"] == {"crm": 12} and by["custodian"] == {"Ann Ash": 12}
    assert by["day"]["2024-01-02"] == 2 and by["format"]["email"] == 3 and by["format"][""] == 2


def test_items_met_twice_count_in_each_run_and_once_as_held(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    ingest(archive, [str(drop)])
    found = sources(archive, LOCAL, by=BREAKDOWNS)
    assert [run["met"] for run in found["runs"]] == [12, 12] and all(agrees(run) for run in found["runs"])
    assert found["runs"][1]["already_held"] == 10 and troubles(found["runs"][1]) == ALL_TROUBLES & {
        ("more.zip", "locked.txt", "encrypted"), ("link.txt", None, "unreadable")}
    assert held(archive)["met"] == 12 and troubles(held(archive)) == ALL_TROUBLES


def test_list_names_each_item_once_with_its_outcome_and_what_it_is_a_duplicate_of(archive: Archive, drop: Path) -> None:
    run = ingest(archive, [str(drop)]).run_id
    for scope in (HELD, run):
        found = listed(archive, scope)
        assert len(found) == 12
        first, again = found["two again.eml", None], found["two.eml", None]
        assert {first["result"], again["result"]} == {"stored", "duplicate"}
        assert again["duplicate_of"] == first["record_id"] and first["duplicate_of"] is None     # the first by path is the primary
        copies = {found["one.eml", "terms.txt"]["record_id"], found["terms.txt", None]["record_id"]}
        assert {found["one.eml", "terms.txt"]["duplicate_of"], found["terms.txt", None]["duplicate_of"]} - {None} < copies
        assert found["more.zip", "locked.txt"]["record_id"] is None and not found["more.zip", "locked.txt"]["kept"]


def test_two_outcomes_of_one_item_are_one_trouble(archive: Archive, drop: Path) -> None:
    report = ingest(archive, [str(drop)])
    assert len(report.troubles) == report.counts["failed"] + report.counts["skipped"] == 5


def test_trouble_of_a_place_that_a_later_run_went_through_is_none_any_more(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    (drop / "link.txt").unlink()
    ingest(archive, [str(drop / "mails")])
    assert ("link.txt", None, "unreadable") in troubles(held(archive))
    ingest(archive, [str(drop)])
    assert ("link.txt", None, "unreadable") not in troubles(held(archive)) and held(archive)["met"] == 11


def test_file_that_can_be_had_in_the_end_leaves_the_troubles(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    (drop / "link.txt").unlink()
    (drop / "link.txt").write_text("a file now\n")
    ingest(archive, [str(drop / "link.txt")])
    assert ("link.txt", None, "unreadable") not in troubles(held(archive)) and held(archive)["met"] == 12


def test_run_that_was_broken_off_says_what_waits_and_adds_up(archive: Archive, drop: Path) -> None:
    for number in range(600):
        (drop / f"n{number:03d}.txt").write_text(f"note {number}\n")
    asked = iter([False] * 2)
    report = ingest(archive, [str(drop)], stopping=lambda: next(asked, True))
    assert report.status == "interrupted" and report.waiting > 0
    found = sources(archive, LOCAL, by=BREAKDOWNS)
    assert found["adds_up"] and agrees(found["runs"][0]) and found["held"]["waiting"] == report.waiting
    ingest(archive, [str(drop)])
    assert held(archive)["waiting"] == 0 and held(archive)["met"] == 612


def test_learning_anew_does_not_change_what_could_not_be_had(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    learn_again(archive)
    assert troubles(held(archive)) == ALL_TROUBLES


# ---------------------------------------------------------------- retry

def test_member_behind_a_password_is_a_new_item_once_it_is_known_and_no_trouble_of_any_run(archive: Archive, drop: Path) -> None:
    first = ingest(archive, [str(drop)])
    again = ingest(archive, [], retry=Retrying(codes=("encrypted",)), passwords=["wrong", PASSWORD])
    assert again.status == "finished" and again.adds_up
    left = {("locked.pdf", None, trouble.code) for trouble in again.troubles}     # open now, and a blank page
    assert len(left) == len(again.troubles) == 1 and "encrypted" not in {trouble.code for trouble in again.troubles}
    found = listed(archive)
    assert found["more.zip", "locked.txt"]["result"] == "stored" and found["locked.pdf", "inside.txt"]["result"] == "stored"
    assert troubles(held(archive)) == {t for t in ALL_TROUBLES if t[2] != "encrypted"} | left
    before = next(run for run in sources(archive, LOCAL, by=BREAKDOWNS)["runs"] if run["run_id"] == first.run_id)
    assert agrees(before) and before["met"] == first.met and before["stored"] == first.counts["stored"] + 1
    text = archive.catalogue.texts([found["more.zip", "locked.txt"]["record_id"]], LOCAL)
    assert "only who knows" in text[found["more.zip", "locked.txt"]["record_id"]]


def test_retry_without_the_password_leaves_everything_as_it_was(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    before = held(archive)
    again = ingest(archive, [], retry=Retrying())
    assert again.adds_up and troubles(held(archive)) == ALL_TROUBLES
    assert {k: held(archive)[k] for k in ("met", *RESULTS)} == {k: before[k] for k in ("met", *RESULTS)}


def test_retry_together_with_the_same_paths_adds_up(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    for passwords in ([], [PASSWORD]):
        again = ingest(archive, [str(drop)], retry=Retrying(), passwords=passwords)
        assert again.adds_up and again.met == (13 if passwords else 12)     # the file inside the PDF is new
        assert agrees(sources(archive, LOCAL, by=BREAKDOWNS)["runs"][-1])
    assert held(archive)["met"] == 13


@pytest.mark.parametrize(("wanted", "names"), [
    (Retrying(codes=("empty", "unsupported")), {"empty.txt", "unknown.bin"}), (Retrying(paths=("*.pdf",)), {"locked.pdf"}),
    (Retrying(paths=("papers/*.zip#locked*",)), {"more.zip"}), (Retrying(paths=("mails/*",)), set()), (Retrying(), {"empty.txt", "unknown.bin", "locked.pdf",
                                                                                                                "more.zip"})])
def test_retry_takes_the_subset_that_is_asked_for(archive: Archive, drop: Path, wanted: Retrying, names: set[str]) -> None:
    run = ingest(archive, [str(drop)]).run_id
    again = ingest(archive, [], retry=wanted)
    retried = {Path(each["path"]).name for each in items(archive, LOCAL, again.run_id) if each["inner"] is None}
    assert retried == names
    other = ingest(archive, [str(drop / "mails")]).run_id
    assert archive.catalogue.retry(archive.catalogue.begin_run("", [], "local", "", ""), Retrying(run_id=other)) == 0
    assert archive.catalogue.retry(archive.catalogue.begin_run("", [], "local", "", ""), Retrying(run_id=run)) == 4


def test_named_record_is_read_again_whatever_became_of_it(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    mail_id = listed(archive)["two.eml", None]["record_id"]
    again = ingest(archive, [], retry=Retrying(record_ids=(mail_id,)))
    assert (again.met, again.counts["stored"]) == (1, 1)


@pytest.mark.parametrize("wanted", [Retrying(run_id="nothing"), Retrying(record_ids=("0" * 20,))])
def test_retry_of_what_is_not_there_is_told_before_a_run_begins(archive: Archive, drop: Path, wanted: Retrying) -> None:
    with pytest.raises(NotFound):
        ingest(archive, [], retry=wanted)
    assert archive.catalogue.runs() == []


# ---------------------------------------------------------------- who may see it, and the command

@pytest.mark.parametrize("viewer", [Viewer("a", "agent"), Viewer("a", "agent", privileged=True), Viewer("a", "legal", frozenset({"C-1"}), True)])
def test_agent_and_who_may_see_some_clients_are_not_told(archive: Archive, viewer: Viewer) -> None:
    with pytest.raises(NotAllowed):
        count_proof(archive, viewer)
    with pytest.raises(NotAllowed):
        items(archive, viewer)


def test_folders_and_items_are_told_to_nobody_without_the_right_to_privileged_records(archive: Archive) -> None:
    auditor = Viewer("a", "auditor")
    assert count_proof(archive, auditor)["adds_up"]
    with pytest.raises(NotAllowed):
        count_proof(archive, auditor, by=("folder",))
    with pytest.raises(NotAllowed):
        items(archive, auditor)
    assert list(items(archive, Viewer("a", "auditor", privileged=True))) == []


class User:
    def __init__(self, folder: Path) -> None:
        self.environment = {"CASETRAIL_HOME": str(folder / "home"), "CASETRAIL_WORKERS": "1"}

    def types(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, list(arguments), env=self.environment)


def test_command_answers_in_words_in_json_and_item_by_item(tmp_path: Path, drop: Path) -> None:
    user = User(tmp_path)
    assert user.types("ingest", str(drop)).exit_code == 0
    told = json.loads(user.types("sources", "--json", "--by", "folder", "--by", "day").stdout)
    assert told["adds_up"] and set(told["held"]["by"]) == {"folder", "day"} and len(told["runs"][0]["troubles"]) == 5
    words = user.types("sources", "--by", "format")
    assert words.exit_code == 0 and "Held now" in words.stdout and "The sums agree" in words.stdout and "2 encrypted" in words.stdout
    listing = [json.loads(each) for each in user.types("sources", "--items").stdout.splitlines()]
    assert len(listing) == told["held"]["met"] == 12
    one = json.loads(user.types("sources", "--run", told["runs"][0]["run_id"], "--json").stdout)
    assert len(one["runs"]) == 1 and one["held"] is None
    assert user.types("sources", "--run", "nothing").exit_code == user.types("sources", "--items", "--run", "nothing").exit_code == 3


def test_codes_may_follow_retry_and_passwords_come_from_a_file(tmp_path: Path, drop: Path) -> None:
    user = User(tmp_path)
    assert user.types("ingest", str(drop)).exit_code == 0
    (tmp_path / "passwords").write_text(f"wrong\n{PASSWORD}\n")
    done = user.types("ingest", "--retry", "encrypted", "--passwords", str(tmp_path / "passwords"))
    assert done.exit_code == 0, done.output
    left = json.loads(user.types("sources", "--run", "held", "--json").stdout)["held"]
    assert left["troubles"] and "encrypted" not in {each["code"] for each in left["troubles"]}
    assert user.types("ingest", "--run", "x", str(drop)).exit_code == 2


def test_sums_that_do_not_agree_end_with_status_9(tmp_path: Path, drop: Path) -> None:
    user = User(tmp_path)
    assert user.types("ingest", str(drop)).exit_code == 0
    from sqlalchemy import text
    opened = open_archive(read_settings(user.environment))
    with opened.catalogue.write() as w:
        w.connection.execute(text("DELETE FROM items WHERE path LIKE '%two.eml'"))
    opened.close()
    told = user.types("sources")
    assert told.exit_code == 9 and "DO NOT AGREE" in told.stdout
