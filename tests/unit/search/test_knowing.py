"""What a query is resolved against is only what the viewer may see."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from unit.search.records import archive_of, read

from archive.errors import BadRequest, QuerySyntax
from archive.model.client import Client, Contact
from archive.model.fact import Fact
from archive.model.record import ReadRecord
from archive.model.viewer import LOCAL, Viewer
from archive.wiring import Archive
from search_api.search import search

ADVISER, AGENT_1, AGENT_2 = LOCAL, Viewer("a", "agent", frozenset({"C-1"}), False), Viewer("b", "agent", frozenset({"C-2"}), False)
CLIENTS = (Client("C-1", "Alder Mills Limited", ("Alder",), email_domains=("alder.example", "mills.example"),
                  contacts=(Contact("Tom Ash", "tom@home.example"),)),
           Client("C-2", "Beech Works GmbH", ("Beech",), email_domains=("beech.example",)))
RECORDS = [
    read(1, "we offer a refund", thread_id="t1", sender="ann@mills.example"),
    read(2, "advice of counsel: secretword", thread_id="t1", privileged=True),
    read(3, "the notice", thread_id="t1", date="2024-03-21"),
    read(4, "otherword", thread_id="t1", clients=("C-2",), sender="eve@beech.example"),
    read(5, "a refund", thread_id="t2", date="2024-01-01", family_id=f"{6:020x}"),
    read(6, "the notice", thread_id="t2", date="2024-05-01", family_id=f"{6:020x}", sender="tom@home.example"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    facts = {1: (Fact("amount", "12.50", (), "t", "EUR"), Fact("contract_number", "MSA-77/B", (), "t"))}
    records = [ReadRecord(r.record, r.text, facts=facts.get(n, ())) for n, r in enumerate(RECORDS, 1)]
    opened = archive_of(tmp_path_factory.mktemp("knowing"), records, CLIENTS)
    yield opened
    opened.close()


def found(archive: Archive, text: str, viewer: Viewer = ADVISER, exact: bool = False) -> set[int]:
    answer = search(archive, viewer, text, exact=exact)
    assert answer.total == len(answer.hits)
    return {int(hit.record.record_id, 16) for hit in answer.hits}


def test_threads_that_hold_two_things_are_found_with_all_their_records(archive: Archive) -> None:
    assert found(archive, "thread:{refund} AND thread:{notice}") == {1, 2, 3, 4, 5, 6}
    assert found(archive, "thread:{refund} AND thread:{notice} within 5 days") == {1, 2, 3, 4}
    assert found(archive, "thread:{refund} AND thread:{notice} within 5 days -kind:email") == set()
    assert found(archive, "family:{notice} refund") == {5}
    assert found(archive, "NOT thread:{secretword}") == {5, 6}


@pytest.mark.parametrize("text", ["thread:{secretword}", "family:{secretword}", "thread:{secretword} AND thread:{refund} within 900 days", "thread:{otherword}",
                                  "secretword", "secretword~", "/secretw.*/", "secret*", "secretword W/9 counsel", '"advice of couns*"', "is:privileged"])
def test_what_may_not_be_seen_holds_nothing(archive: Archive, text: str) -> None:
    assert found(archive, text) != set()
    assert found(archive, text, AGENT_1) == set()


def test_what_may_not_be_seen_is_missed_by_a_negation_too(archive: Archive) -> None:
    assert found(archive, "NOT thread:{secretword}", AGENT_1) == {1, 3, 5, 6}


def test_people_are_found_by_any_name_of_their_client(archive: Archive) -> None:
    for name in ("Alder", "alder.example", '"Alder Mills Limited"', "C-1"):
        assert found(archive, f"participant:{name}") == {1, 6}, name
    assert found(archive, 'from:"Tom Ash"') == {6}
    assert "also Alder Mills Limited, mills.example" in search(archive, ADVISER, "participant:Alder").understood.replace("alder.example, ", "")


def test_names_of_a_client_that_is_not_seen_are_unknown(archive: Archive) -> None:
    assert found(archive, "participant:Beech") == {4}
    assert found(archive, "participant:Beech", AGENT_1) == set()
    assert "also" not in search(archive, AGENT_1, "participant:Beech").understood
    with pytest.raises(QuerySyntax, match="no client"):
        search(archive, AGENT_1, "client:Beech")
    with pytest.raises(QuerySyntax, match="no client"):
        search(archive, AGENT_2, "client:Alder")


def test_facts_of_a_record_are_found_by_fields(archive: Archive) -> None:
    assert found(archive, "amount:EUR:12.50") == found(archive, "contract:MSA-77/B") == found(archive, "contract:msa-77-b has:amount") == {1}
    assert found(archive, "amount:USD") == set()


def test_plain_words_are_a_set_when_that_is_asked_for(archive: Archive) -> None:
    assert found(archive, "offer refund") >= {1, 5}
    assert found(archive, "offer refund", exact=True) == {1}
    assert search(archive, ADVISER, "offer refund", exact=True).mode == "exact"


def test_too_many_threads_are_named_as_such(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search_api.knowing.HOLDERS_MAX", 1)
    with pytest.raises(BadRequest, match="more than 1 threads"):
        search(archive, ADVISER, "thread:{refund}")


def test_word_of_the_same_meaning_is_shown_where_no_typed_word_is(archive: Archive) -> None:
    hits = {int(hit.record.record_id, 16): hit for hit in search(archive, ADVISER, "Erstattung xyz").hits}
    shown = hits[1].highlights[0]
    assert [shown.fragment[first - shown.start:last - shown.start] for first, last in shown.marks] == ["refund"]
