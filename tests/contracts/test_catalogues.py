"""One suite for the catalogue: SQLite and a real PostgreSQL."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from archive.adapters.catalogue import SqlCatalogue
from archive.adapters.catalogue.migrate import HEAD, NEW_SQLITE, migrate, statements_of
from archive.adapters.catalogue.schema import metadata
from archive.clock import SystemClock
from archive.errors import BadSettings, NotFound, Unavailable
from archive.model.client import Client
from archive.model.custody import GENESIS, Event, link_digest
from archive.model.digest import Digest, digest_of
from archive.model.extracted import Extracted, Mail, Participant
from archive.model.fact import ClientEvidence, Derived, Enriched, Fact
from archive.model.item import Item, Place, record_id_of
from archive.model.outcome import Done, Failed, Outcome, Skipped
from archive.model.run import Retrying, Trouble
from archive.model.viewer import LOCAL, Viewer
from archive.owner import owner_name
from archive.ports import Reading, RecordFilter

AGENT = Viewer("agent", "agent", frozenset({"A"}), False)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server("postgresql"))])
def catalogue_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/catalogue.db"
    return str(request.getfixturevalue("postgresql_database"))


@pytest.fixture
def catalogue(catalogue_url: str) -> Iterator[SqlCatalogue]:
    opened = SqlCatalogue(catalogue_url, SystemClock())
    yield opened
    opened.close()


def item(path: str, content: bytes = b"x", *, inner: str | None = None, parent: Item | None = None, family: str | None = None, run: str = "r") -> Item:
    place = Place(path, path, inner)
    name = record_id_of(place, digest_of(content))
    return Item(name, digest_of(content), len(content), place, "", "", "", parent.record_id if parent else None, family or name,
                parent.depth + 1 if parent else 0, 0, "", "", "2026-01-01T00:00:00.000Z", run)


def reading(i: Item, words: str = "", *, client: str = "", privileged: bool = False, mail: Mail | None = None, date: str | None = None,
            outcome: Outcome | None = None, container: bool = False, facts: tuple[Fact, ...] = ()) -> Reading:
    outcome = outcome or Done()
    enriched = Enriched(
        Derived("email" if mail else "other", "test"), (Derived("interaction", "test"),) if mail else (), Derived(date, "test") if date else None,
        privileged=Derived("true", "marked") if privileged else None, facts=facts,
        clients=(ClientEvidence(client, f"number of {client}", "test", 0.9),) if client else ())
    extracted = Extracted(outcome, words, mail=mail, container=container, participants=(Participant("from", "x@y.example", "X"),) if mail else ())
    return Reading(i.record_id, "text/plain", "email" if mail else "text", "structure", extracted, None if container else enriched,
                   {"identify": Done(), "extract": outcome, "enrich": Done()})


def take(catalogue: SqlCatalogue, *items: Item) -> str:
    run = catalogue.begin_run("", ["/x"], "local", "", "")
    catalogue.take_in(run, items, [])
    return run


def mail(message_id: str, *references: str) -> Mail:
    return Mail(message_id, references=references, sent_at="2024-05-06T10:00:00+02:00", sent_basis="header Date")


def test_migrations_make_the_schema_that_the_code_uses(catalogue: SqlCatalogue) -> None:
    with catalogue.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == HEAD


def test_statements_that_make_a_new_database_are_what_all_migrations_add_up_to() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    migrate(engine)
    assert NEW_SQLITE.read_text("utf-8") == statements_of(engine), "run `python -m archive.adapters.migrations` after adding a migration"


def test_catalogue_of_a_newer_version_is_refused(catalogue: SqlCatalogue, catalogue_url: str) -> None:
    with catalogue.write() as w:
        w.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    catalogue.close()
    with pytest.raises(BadSettings, match="newer"):
        SqlCatalogue(catalogue_url, SystemClock())


def test_every_item_met_has_one_result_and_they_add_up(catalogue: SqlCatalogue) -> None:
    a, b, c = item("/a", b"1"), item("/b", b"1"), item("/c", b"3")
    run = catalogue.begin_run("", ["/"], "local", "", "")
    met = catalogue.take_in(run, [a, b, c], [])
    met += catalogue.refuse(run, [(Trouble("/d", None, "failed", "unreadable", "no", False), None)])
    catalogue.keep(run, [reading(a, "a"), reading(b, "b"), reading(c, outcome=Failed("damaged", "broken"))])
    report = catalogue.end_run(run, "finished", met)
    assert report.adds_up and report.met == 4
    assert report.counts == {"stored": 1, "duplicate": 1, "already_held": 0, "skipped": 0, "failed": 2}
    assert [(x.path, x.code, x.kept) for x in report.troubles] == [("/c", "damaged", True), ("/d", "unreadable", False)]


def test_file_met_again_counts_with_all_that_lies_inside_it(catalogue: SqlCatalogue) -> None:
    parent = item("/m.mbox", b"box")
    child = item("/m.mbox", b"mail", inner="<1@x>", parent=parent)
    run = take(catalogue, parent, child)
    catalogue.refuse(run, [(Trouble("/m.mbox", "secret", "failed", "encrypted", "locked", False), parent.record_id)])
    again = catalogue.begin_run("", ["/"], "local", "", "")
    met = catalogue.take_in(again, [], [(parent.record_id, parent.place)])
    report = catalogue.end_run(again, "finished", met)
    assert (report.met, report.counts["already_held"], report.counts["failed"]) == (3, 2, 1)


def test_further_name_of_a_place_is_added_to_the_record_and_its_members(catalogue: SqlCatalogue) -> None:
    parent = item("/a.eml", b"mail")
    child = item("/a.eml", b"pdf", inner="x.pdf", parent=parent, family=parent.record_id)
    run = take(catalogue, parent, child)
    catalogue.keep(run, [reading(parent, "p", mail=mail("<1@x>")), reading(child, "c")])
    catalogue.take_in(catalogue.begin_run("", ["/"], "local", "", ""), [], [(parent.record_id, Place("/other/a.eml", "/a.eml"))])
    assert catalogue.record(child.record_id, LOCAL).source_paths == ("/a.eml", "/other/a.eml")


def test_item_is_pending_until_its_reading_is_kept(catalogue: SqlCatalogue) -> None:
    a = item("/a")
    run = take(catalogue, a)
    assert catalogue.claim(10, "elsewhere:1:1") == []           # leased to this process
    catalogue.release(owner_name())
    assert [p.item for p in catalogue.claim(10, owner_name())] == [a]
    catalogue.keep(run, [reading(a, "words")])
    catalogue.release(owner_name())
    assert catalogue.claim(10, owner_name()) == []


def test_lease_of_a_dead_process_is_free_at_once(catalogue: SqlCatalogue) -> None:
    import socket
    take(catalogue, item("/a"))
    catalogue.release(owner_name())
    assert len(catalogue.claim(10, f"{socket.gethostname()}:1:0")) == 1
    assert len(catalogue.claim(10, owner_name())) == 1


def test_kept_reading_comes_back_whole(catalogue: SqlCatalogue) -> None:
    a = item("/a.eml", b"mail")
    fact = Fact("agreement_date", "2024-01-02", (), "test")
    catalogue.keep(take(catalogue, a), [reading(a, "wörter\n\U0001F600", client="A", mail=mail("<1@x>"), date="2024-05-06", facts=(fact,))])
    read = catalogue.read_record(a.record_id, LOCAL)
    assert (read.text, read.facts, read.record.clients, read.record.date) == ("wörter\n\U0001F600", (fact,), ("A",), "2024-05-06")
    assert read.record.sent_at == "2024-05-06T10:00:00+02:00" and read.record.bases["client A"] == "test: number of A"
    assert catalogue.texts([a.record_id], LOCAL) == {a.record_id: read.text}


def test_attachment_inherits_client_date_and_type_of_its_mail(catalogue: SqlCatalogue) -> None:
    parent = item("/a.eml", b"mail")
    child = item("/a.eml", b"pdf", inner="x.pdf", parent=parent, family=parent.record_id)
    catalogue.keep(take(catalogue, parent, child), [reading(child, "c"), reading(parent, "p", client="A", mail=mail("<1@x>"), date="2024-05-06")])
    record = catalogue.record(child.record_id, LOCAL)
    assert (record.clients, record.date, record.record_types) == (("A",), "2024-05-06", ("interaction",))
    assert record.bases["client A"].startswith("family") and record.bases["date"].startswith("parent")
    assert record.thread_id == catalogue.record(parent.record_id, LOCAL).thread_id


def test_one_privileged_member_closes_the_whole_family_and_its_archive_file(catalogue: SqlCatalogue) -> None:
    box = item("/a.zip", b"zip")
    parent = item("/a.zip", b"mail", inner="m.eml", parent=box)
    child = item("/a.zip", b"memo", inner="m.eml#memo.docx", parent=parent, family=parent.record_id)
    run = take(catalogue, box, parent, child)
    catalogue.keep(run, [reading(parent, "p", client="A", mail=mail("<1@x>")), reading(child, "c", privileged=True), reading(box, "m.eml", client="A")])
    assert all(catalogue.record(x.record_id, LOCAL).privileged for x in (box, parent, child))
    assert list(catalogue.records(RecordFilter(), AGENT)) == []
    with pytest.raises(NotFound):
        catalogue.record(box.record_id, AGENT)
    with pytest.raises(NotFound):
        catalogue.item(box.record_id, AGENT)


def test_archive_file_is_seen_only_by_who_may_see_all_its_members(catalogue: SqlCatalogue) -> None:
    box = item("/a.zip", b"zip")
    one, two = (item("/a.zip", n.encode(), inner=n, parent=box) for n in ("one", "two"))
    catalogue.keep(take(catalogue, box, one, two), [reading(box, "list", client="A"), reading(one, "1", client="A"), reading(two, "2", client="B")])
    assert catalogue.record(box.record_id, LOCAL).clients == ("A", "B")
    assert [r.record_id for r in catalogue.records(RecordFilter(), AGENT)] == [one.record_id]


def test_thread_joins_in_whatever_order_messages_come(catalogue: SqlCatalogue) -> None:
    a, b, c = item("/a.eml", b"1"), item("/b.eml", b"2"), item("/c.eml", b"3")
    run = take(catalogue, a, b, c)
    catalogue.keep(run, [reading(a, "1", client="A", mail=mail("<1@x>"))])
    catalogue.keep(run, [reading(c, "3", mail=mail("<3@x>", "<2@x>"))])
    before = catalogue.last_change()
    assert len({catalogue.record(x.record_id, LOCAL).thread_id for x in (a, c)}) == 2
    catalogue.keep(run, [reading(b, "2", mail=mail("<2@x>", "<1@x>"))])
    assert len({catalogue.record(x.record_id, LOCAL).thread_id for x in (a, b, c)}) == 1
    assert catalogue.record(c.record_id, LOCAL).clients == ("A",) and catalogue.record(c.record_id, LOCAL).bases["client A"] == "thread"
    assert {x.read.record.record_id for x in catalogue.changes(before, 10)} >= {b.record_id, c.record_id}


def test_copy_points_to_the_first_in_order_of_path_whichever_came_first(catalogue: SqlCatalogue) -> None:
    late, early, third = item("/z", b"same"), item("/a", b"same"), item("/m", b"same")
    run = take(catalogue, late, early, third)
    catalogue.keep(run, [reading(late, "s")])
    assert catalogue.record(late.record_id, LOCAL).duplicate_of is None
    catalogue.keep(run, [reading(early, "s")])
    catalogue.keep(run, [reading(third, "s")])
    assert [catalogue.record(x.record_id, LOCAL).duplicate_of for x in (late, early, third)] == [early.record_id, None, early.record_id]


def test_mail_with_the_same_id_and_other_words_is_no_copy(catalogue: SqlCatalogue) -> None:
    a, b, c = item("/a", b"1"), item("/b", b"2"), item("/c", b"3")
    words = ((a, "same"), (b, "same"), (c, "other"))
    catalogue.keep(take(catalogue, a, b, c), [reading(i, said, mail=mail("<1@x>")) for i, said in words])
    assert [catalogue.record(x.record_id, LOCAL).duplicate_of for x in (a, b, c)] == [None, a.record_id, None]


def test_link_to_a_record_that_may_not_be_seen_is_not_told(catalogue: SqlCatalogue) -> None:
    hidden, seen = item("/a", b"same"), item("/b", b"same")
    catalogue.keep(take(catalogue, hidden, seen), [reading(hidden, "s", client="B"), reading(seen, "s", client="A")])
    assert catalogue.record(seen.record_id, LOCAL).duplicate_of == hidden.record_id
    assert catalogue.record(seen.record_id, AGENT).duplicate_of is None


def test_reader_sees_only_records_whose_clients_it_may_all_see(catalogue: SqlCatalogue) -> None:
    items = [item(f"/{n}", n.encode()) for n in ("a", "b", "ab", "none", "secret")]
    clients = ["A", "B", "", "", "A"]
    readings = [reading(i, "w", client=c, privileged=i.place.path == "/secret") for i, c in zip(items, clients, strict=True)]
    both = readings[2]
    assert both.enriched
    readings[2] = replace(both, enriched=replace(both.enriched, clients=tuple(ClientEvidence(c, c, "test", 1.0) for c in "AB")))
    catalogue.keep(take(catalogue, *items), readings)
    assert [r.name for r in catalogue.records(RecordFilter(), AGENT)] == ["a"]
    assert [r.name for r in catalogue.records(RecordFilter(), replace(AGENT, clients=frozenset("AB"), privileged=True))] == ["a", "ab", "b", "secret"]
    assert list(catalogue.records(RecordFilter(), replace(AGENT, clients=frozenset()))) == []
    assert len(list(catalogue.records(RecordFilter(), LOCAL))) == 5
    assert catalogue.texts([i.record_id for i in items], AGENT).keys() == {items[0].record_id}
    assert sorted(catalogue.audiences()) == [(), ("A",), ("A", "B"), ("B",)]


def test_records_come_by_date_then_path_and_pages_leave_none_out(catalogue: SqlCatalogue) -> None:
    items = [item(f"/{n:04d}", str(n).encode()) for n in range(450)]
    catalogue.keep(take(catalogue, *items), [reading(i, "w", date=f"2024-01-{1 + n % 7:02d}" if n % 3 else None) for n, i in enumerate(items)])
    listed = list(catalogue.records(RecordFilter(), LOCAL))
    assert [(r.date or "9999", r.source_paths[0]) for r in listed] == sorted((r.date or "9999", r.source_paths[0]) for r in listed)
    assert len({r.record_id for r in listed}) == 450


def test_container_is_no_record_and_only_who_sees_all_gets_its_item(catalogue: SqlCatalogue) -> None:
    box = item("/m.mbox", b"box")
    catalogue.keep(take(catalogue, box), [reading(box, container=True)])
    assert catalogue.count_records() == 0 and len(list(catalogue.items())) == 1
    assert catalogue.item(box.record_id, LOCAL).container
    with pytest.raises(NotFound):
        catalogue.item(box.record_id, replace(LOCAL, privileged=False))


def test_retry_makes_what_was_skipped_pending_and_a_good_reading_mends_the_count(catalogue: SqlCatalogue) -> None:
    a, b = item("/a", b"1"), item("/b", b"2")
    run = take(catalogue, a, b)
    catalogue.keep(run, [reading(a, outcome=Skipped("needs_ocr", "a picture")), reading(b, outcome=Failed("encrypted", "locked"))])
    again = catalogue.begin_run("", [], "local", "", "")
    assert catalogue.retry(again, Retrying(codes=("needs_ocr",))) == 1
    assert [p.item.record_id for p in catalogue.claim(5, owner_name())] == [a.record_id]
    catalogue.keep(again, [reading(a, "now read")])
    assert catalogue.run_report(run).counts["skipped"] == 0 and catalogue.run_report(run).counts["failed"] == 1


def test_custody_log_is_an_unbroken_chain(catalogue: SqlCatalogue) -> None:
    take(catalogue, item("/a"))
    catalogue.log([Event("searched", "local", "q", {"total": 3, "ü": "ß"})])
    events = list(catalogue.custody())
    assert [e.seq for e in events] == list(range(1, len(events) + 1))
    previous = GENESIS
    for e in events:
        assert e.previous == previous and e.digest == link_digest(e.seq, e.at, e.event, previous)
        previous = e.digest


@pytest.mark.parametrize("statement", ["UPDATE custody SET actor = 'nobody'", "DELETE FROM custody"])
def test_custody_log_refuses_change_and_removal(catalogue: SqlCatalogue, statement: str) -> None:
    catalogue.log([Event("searched", "local", "q", {})])
    with pytest.raises((DBAPIError, Unavailable)), catalogue.write() as w:
        w.connection.execute(text(statement))
    assert [e.event.actor for e in catalogue.custody()] == ["local"]


def test_write_that_fails_leaves_neither_rows_nor_events(catalogue: SqlCatalogue) -> None:
    with pytest.raises(RuntimeError), catalogue.write() as w:
        w.log(Event("searched", "local", "q", {}))
        w.take("change_seq")
        raise RuntimeError
    assert list(catalogue.custody()) == [] and catalogue.last_change() == 0


def test_directory_is_updated_by_a_second_import(catalogue: SqlCatalogue) -> None:
    none = Digest("0" * 64)
    assert catalogue.import_clients([Client("A", "Alpha Ltd"), Client("B", "Beta Ltd")], "local", none) == 2
    assert catalogue.import_clients([Client("A", "Alpha Limited"), Client("B", "Beta Ltd")], "local", none) == 1
    assert [c.legal_name for c in catalogue.clients(LOCAL)] == ["Alpha Limited", "Beta Ltd"]
    assert [c.client_id for c in catalogue.clients(AGENT)] == ["A"]
    with pytest.raises(NotFound):
        catalogue.client("B", AGENT)


def test_state_of_a_client_changes_with_every_record_that_comes_changes_or_goes(catalogue: SqlCatalogue) -> None:
    seen = [catalogue.state_of("A")]
    a, b, c = item("/a", b"1"), item("/b", b"2"), item("/c", b"3")
    run = take(catalogue, a, b, c)
    for readings in ([reading(a, "one", client="A")], [reading(b, "two", client="A")], [reading(a, "changed", client="A")], [reading(b, "two", client="B")]):
        catalogue.keep(run, readings)
        seen.append(catalogue.state_of("A"))
    catalogue.keep(run, [reading(c, "three", client="B")])
    assert catalogue.state_of("A") == seen[-1]
    assert len(set(seen)) == len(seen)


def test_key_is_found_by_its_digest_until_it_is_revoked(catalogue: SqlCatalogue) -> None:
    made = catalogue.add_key("win-back desk", "ab" * 32, AGENT, "2027-01-01T00:00:00.000Z")
    found = catalogue.key("ab" * 32)
    assert found and found.viewer == replace(AGENT, actor=f"key:{made.key_id}") and found.revoked_at is None
    catalogue.revoke_key(made.key_id, "local")
    revoked = catalogue.key("ab" * 32)
    assert revoked and revoked.revoked_at


def test_text_that_databases_cannot_hold_is_written_out(catalogue: SqlCatalogue) -> None:
    odd = item("/a\udcff\0b")
    take(catalogue, odd)
    assert next(iter(catalogue.items())).place.path == "/a\\udcff\ufffdb"


def test_change_numbers_are_seen_in_their_order_by_a_feeder(catalogue: SqlCatalogue, catalogue_url: str) -> None:
    """Two writers at once: whoever has seen change n has seen all before it."""
    import threading
    other: Callable[[], SqlCatalogue] = lambda: SqlCatalogue(catalogue_url, SystemClock())  # noqa: E731
    run = catalogue.begin_run("", [], "local", "", "")

    def write(writer: SqlCatalogue, letter: str) -> None:
        for n in range(30):
            i = item(f"/{letter}{n}", f"{letter}{n}".encode())
            writer.take_in(run, [i], [])
            writer.keep(run, [reading(i, "w")])
    writers = [other(), other()]
    threads = [threading.Thread(target=write, args=(w, letter)) for w, letter in zip(writers, "pq", strict=True)]
    for t in threads:
        t.start()
    seen: list[int] = []
    while any(t.is_alive() for t in threads):
        seen += [c.seq for c in catalogue.changes(seen[-1] if seen else 0, 100)]
    seen += [c.seq for c in catalogue.changes(seen[-1] if seen else 0, 100)]
    for w in writers:
        w.close()
    assert len(set(seen)) == len(seen) == 60


def test_items_are_found_by_the_start_of_their_canonical_name_and_members_are_not(catalogue: SqlCatalogue) -> None:
    long = "imap://a@x.example/" + "d" * 400
    names = ["imap://a@x.example/In;UIDVALIDITY=1;UID=1", "imap://a@x.example/In;UIDVALIDITY=1;UID=12", "imap://a@x.example/In;UIDVALIDITY=12;UID=1",
             "imap://a@x.example/In\u00fc%_;UIDVALIDITY=1;UID=1", "/a/b", long + "1", long + "2"]
    items = {name: item(name) for name in names}
    inside = item(names[0], b"note", inner="note.txt", parent=items[names[0]])
    take(catalogue, *items.values(), inside)
    ids = {name: each.record_id for name, each in items.items()}
    assert catalogue.held_below("imap://a@x.example/In;UIDVALIDITY=1;UID=") == {n: ids[n] for n in names[:2]}
    assert catalogue.held_below("imap://a@x.example/In\u00fc%_;") == {names[3]: ids[names[3]]}
    assert catalogue.held_below(long + "1") == {long + "1": ids[long + "1"]}
    assert catalogue.held_below("imap://b") == {} and len(catalogue.held_below("")) == len(names)


def test_catalogue_of_an_older_schema_is_brought_up_to_date_with_what_it_holds(catalogue: SqlCatalogue, catalogue_url: str) -> None:
    from alembic import command

    from archive.adapters.catalogue.migrate import alembic_config
    top = item("imap://a@x.example/In;UIDVALIDITY=1;UID=1")
    take(catalogue, top, item(top.place.path, b"note", inner="note.txt", parent=top))
    config = alembic_config()
    with catalogue.engine.connect().execution_options(casetrail_write=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")
    catalogue.close()
    opened = SqlCatalogue(catalogue_url, SystemClock())
    assert opened.held_below("imap://a@x.example/") == {top.place.canonical: top.record_id}
    opened.close()
