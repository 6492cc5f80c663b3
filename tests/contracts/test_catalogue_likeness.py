"""Near duplicates, copies in two mailboxes and threads told by quotes, on every catalogue."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.adapters.catalogue import SqlCatalogue
from archive.clock import SystemClock
from archive.model.digest import digest_of
from archive.model.extracted import Extracted, Mail, Participant, QuotedMail
from archive.model.fact import ClientEvidence, Derived, Enriched, Fingerprint
from archive.model.item import Item, Place, record_id_of
from archive.model.outcome import Done
from archive.model.viewer import LOCAL
from archive.ports import Reading
from ingest.enrich.fingerprint import sketch

WORDS = [f"word{n}" for n in range(200)]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server("postgresql"))])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlCatalogue]:
    url = f"sqlite:///{tmp_path}/c.db" if request.param == "sqlite" else str(request.getfixturevalue("postgresql_database"))
    opened = SqlCatalogue(url, SystemClock())
    yield opened
    opened.close()


def put(catalogue: SqlCatalogue, path: str, words: list[str], *, client: str = "", guard: str = "paper", least: float = 0.6, date: str = "2024-01-01",
        extracted: Extracted | None = None) -> str:
    text = " ".join(words)
    place = Place(path, path)
    digest = digest_of(f"{path}{text}".encode())
    record_id = record_id_of(place, digest)
    run = catalogue.begin_run("", [path], "local", "", "")
    catalogue.take_in(run, [Item(record_id, digest, 1, place, "", "", "", None, record_id, 0, 0, "", "", "2026-01-01T00:00:00.000Z", run)], [])
    enriched = Enriched(
        Derived("other", "test"), date=Derived(date, "test"), fingerprint=Fingerprint(sketch(words), guard, least),
        clients=(ClientEvidence(client, client, "test", 1.0),) if client else ())
    told = replace(extracted, text=text) if extracted else Extracted(Done(), text)
    catalogue.keep(run, [Reading(record_id, "text/plain", "text", "structure", told, enriched, {"extract": Done()})])
    return record_id


def near(catalogue: SqlCatalogue, *ids: str) -> list[str | None]:
    return [catalogue.record(i, LOCAL).near_duplicate_of for i in ids]


def changed(n: int) -> list[str]:
    """Return the words with every n-th one replaced."""
    return [w if i % n else f"other{i}" for i, w in enumerate(WORDS)]


def test_draft_points_to_the_signed_version_whichever_came_first(catalogue: SqlCatalogue) -> None:
    draft = put(catalogue, "/c/Amendment draft v2.docx", WORDS)
    signed = put(catalogue, "/c/Amendment signed.pdf", changed(12))
    assert near(catalogue, draft, signed) == [signed, None]
    assert "word" in catalogue.record(draft, LOCAL).bases["near_duplicate_of"]


def test_third_version_that_goes_first_takes_those_that_pointed_to_the_old_primary(catalogue: SqlCatalogue) -> None:
    late = put(catalogue, "/c/b", WORDS, date="2024-03-01")
    middle = put(catalogue, "/c/c", changed(40), date="2024-02-01")
    assert near(catalogue, late, middle) == [middle, None]
    early = put(catalogue, "/c/d", changed(50), date="2024-01-01")
    assert near(catalogue, late, middle, early) == [early, early, None]


def test_papers_that_are_less_alike_or_of_another_guard_or_client_are_not_linked(catalogue: SqlCatalogue) -> None:
    ids = [put(catalogue, "/1", WORDS, client="A"), put(catalogue, "/2", changed(3), client="A"), put(catalogue, "/3", changed(40), client="B"),
           put(catalogue, "/4", changed(41), client="A", guard="invoice 5")]
    assert near(catalogue, *ids) == [None, None, None, None]


def test_copy_is_a_duplicate_and_no_near_duplicate(catalogue: SqlCatalogue) -> None:
    sent = Mail("<1@x>", sent_at="2024-05-06T10:00:00+02:00")
    same = replace(sent, message_id="<2@y>", sent_at="2024-05-06T08:00:00+00:00")
    people = (Participant("from", "tim.wragg@x.example", "Tim Wragg"),)
    one = put(catalogue, "/a", WORDS, extracted=Extracted(Done(), subject="Exit", mail=sent, participants=people))
    two = put(catalogue, "/b", WORDS, extracted=Extracted(Done(), subject="Exit", mail=same, participants=people))
    assert catalogue.record(two, LOCAL).duplicate_of == one and near(catalogue, one, two) == [None, None]


def test_mail_that_quotes_another_joins_its_thread_as_a_guess_with_its_reason(catalogue: SqlCatalogue) -> None:
    first = Mail("<1@x>", sent_at="2024-05-06T23:12:00+02:00")
    forward = Mail("<2@y>", sent_at="2024-05-08T09:00:00+02:00")
    tim = (Participant("from", "tim.wragg@x.example", ""),)
    a = put(catalogue, "/a", WORDS[:50], extracted=Extracted(Done(), subject="Exit plan", mail=first, participants=tim))
    b = put(catalogue, "/b", WORDS[50:99], extracted=Extracted(
        Done(), subject="WG: AW: Exit plan", mail=forward, participants=(Participant("from", "jo@y.example", "Jo"),),
        quoted=(QuotedMail(0, 10, "Wragg, Tim", "2024-05-07T00:12:00", "AW: Exit plan"),)))
    other = replace(first, message_id="<3@x>", sent_at="2024-05-06T23:13:00+02:00")
    c = put(catalogue, "/c", WORDS[100:], extracted=Extracted(Done(), subject="Exit plan", mail=other, participants=tim))
    threads = [catalogue.record(i, LOCAL).thread_id for i in (a, b, c)]
    assert threads[0] == threads[1] != threads[2]
    assert catalogue.record(b, LOCAL).bases["thread_id"] == "guess: quotes a mail of Wragg, Tim"


def test_items_of_one_conversation_are_one_thread(catalogue: SqlCatalogue) -> None:
    names = ("slack:w/x", "slack:w/x", "slack:w/y")
    a, b, c = (put(catalogue, f"/{n}", WORDS[n * 30:], extracted=Extracted(Done(), conversation=name)) for n, name in enumerate(names))
    threads = [catalogue.record(i, LOCAL).thread_id for i in (a, b, c)]
    assert threads[0] == threads[1] != threads[2] and threads[2]
