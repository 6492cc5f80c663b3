"""A mail that exists only as quoted words in another becomes a record of its own, marked as derived from it."""
from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from archive.model.record import Record
from archive.model.viewer import LOCAL, Viewer
from archive.ports import RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.directory import import_directory
from ingest.pipeline import ingest, learn_again

DIRECTORY = b"client_id,legal_name,email_domains\nC-1,Alder Mills Limited,alder.example\n"
LOST = """We cannot go on at this price beyond March, and I said so on the phone.
Please send the figures for the last two quarters before Friday.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home")}))
    yield opened
    opened.close()


def mail(sender: str, subject: str, date: str, body: str, name: str) -> bytes:
    m = EmailMessage()
    m["From"], m["To"], m["Subject"], m["Date"], m["Message-ID"] = sender, "desk@provider.example", subject, date, f"<{name}@x.example>"
    m.set_content(body)
    return bytes(m)


FORWARD = mail("Jo Beck <jo@provider.example>", "FW: Price from April", "Tue, 05 Mar 2024 09:00:00 +0100", f"""See what Tom wrote.

-----Original Message-----
From: Tom Alder <tom@alder.example>
Sent: Monday, March 4, 2024 4:31 PM
To: Jo Beck
Subject: Price from April

{LOST}""", "fw")
ITSELF = mail("Tom Alder <tom@alder.example>", "Price from April", "Mon, 04 Mar 2024 16:31:10 +0000", LOST, "itself")


def records(archive: Archive) -> dict[tuple[str, str | None], Record]:
    return {(Path(r.source_paths[0]).name, r.inner): r for r in archive.catalogue.records(RecordFilter(), LOCAL)}


def test_lost_mail_is_a_record_with_its_sender_time_and_words(archive: Archive, tmp_path: Path) -> None:
    import_directory(archive, DIRECTORY, "local")
    (tmp_path / "fw.eml").write_bytes(FORWARD)
    report = ingest(archive, [str(tmp_path / "fw.eml")])
    assert report.adds_up and report.met == 2
    outer, lost = records(archive)["fw.eml", None], records(archive)["fw.eml", "quoted-1.eml"]
    assert lost.derived_from == outer.record_id and outer.derived_from is None and outer.children == 0
    assert (lost.sender, lost.subject, lost.date, lost.clients) == ("tom@alder.example", "Price from April", "2024-03-04", ("C-1",))
    assert archive.catalogue.texts([lost.record_id], LOCAL)[lost.record_id].split() == LOST.split()
    assert lost.thread_id == outer.thread_id and lost.family_id == outer.family_id
    again = ingest(archive, [str(tmp_path / "fw.eml")])
    assert again.counts["already_held"] == again.met == 2 and len(records(archive)) == 2


def test_mail_that_is_held_is_not_derived(archive: Archive, tmp_path: Path) -> None:
    import_directory(archive, DIRECTORY, "local")
    (tmp_path / "a.eml").write_bytes(FORWARD)
    (tmp_path / "b.eml").write_bytes(ITSELF)
    ingest(archive, [str(tmp_path / "a.eml"), str(tmp_path / "b.eml")])
    found = records(archive)
    assert set(found) == {("a.eml", None), ("b.eml", None)}
    assert len({r.thread_id for r in found.values()}) == 1


def test_mail_that_comes_later_goes_before_what_was_derived(archive: Archive, tmp_path: Path) -> None:
    import_directory(archive, DIRECTORY, "local")
    (tmp_path / "a.eml").write_bytes(FORWARD)
    ingest(archive, [str(tmp_path / "a.eml")])
    (tmp_path / "b.eml").write_bytes(ITSELF)
    ingest(archive, [str(tmp_path / "b.eml")])
    found = records(archive)
    assert found["a.eml", "quoted-1.eml"].duplicate_of == found["b.eml", None].record_id
    learn_again(archive)
    assert records(archive)["a.eml", "quoted-1.eml"].duplicate_of == found["b.eml", None].record_id


def test_what_two_mails_quote_is_derived_once(archive: Archive, tmp_path: Path) -> None:
    import_directory(archive, DIRECTORY, "local")
    (tmp_path / "a.eml").write_bytes(FORWARD)
    (tmp_path / "b.eml").write_bytes(FORWARD.replace(b"See what Tom wrote.", b"For your file.").replace(b"<fw@", b"<fw2@").replace(b"09:00", b"09:05"))
    ingest(archive, [str(tmp_path / "a.eml"), str(tmp_path / "b.eml")])
    assert sum(r.derived_from is not None for r in records(archive).values()) == 1


def test_derived_mail_is_as_closed_as_the_one_that_quotes_it(archive: Archive, tmp_path: Path) -> None:
    import_directory(archive, DIRECTORY, "local")
    (tmp_path / "a.eml").write_bytes(FORWARD.replace(b"See what Tom wrote.", b"PRIVILEGED AND CONFIDENTIAL - legal advice of counsel. See what Tom wrote."))
    ingest(archive, [str(tmp_path / "a.eml")])
    assert all(r.privileged for r in records(archive).values()) and len(records(archive)) == 2
    assert list(archive.catalogue.records(RecordFilter(), Viewer("a", "agent", frozenset({"C-1"})))) == []


def test_mail_of_no_known_client_is_not_derived_until_it_has_one(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(FORWARD)
    ingest(archive, [str(tmp_path / "a.eml")])
    assert len(records(archive)) == 1
    import_directory(archive, DIRECTORY, "local")
    learn_again(archive)
    ingest(archive, [str(tmp_path / "a.eml")])
    assert len(records(archive)) == 2
