"""The check of the whole archive, over a real object directory that is tampered with behind its back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from builders.bundles import chained

from archive.adapters.objects_directory import DirectoryObjects
from archive.errors import Unavailable
from archive.model.custody import ChainedEvent, Event, chain
from archive.model.digest import Digest, ObjectKey, custody_key, digest_of, origin_key, original_key
from archive.model.item import Item, Place, record_id_of
from archive.ports import FixityResult, NewObject, ObjectStore, Unchecked
from evidence import ArchiveVerdict, verify_archive
from evidence.tables import event_line

CONTENTS = (b"first", b"second", b"", b"first")


def item(number: int, content: bytes) -> Item:
    place = Place(f"drop/{number}.txt", f"drop/{number}.txt")
    digest = digest_of(content)
    record_id = record_id_of(place, digest)
    return Item(record_id, digest, len(content), place, "", "", "", None, record_id, 0, 0, "", "", "2025-01-01T00:00:00Z", "run")


ITEMS = tuple(sorted((item(n, c) for n, c in enumerate(CONTENTS)), key=lambda i: i.record_id))


def statement(of: Item) -> bytes:
    return json.dumps({"record_id": of.record_id, "sha256": of.digest}).encode()


def put(objects: ObjectStore, key: ObjectKey, content: bytes) -> None:
    objects.put_all([NewObject(key, content, digest_of(content))])


@pytest.fixture
def objects(tmp_path: Path) -> DirectoryObjects:
    store = DirectoryObjects(tmp_path / "objects")
    for content in dict.fromkeys(CONTENTS):
        put(store, original_key(digest_of(content)), content)
    for one in ITEMS:
        put(store, origin_key(one.digest, one.record_id, one.place.path), statement(one))
    return store


def check(
    objects: ObjectStore,
    events: list[ChainedEvent] | None = None,
    index: int | None = 4,
    catalogue: int | None = 4,
    items: tuple[Item, ...] = ITEMS,
) -> ArchiveVerdict:
    return verify_archive(items, objects, chained(5) if events is None else events, index, catalogue)


def found(verdict: ArchiveVerdict) -> set[tuple[str, str, str]]:
    return {(f.level, f.code, f.subject) for f in verdict.findings}


def stored(tmp_path: Path, key: str) -> Path:
    path = tmp_path / "objects" / key
    path.chmod(0o644)
    return path


FIRST = ITEMS[0]


def test_whole_archive_is_intact_and_same_bytes_are_read_once(objects: DirectoryObjects) -> None:
    verdict = check(objects)
    assert verdict.intact, verdict.report()
    assert (verdict.items, verdict.originals, verdict.bytes_read, verdict.statements, verdict.events) == (4, 3, 11, 4, 5)
    assert verdict.head == chained(5)[-1].digest


def test_flipped_bit_in_the_store_is_reported_as_mismatch(objects: DirectoryObjects, tmp_path: Path) -> None:
    path = stored(tmp_path, original_key(digest_of(b"second")))
    path.write_bytes(b"secone")
    verdict = check(objects)
    (subject,) = [i.record_id for i in ITEMS if i.digest == digest_of(b"second")]
    assert found(verdict) == {("alarm", "mismatch", subject)}
    assert verdict.status == "broken"


def test_original_that_is_gone_is_missing(objects: DirectoryObjects, tmp_path: Path) -> None:
    stored(tmp_path, original_key(digest_of(b"second"))).unlink()
    assert {f.code for f in check(objects).findings} == {"missing"}


def test_size_that_the_catalogue_has_wrong_is_told(objects: DirectoryObjects) -> None:
    wrong = tuple(replace(i, size_bytes=i.size_bytes + 1) if i is FIRST else i for i in ITEMS)
    assert {f.code for f in check(objects, items=wrong).findings} <= {"size"}
    assert check(objects, items=wrong).status == "broken"


def test_origin_statement_that_is_gone_or_of_another_item_is_told(objects: DirectoryObjects, tmp_path: Path) -> None:
    path = stored(tmp_path, origin_key(FIRST.digest, FIRST.record_id, FIRST.place.path))
    path.write_bytes(statement(ITEMS[1]))
    assert found(check(objects)) == {("alarm", "origin", FIRST.record_id)}
    path.write_bytes(b"\xff no json")
    assert found(check(objects)) == {("alarm", "origin", FIRST.record_id)}
    path.unlink()
    assert found(check(objects)) == {("alarm", "no_origin", FIRST.record_id)}


def test_kept_bytes_without_an_item_are_a_note_and_no_alarm(objects: DirectoryObjects) -> None:
    put(objects, original_key(digest_of(b"left by a run that died")), b"left by a run that died")
    verdict = check(objects)
    assert {f.code for f in verdict.findings} == {"unaccounted"}
    assert verdict.intact


def test_event_that_was_changed_breaks_its_own_digest(objects: DirectoryObjects) -> None:
    events = chained(5)
    events[2] = replace(events[2], event=replace(events[2].event, actor="somebody else"))
    assert found(check(objects, events)) == {("alarm", "chain", "custody event 3")}


def test_event_that_was_changed_with_its_digest_breaks_the_next_link(objects: DirectoryObjects) -> None:
    events = chained(5)
    events[2] = chain(3, events[2].at, Event("exported", "somebody else", "x", {}), events[1].digest)
    assert found(check(objects, events)) == {("alarm", "chain", "custody event 4")}


def test_event_that_was_taken_out_is_a_hole(objects: DirectoryObjects) -> None:
    events = chained(5)
    del events[2]
    assert found(check(objects, events)) == {("alarm", "hole", "custody event 4"), ("alarm", "chain", "custody event 4")}


def test_log_cut_at_its_end_is_found_by_the_copy_in_the_store(objects: DirectoryObjects) -> None:
    put(objects, custody_key(1, 3), b"".join(event_line(e) for e in chained(3)))
    put(objects, custody_key(4, 5), b"".join(event_line(e) for e in chained(5)[3:]))
    assert check(objects).intact
    assert found(check(objects, chained(3))) == {("alarm", "hole", "custody event 4"), ("alarm", "hole", "custody event 5")}
    assert check(objects, chained(9)).intact


def test_log_written_anew_from_the_start_differs_from_the_copy_in_the_store(objects: DirectoryObjects) -> None:
    put(objects, custody_key(1, 5), b"".join(event_line(e) for e in chained(5)))
    anew: list[ChainedEvent] = []
    for e in chained(5):
        anew.append(chain(e.seq, e.at, replace(e.event, actor="x"), anew[-1].digest if anew else e.previous))
    assert found(check(objects, anew)) == {("alarm", "chain", f"custody event {n}") for n in range(1, 6)}


def test_segment_that_is_no_list_of_events_is_told(objects: DirectoryObjects) -> None:
    put(objects, custody_key(1, 5), b"no json\n")
    assert {f.code for f in check(objects).findings} == {"custody_copy"}


def test_counts_that_differ_are_told_and_unknown_ones_are_unchecked(objects: DirectoryObjects) -> None:
    assert found(check(objects, index=3)) == {("alarm", "count", "index")}
    unknown = check(objects, index=None)
    assert found(unknown) == {("unchecked", "count", "index")}
    assert unknown.status == "unchecked"


class Refusing(DirectoryObjects):
    """A store that is down while it is asked."""

    def check(self, key: ObjectKey, digest: Digest) -> FixityResult:
        return Unchecked("the server does not answer")

    def keys(self, prefix: str) -> Iterator[ObjectKey]:
        raise Unavailable("The store cannot be reached.")


def test_store_that_does_not_answer_is_unchecked_and_no_mismatch(objects: DirectoryObjects, tmp_path: Path) -> None:
    verdict = check(Refusing(tmp_path / "objects"))
    assert verdict.status == "unchecked"
    assert {f.level for f in verdict.findings} == {"unchecked"}
    assert "NOT CHECKED" in verdict.report()


def test_findings_beyond_the_limit_are_counted_and_still_decide(objects: DirectoryObjects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evidence.archive_check.FINDINGS_KEPT", 1)
    events = chained(5)
    del events[2]
    verdict = check(objects, events, index=None)
    assert (len(verdict.findings), verdict.findings_total, verdict.status) == (1, 3, "broken")
    assert "and 2 further findings" in verdict.report()


def test_empty_archive_is_intact(tmp_path: Path) -> None:
    verdict = check(DirectoryObjects(tmp_path / "empty"), [], 0, 0, ())
    assert verdict.intact
    assert verdict.head == ""
