"""Objects, catalogue and index are tampered with, each way, and checked and mended; on the embedded default, and once on real servers."""
from __future__ import annotations

import json
import mailbox
import os
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from archive.entry import entry_of
from archive.errors import NotAllowed
from archive.model.digest import CUSTODY_PREFIX, ORIGINALS_PREFIX, ObjectKey, digest_of, members_key, origin_key, original_key
from archive.model.item import Item
from archive.model.query import MatchAll
from archive.model.record import Record
from archive.model.viewer import LOCAL, Viewer
from archive.ports import NewObject, RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from evidence import ArchiveVerdict
from ingest.pipeline import ingest
from search_api.services.verification import verify


def mail(number: int, attachment: bytes = b"") -> bytes:
    m = EmailMessage()
    m["From"], m["To"], m["Subject"] = f"ann{number}@x.example", "desk@y.example", f"Matter {number}"
    m["Date"], m["Message-ID"] = f"Mon, {1 + number:02d} Jan 2024 10:00:00 +0100", f"<{number}@x.example>"
    m.set_content(f"Words of message {number} about the contract and its end.\n")
    if attachment:
        m.add_attachment(attachment, maintype="text", subtype="plain", filename="terms.txt")
    return bytes(m)


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Sirs, we give notice with effect from 31 March 2026.\n")
    (folder / "one.eml").write_bytes(mail(1, b"terms that only lie in the mail\n"))
    box = mailbox.mbox(folder / "box.mbox")
    for number in (2, 3):
        box.add(mailbox.mboxMessage(mail(number)))
    box.close()
    with zipfile.ZipFile(folder / "more.zip", "w") as z:
        z.writestr("in/deep.eml", mail(4, b"terms deep inside\n"))
    return folder


def archive_at(environment: dict[str, str], drop: Path) -> Archive:
    archive = open_archive(read_settings(environment | {"CASETRAIL_WORKERS": "1"}))
    ingest(archive, [str(drop)])
    return archive


@pytest.fixture
def archive(tmp_path: Path, drop: Path) -> Iterator[Archive]:
    opened = archive_at({"CASETRAIL_HOME": str(tmp_path / "home")}, drop)
    yield opened
    opened.close()


def records(archive: Archive) -> dict[str, Record]:
    return {r.record_id: r for r in archive.catalogue.records(RecordFilter(), LOCAL)}


def item(archive: Archive, name: str) -> Item:
    (found,) = [i for i in archive.catalogue.items() if i.name == name]
    return found


def stored(archive: Archive, key: ObjectKey) -> Path:
    path = archive.objects.local_path(key)
    assert path is not None
    path.chmod(0o644)
    return path


def codes(verdict: ArchiveVerdict) -> set[str]:
    return {f.code for f in verdict.findings if f.level == "alarm"}


def repaired(archive: Archive) -> list[tuple[str, str]]:
    return [(e.event.subject, e.event.details["what"]) for e in archive.catalogue.custody() if e.event.action == "repaired"]


def mended(archive: Archive, code: str) -> ArchiveVerdict:
    """Check that only this is found, and that it is mended, told, and in the custody log; both ways of checking agree afterwards."""
    assert codes(verify(archive, LOCAL)) == {code}
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.intact, verdict.report()
    assert {r.code for r in verdict.repairs} == {code}
    assert [what for _, what in repaired(archive)] == [r.code for r in verdict.repairs]
    assert all(r.subject in verdict.report() for r in verdict.repairs)
    assert verify(archive, LOCAL).findings == verify(archive, LOCAL, fast=True).findings == ()
    return verdict


def test_untouched_archive_is_intact_and_repair_does_nothing(archive: Archive) -> None:
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.intact and verdict.repairs == () and repaired(archive) == []
    assert verdict.compared == verdict.index_count == verdict.catalogue_count == 8


# ---------------------------------------------------------------- originals and statements

def test_missing_original_is_stored_again_from_its_place_when_it_is_still_the_same(archive: Archive) -> None:
    letter = item(archive, "letter.txt")
    stored(archive, original_key(letter.digest)).unlink()
    assert "letter.txt" in verify(archive, LOCAL, fast=True).report()
    mended(archive, "missing")
    assert archive.objects.open(original_key(letter.digest)).read() == Path(letter.place.path).read_bytes()


