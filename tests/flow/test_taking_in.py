"""From a folder of real files to records, and from the bucket alone back to the same records; on the embedded default and on real servers."""
from __future__ import annotations

import io
import mailbox
import shutil
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest

from archive.errors import BadRequest, Conflict, NotFound
from archive.model.custody import GENESIS
from archive.model.query import MatchAll
from archive.model.record import Record
from archive.model.viewer import LOCAL
from archive.ports import Intact, RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.custody_export import imported_custody
from ingest.directory import import_directory
from ingest.feed import reindex
from ingest.pipeline import ingest, learn_again
from ingest.rebuild import rebuild

DIRECTORY = b"client_id,legal_name,trading_names,email_domains,contract_numbers\nC-1,Alder Mills Limited,Alder,alder.example,MSA-77\n"


@pytest.fixture(params=["embedded", pytest.param("servers", marks=pytest.mark.server("elasticsearch"))])
def archive(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    environment = {"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "2"}
    if request.param == "servers":
        s3 = request.getfixturevalue("s3")
        for name, value in s3.environment().items():
            monkeypatch.setenv(name, value)
        environment |= {
            "CASETRAIL_OBJECTS_URL": f"s3://{s3.bucket()}/archive", "CASETRAIL_INDEX_URL": request.getfixturevalue("elasticsearch_url"),
            "CASETRAIL_INDEX_NAME": f"flow-{tmp_path.name.lower()}", "CASETRAIL_CATALOGUE_URL": request.getfixturevalue("postgresql_database")}
    opened = open_archive(read_settings(environment))
    import_directory(opened, DIRECTORY, "local")
    yield opened
    opened.close()


def message(n: int, *, reply_to: int | None = None, attach: bytes | None = None, body: str = "") -> EmailMessage:
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = f"tom{n}@alder.example", "desk@provider.example", f"Matter {n}"
    m["Date"], m["Message-ID"] = f"Mon, {1 + n % 28:02d} Jan 2024 10:00:00 +0100", f"<{n}@alder.example>"
    if reply_to is not None:
        m["In-Reply-To"] = m["References"] = f"<{reply_to}@alder.example>"
    m.set_content(body or f"Words of message {n} about contract MSA-77.\n")
    if attach is not None:
        m.add_attachment(attach, maintype="text", subtype="plain", filename="note.txt")
    return m


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    """A folder with one mail, an mbox of three, a zip of two, a loose copy, an empty file and one with odd bytes in its name."""
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "one.eml").write_bytes(bytes(message(0, attach=b"the attached note\n")))
    box = mailbox.mbox(folder / "box.mbox")
    for n in (1, 2, 3):
        box.add(message(n, reply_to=1 if n > 1 else None))
    box.close()
    with zipfile.ZipFile(folder / "more.zip", "w") as z:
        z.writestr("in/letter.txt", "A letter to Alder Mills Limited\n")
        z.writestr("in/reply.eml", bytes(message(9, attach=b"deeper\n")))
    (folder / "note.txt").write_bytes(b"the attached note\n")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "b\udce9b\udce9.txt".encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")).write_bytes(b"odd name\n")
    return folder


def records(archive: Archive) -> dict[tuple[str, str | None], Record]:
    return {(Path(r.source_paths[0]).name, r.inner): r for r in archive.catalogue.records(RecordFilter(), LOCAL)}


def agree(archive: Archive) -> int:
    """Return how many records there are, seen that objects, catalogue and index hold the same."""
    count = archive.catalogue.count_records()
    assert archive.index.count(MatchAll()) == count
    assert set(archive.index.ids(MatchAll())) == {r.record_id for r in archive.catalogue.records(RecordFilter(), LOCAL)}
    from archive.model.digest import original_key
    for item in archive.catalogue.items():
        assert isinstance(archive.objects.check(original_key(item.digest), item.digest), Intact)
    return count


def test_folder_becomes_records_and_every_item_is_counted(archive: Archive, drop: Path) -> None:
    report = ingest(archive, [str(drop)])
    found = records(archive)
    assert set(found) == {
        ("one.eml", None), ("one.eml", "note.txt"), ("box.mbox", "<1@alder.example>"), ("box.mbox", "<2@alder.example>"), ("box.mbox", "<3@alder.example>"),
        ("more.zip", None), ("more.zip", "in/letter.txt"), ("more.zip", "in/reply.eml"), ("more.zip", "in/reply.eml#note.txt"),
        ("note.txt", None), ("empty.txt", None), ("b\\xe9b\\xe9.txt", None)}
    assert report.adds_up and report.met == 13 and report.status == "finished"          # the mailbox itself is an item, and no record
    assert report.counts == {"stored": 11, "duplicate": 1, "already_held": 0, "skipped": 0, "failed": 1}
    assert [(Path(t.path).name, t.code, t.kept) for t in report.troubles] == [("empty.txt", "empty", True)]
    assert agree(archive) == 12


def test_families_threads_copies_and_clients_are_drawn(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    found = records(archive)
    mail, note, loose = found["one.eml", None], found["one.eml", "note.txt"], found["note.txt", None]
    assert note.family_id == mail.record_id == note.parent_id and mail.children == 1
    assert loose.duplicate_of == note.record_id or note.duplicate_of == loose.record_id
    box = [found["box.mbox", f"<{n}@alder.example>"] for n in (1, 2, 3)]
    assert len({m.thread_id for m in box}) == 1 and all(m.family_id == m.record_id for m in box)
    assert found["more.zip", "in/reply.eml#note.txt"].family_id == found["more.zip", "in/reply.eml"].record_id
    assert all(r.clients == ("C-1",) for key, r in found.items() if key[0] in ("one.eml", "box.mbox", "more.zip"))


def test_same_command_again_changes_nothing(archive: Archive, drop: Path) -> None:
    first = ingest(archive, [str(drop)])
    before, changes = records(archive), archive.catalogue.last_change()
    again = ingest(archive, [str(drop)])
    assert again.met == first.met and again.counts["already_held"] == first.met and again.adds_up
    assert records(archive) == before and archive.catalogue.last_change() == changes


def test_named_source_sent_again_from_elsewhere_is_known_by_its_relative_paths(archive: Archive, drop: Path, tmp_path: Path) -> None:
    ingest(archive, [str(drop)], source="crm")
    shutil.copytree(drop, tmp_path / "tuesday")
    again = ingest(archive, [str(tmp_path / "tuesday")], source="crm")
    assert again.counts["already_held"] == again.met == 13
    assert all(len(r.source_paths) == 2 for r in archive.catalogue.records(RecordFilter(), LOCAL))
    assert agree(archive) == 12


def test_copy_elsewhere_without_a_name_is_a_record_of_its_own_stored_once(archive: Archive, drop: Path, tmp_path: Path) -> None:
    ingest(archive, [str(drop)])
    originals = len([k for k in archive.objects.keys("v1/sha256/") if "." not in k])
    shutil.copytree(drop, tmp_path / "z-copy")
    again = ingest(archive, [str(tmp_path / "z-copy")])
    assert again.counts["duplicate"] + again.counts["failed"] == again.met
    assert len([k for k in archive.objects.keys("v1/sha256/") if "." not in k]) == originals
    assert sum(r.duplicate_of is None for r in archive.catalogue.records(RecordFilter(), LOCAL)) == 11


def test_catalogue_is_rebuilt_from_the_bucket_alone(archive: Archive, drop: Path, tmp_path: Path) -> None:
    ingest(archive, [str(drop)], custodian="Tom Alder", source="crm")
    before = records(archive)
    lost = open_archive(read_settings({
        "CASETRAIL_HOME": str(tmp_path / "new"), "CASETRAIL_OBJECTS_URL": archive.settings.objects_url}))
    report = rebuild(lost, "local")
    assert report.adds_up and report.met == 13
    after = records(lost)
    assert after == before
    assert agree(lost) == 12
    events = list(lost.catalogue.custody())
    assert events[0].previous == GENESIS and [e.seq for e in events] == list(range(1, len(events) + 1))
    assert imported_custody(lost) == events
    with pytest.raises(Conflict):
        rebuild(lost, "local")
    lost.close()


def test_reindex_gives_the_same_records_in_a_new_version_and_searches_go_on(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    old, seen = archive.index.current(), set(archive.index.ids(MatchAll()))
    new = reindex(archive, "local", lambda done, of: _still(archive, seen))
    assert archive.index.current() == new != old and old not in archive.index.versions()
    assert set(archive.index.ids(MatchAll())) == seen


def _still(archive: Archive, seen: set[str]) -> None:
    assert set(archive.index.ids(MatchAll())) == seen


def test_directory_that_comes_late_is_applied_to_what_is_held(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    import_directory(archive, b"client_id,legal_name,email_domains\nC-2,Beech Works Inc,provider.example\nC-1,Alder Mills Limited,alder.example\n", "local")
    learn_again(archive)
    assert records(archive)["one.eml", None].clients == ("C-1", "C-2")
    assert agree(archive) == 12


def test_path_that_does_not_exist_is_told_before_anything_is_taken_in(archive: Archive, drop: Path) -> None:
    with pytest.raises(BadRequest, match="does not exist"):
        ingest(archive, [str(drop), str(drop / "nowhere")])
    with pytest.raises(NotFound, match="client"):
        ingest(archive, [str(drop)], client="C-404")
    assert archive.catalogue.count_items() == 0 and archive.catalogue.runs() == []


def test_run_that_is_asked_to_stop_is_gone_on_with_by_the_same_command(archive: Archive, drop: Path) -> None:
    for n in range(600):
        (drop / f"m{n:03d}.txt").write_text(f"words {n}")
    asked = iter([False] * 3)
    first = ingest(archive, [str(drop)], stopping=lambda: next(asked, True))
    assert first.status == "interrupted" and first.adds_up
    second = ingest(archive, [str(drop)])
    assert second.status == "finished" and second.met == 613 and second.adds_up
    assert agree(archive) == 612


def test_original_comes_back_to_the_byte(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    from archive.model.digest import original_key
    for (name, inner), record in records(archive).items():
        with archive.objects.open(original_key(record.digest)) as stream:
            content = stream.read()
        assert len(content) == record.size_bytes
        if inner is None and "\\x" not in name:
            assert content == (drop / name).read_bytes()
    with zipfile.ZipFile(io.BytesIO((drop / "more.zip").read_bytes())) as z, \
            archive.objects.open(original_key(records(archive)["more.zip", "in/reply.eml"].digest)) as stream:
        assert stream.read() == z.read("in/reply.eml")