@pytest.mark.parametrize("change", ["gone", "other", "folder"])
def test_missing_original_whose_file_is_no_longer_the_same_stays_an_alarm_that_names_what_is_lost(archive: Archive, change: str) -> None:
    letter = item(archive, "letter.txt")
    file = Path(letter.place.path)
    same_size = b"x" * letter.size_bytes
    file.unlink()
    if change == "other":
        file.write_bytes(same_size)
    elif change == "folder":
        file.mkdir()
    stored(archive, original_key(letter.digest)).unlink()
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.status == "broken" and codes(verdict) == {"missing"} and verdict.repairs == ()
    assert "letter.txt" in verdict.findings[0].what and archive.objects.local_path(original_key(letter.digest)) is None


def test_missing_originals_of_members_are_taken_once_more_out_of_what_they_lay_in(archive: Archive, drop: Path) -> None:
    lost = [i for i in archive.catalogue.items() if i.place.inner is not None]
    assert len(lost) == 5
    for each in lost:
        stored(archive, original_key(each.digest)).unlink()
    for file in drop.iterdir():
        file.unlink()
    mended(archive, "missing")


def test_bytes_that_do_not_match_are_never_overwritten(archive: Archive) -> None:
    letter = item(archive, "letter.txt")
    path = stored(archive, original_key(letter.digest))
    path.write_bytes(b"something else")
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.status == "broken" and codes(verdict) == {"mismatch"}
    assert path.read_bytes() == b"something else" and repaired(archive) == []


def test_mismatch_is_still_told_after_something_else_was_mended(archive: Archive) -> None:
    stored(archive, original_key(item(archive, "letter.txt").digest)).write_bytes(b"something else")
    mail_item = item(archive, "one.eml")
    stored(archive, origin_key(mail_item.digest, mail_item.record_id, mail_item.place.path)).unlink()
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.status == "broken" and codes(verdict) == {"mismatch"}
    assert [r.code for r in verdict.repairs] == ["no_origin"]


def test_missing_origin_statement_is_written_anew_as_it_was(archive: Archive) -> None:
    letter = item(archive, "letter.txt")
    path = stored(archive, origin_key(letter.digest, letter.record_id, letter.place.path))
    before = path.read_bytes()
    path.unlink()
    assert codes(verify(archive, LOCAL, fast=True)) == {"no_origin"}
    mended(archive, "no_origin")
    assert path.read_bytes() == before


def lists(archive: Archive) -> list[ObjectKey]:
    return [key for key in archive.objects.keys(ORIGINALS_PREFIX) if key.endswith(".jsonl")]


def test_members_are_stated_in_lists_beside_what_they_lay_in_and_files_of_their_own_each_for_itself(archive: Archive) -> None:
    members = [i for i in archive.catalogue.items() if i.depth]
    stated = {json.loads(line)["record_id"]: key for key in lists(archive) for line in archive.objects.open(key)}
    assert stated.keys() == {i.record_id for i in members}
    for i in members:
        (holder,) = archive.catalogue.items_of([i.parent_id or ""])
        assert stated[i.record_id].startswith(f"{original_key(holder.digest)}.{holder.record_id}.")
    alone = [key for key in archive.objects.keys(ORIGINALS_PREFIX) if key.endswith(".json")]
    assert sorted(alone) == sorted(origin_key(i.digest, i.record_id, i.place.path) for i in archive.catalogue.items() if not i.depth)


def test_lost_list_is_an_alarm_for_each_that_it_stated_and_all_are_stated_anew(archive: Archive) -> None:
    for key in lists(archive):
        stored(archive, key).unlink()
    members = {i.record_id for i in archive.catalogue.items() if i.depth}
    assert {f.subject for f in verify(archive, LOCAL, fast=True).findings if f.code == "no_origin"} == members
    assert verify(archive, LOCAL).statements == len(list(archive.catalogue.items())) - len(members)
    mended(archive, "no_origin")


@pytest.mark.parametrize("change", [lambda raw: raw.replace(b"box.mbox", b"bag.mbox"), lambda raw: raw[:-20], lambda raw: b"", lambda raw: b"[]\n"])
def test_altered_list_is_an_alarm_and_nothing_that_it_says_counts(archive: Archive, change: Callable[[bytes], bytes]) -> None:
    (key,) = [k for k in lists(archive) if b"box.mbox" in archive.objects.open(k).read()]
    path = stored(archive, key)
    changed = change(path.read_bytes())
    path.write_bytes(changed)
    assert codes(verify(archive, LOCAL)) == {"origin", "no_origin"}
    verdict = verify(archive, LOCAL, repair=True)
    assert codes(verdict) == {"origin"} and path.read_bytes() == changed
    assert {r.code for r in verdict.repairs} == {"no_origin"}


def test_list_with_the_bytes_of_another_original_does_not_state_an_item(archive: Archive) -> None:
    (key,) = [k for k in lists(archive) if b"box.mbox" in archive.objects.open(k).read()]
    content = archive.objects.open(key).read()
    first = json.loads(content.splitlines()[0])
    stored(archive, key).unlink()
    forged = content.replace(first["sha256"].encode(), item(archive, "letter.txt").digest.encode())
    holder = next(i for i in archive.catalogue.items() if i.name == "box.mbox")
    archive.objects.put_all([NewObject(members_key(holder.digest, holder.record_id, forged), forged, digest_of(forged))])
    assert first["record_id"] in {f.subject for f in verify(archive, LOCAL).findings if f.code == "no_origin"}


def test_statement_of_a_further_name_is_written_anew(archive: Archive, drop: Path) -> None:
    os.symlink(drop / "letter.txt", drop.parent / "again.txt")
    (drop.parent / "x").mkdir()
    ingest(archive, [str(drop.parent / "x" / ".." / "drop" / "letter.txt")])
    letter = item(archive, "letter.txt")
    (_, digest, path), = archive.catalogue.further_names()
    stored(archive, origin_key(digest, letter.record_id, path)).unlink()
    mended(archive, "no_origin")


def test_statement_that_is_not_of_its_item_stays_an_alarm(archive: Archive) -> None:
    letter = item(archive, "letter.txt")
    path = stored(archive, origin_key(letter.digest, letter.record_id, letter.place.path))
    path.write_bytes(b"{}\n")
    assert codes(verify(archive, LOCAL, repair=True)) == {"origin"}
    assert path.read_bytes() == b"{}\n"


# ---------------------------------------------------------------- the catalogue

@pytest.mark.parametrize("tables", [("items",), ("items", "records"), ("items", "records", "readings", "outcomes", "places", "met", "record_clients", "facts")])
def test_items_that_the_catalogue_lost_are_put_back_from_what_the_bucket_states_and_read(archive: Archive, tables: tuple[str, ...]) -> None:
    before = records(archive)
    with archive.catalogue.write() as w:
        for table in tables:
            w.connection.execute(text(f"DELETE FROM {table}"))
    assert "lost_item" in codes(verify(archive, LOCAL))
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.intact, verdict.report()
    assert {r.code for r in verdict.repairs} >= {"lost_item"} and verdict.items == 9
    assert records(archive) == before
    report = archive.catalogue.run_report(archive.catalogue.runs()[-1])
    assert report.source == "repair" and report.adds_up and report.met == 9
    assert verify(archive, LOCAL).intact


def test_one_attachment_that_the_catalogue_lost_comes_back_to_its_mail(archive: Archive) -> None:
    before, terms = records(archive), next(i for i in archive.catalogue.items() if i.name == "terms.txt" and i.depth == 1)
    with archive.catalogue.write() as w:
        w.connection.execute(text("DELETE FROM items WHERE record_id = :i"), {"i": terms.record_id})
        w.connection.execute(text("DELETE FROM records WHERE record_id = :i"), {"i": terms.record_id})
    assert {f.subject for f in verify(archive, LOCAL).findings if f.code == "lost_item"} == {terms.record_id}
    assert verify(archive, LOCAL, repair=True).intact
    assert records(archive) == before


def test_lost_item_whose_original_is_gone_too_stays_an_alarm(archive: Archive) -> None:
    letter = item(archive, "letter.txt")
    with archive.catalogue.write() as w:
        w.connection.execute(text("DELETE FROM items WHERE record_id = :i"), {"i": letter.record_id})
        w.connection.execute(text("DELETE FROM records WHERE record_id = :i"), {"i": letter.record_id})
    stored(archive, original_key(letter.digest)).unlink()
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.status == "broken" and codes(verdict) == {"lost_item"}


def test_item_that_counts_as_read_and_has_no_record_is_read_again(archive: Archive) -> None:
    before, letter = records(archive), item(archive, "letter.txt")
    with archive.catalogue.write() as w:
        w.connection.execute(text("DELETE FROM records WHERE record_id = :i"), {"i": letter.record_id})
    assert codes(verify(archive, LOCAL)) == {"item_without_record", "superfluous_entry"}
    assert verify(archive, LOCAL, repair=True).intact
    assert records(archive) == before


def test_what_a_killed_run_left_in_the_store_is_a_note_and_taken_up_by_repair(archive: Archive, tmp_path: Path, drop: Path) -> None:
    (drop / "late.txt").write_text("stored, and the run died before the catalogue knew\n")
    other = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "other"), "CASETRAIL_OBJECTS_URL": archive.settings.objects_url,
                                        "CASETRAIL_WORKERS": "1"}))
    from archive.model.item import Place, record_id_of
    from ingest.origin import statement_of
    content = (drop / "late.txt").read_bytes()
    digest, place = digest_of(content), Place(str(drop / "late.txt"), str(drop / "late.txt"))
    record_id = record_id_of(place, digest)
    late = Item(record_id, digest, len(content), place, "", "", "", None, record_id, 0, 0, "text/plain", "", "2026-01-01T00:00:00.000Z", "run")
    statement = statement_of(late)
    other.objects.put_all([NewObject(original_key(digest), content, digest),
                           NewObject(origin_key(digest, record_id, place.path), statement, digest_of(statement))])
    other.close()
    found = verify(archive, LOCAL)
    assert found.intact and {f.code for f in found.findings} == {"unaccounted"}
    assert verify(archive, LOCAL, repair=True).findings == ()
    assert archive.catalogue.record(record_id, LOCAL).name == "late.txt"


# ---------------------------------------------------------------- the index

def version(archive: Archive) -> str:
    found = archive.index.current()
    assert found is not None
    return found


def test_missing_entry_is_written_from_the_catalogue(archive: Archive) -> None:
    archive.index.delete(version(archive), [item(archive, "letter.txt").record_id])
    archive.index.commit(version(archive))
    mended(archive, "no_entry")
    assert archive.index.count(MatchAll()) == 8


def test_superfluous_entry_is_removed(archive: Archive) -> None:
    read = archive.catalogue.read_record(item(archive, "letter.txt").record_id, LOCAL)
    archive.index.upsert(version(archive), [entry_of(read) | {"record_id": "f" * 20}])
    archive.index.commit(version(archive))
    mended(archive, "superfluous_entry")


@pytest.mark.parametrize("change", [{"privileged": True}, {"audience": "C-9"}, {"kind": "invoice"}, {"date": "1999-01-01"}, {"body_exact": "other words"},
                                    {"duplicate_of": "0" * 20}, {"size_bytes": 1}, {"subject_exact": "x"}])
def test_stale_entry_is_found_by_what_it_should_hold_and_written_anew(archive: Archive, change: dict[str, str | int | bool]) -> None:
    mail_id = item(archive, "one.eml").record_id
    archive.index.upsert(version(archive), [entry_of(archive.catalogue.read_record(mail_id, LOCAL)) | change])
    archive.index.commit(version(archive))
    verdict = mended(archive, "stale_entry")
    assert [r.subject for r in verdict.repairs] == [mail_id]


def test_empty_index_is_built_anew(archive: Archive) -> None:
    archive.index.delete(version(archive), sorted(records(archive)))
    archive.index.commit(version(archive))
    assert verify(archive, LOCAL).findings_total == 8
    assert verify(archive, LOCAL, repair=True).intact
    assert archive.index.count(MatchAll()) == 8


def test_index_that_is_gone_is_an_alarm_and_built_anew(archive: Archive, tmp_path: Path) -> None:
    import shutil
    home = archive.settings.home
    archive.close()
    shutil.rmtree(archive.settings.index_home)
    again = open_archive(read_settings({"CASETRAIL_HOME": str(home), "CASETRAIL_WORKERS": "1"}))
    assert codes(verify(again, LOCAL)) == {"no_index"}
    assert verify(again, LOCAL, repair=True).intact
    again.close()


def test_index_that_is_behind_is_catching_up_and_no_alarm(archive: Archive) -> None:
    archive.catalogue.set_watermark(version(archive), 3)
    archive.index.delete(version(archive), sorted(records(archive))[:3])
    archive.index.commit(version(archive))
    changed = {record_id for record_id, seq in archive.catalogue.marks() if seq > 3}
    gone = set(sorted(records(archive))[:3])
    verdict = verify(archive, LOCAL)
    assert verdict.behind == len(changed) > 0
    assert {f.subject for f in verdict.findings if f.code == "no_entry"} == gone - changed
    assert [f.level for f in verdict.findings if f.code == "catching_up"] == ["note"]
    assert verify(archive, LOCAL, repair=True).intact and verify(archive, LOCAL).behind == 0


# ---------------------------------------------------------------- the custody log

def test_segment_of_the_custody_log_that_is_gone_is_written_again(archive: Archive, drop: Path) -> None:
    ingest(archive, [str(drop)])
    first = next(iter(archive.objects.keys(CUSTODY_PREFIX)))
    path = stored(archive, first)
    before = path.read_bytes()
    path.unlink()
    mended(archive, "uncopied")
    assert path.read_bytes() == before


def test_event_changed_in_the_catalogue_stays_an_alarm(archive: Archive) -> None:
    with archive.catalogue.write() as w:
        w.connection.execute(text("DROP TRIGGER custody_no_update"))
        w.connection.execute(text("UPDATE custody SET actor = 'nobody' WHERE seq = 2"))
    assert codes(verify(archive, LOCAL, repair=True)) == {"chain"}


# ---------------------------------------------------------------- who may, and real servers

@pytest.mark.parametrize(("viewer", "repair"), [
    (Viewer("a", "agent", frozenset({"C-1"})), False), (Viewer("a", "auditor"), True), (Viewer("a", "agent"), True)])
def test_repair_needs_the_right_to_take_in_and_a_check_the_sight_of_all(archive: Archive, viewer: Viewer, repair: bool) -> None:
    with pytest.raises(NotAllowed):
        verify(archive, viewer, repair=repair)


@pytest.mark.server("elasticsearch")
def test_real_servers_are_checked_and_mended_alike(
        tmp_path: Path, drop: Path, monkeypatch: pytest.MonkeyPatch, s3: Any, elasticsearch_url: str, postgresql_database: str) -> None:
    for name, value in s3.environment().items():
        monkeypatch.setenv(name, value)
    bucket = s3.bucket()
    archive = archive_at({
        "CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_OBJECTS_URL": f"s3://{bucket}/archive", "CASETRAIL_INDEX_URL": elasticsearch_url,
        "CASETRAIL_INDEX_NAME": f"repair-{os.getpid()}", "CASETRAIL_CATALOGUE_URL": postgresql_database}, drop)
    before = records(archive)
    assert verify(archive, LOCAL).findings == verify(archive, LOCAL, fast=True).findings == ()
    letter, one, deep = item(archive, "letter.txt"), item(archive, "one.eml"), item(archive, "deep.eml")
    for key in (original_key(letter.digest), original_key(deep.digest), origin_key(one.digest, one.record_id, one.place.path)):
        s3.client().delete_object(Bucket=bucket, Key=f"archive/{key}")
    box = [i for i in archive.catalogue.items() if i.place.path.endswith("box.mbox")]
    with archive.catalogue.write() as w:
        for each in box:
            w.connection.execute(text("DELETE FROM items WHERE record_id = :i"), {"i": each.record_id})
            w.connection.execute(text("DELETE FROM records WHERE record_id = :i"), {"i": each.record_id})
    archive.index.upsert(version(archive), [entry_of(archive.catalogue.read_record(one.record_id, LOCAL)) | {"privileged": True}])
    archive.index.delete(version(archive), [letter.record_id])
    archive.index.commit(version(archive))
    found = codes(verify(archive, LOCAL))
    assert found == {"missing", "no_origin", "lost_item", "stale_entry", "no_entry", "superfluous_entry"}
    verdict = verify(archive, LOCAL, repair=True)
    assert verdict.intact, verdict.report()
    assert records(archive) == before
    assert verify(archive, LOCAL).findings == ()
    assert len([key for key in archive.objects.keys(ORIGINALS_PREFIX) if "." not in key]) == verdict.originals
    archive.close()
