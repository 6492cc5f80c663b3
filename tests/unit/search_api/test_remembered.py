"""Answers that are kept: until something changes, within a bound, and never for a viewer with other rights."""
from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest

from archive.errors import NotFound
from archive.model.client import Client
from archive.model.viewer import LOCAL, Viewer
from search_api.remembered import Answer, Remembered, States, key_of


class Made:
    """Counts how often an answer is made."""

    def __init__(self, size: int = 10) -> None:
        self.times, self._size = 0, size

    def __call__(self) -> Answer:
        self.times += 1
        return Answer(b"x", self.times, self._size)


class Told:
    """A catalogue that tells a state and a last change."""

    def __init__(self) -> None:
        self.state, self.last, self.name, self.counted = "1 1", 1, "One", 0

    def client(self, client_id: str, viewer: Viewer) -> Client:
        if not viewer.sees_client(client_id):
            raise NotFound("There is no such client.")
        return Client(client_id, self.name)

    def state_of(self, client_id: str) -> str:
        self.counted += 1
        return self.state

    def last_change(self) -> int:
        return self.last


AGENT = Viewer("key:1", "agent", frozenset({"C-1"}), False)


def test_answer_is_made_once_for_one_key_and_anew_for_another() -> None:
    made, kept = Made(), Remembered(1000)
    assert [kept.answer("a", made).records, kept.answer("a", made).records, kept.answer("b", made).records] == [1, 1, 2]


def test_oldest_answers_go_when_the_bound_is_reached() -> None:
    made, kept = Made(40), Remembered(100)
    for key in ("a", "b", "a", "c"):
        kept.answer(key, made)
    assert made.times == 3
    kept.answer("a", made)
    assert made.times == 3
    kept.answer("b", made)
    assert made.times == 4


@pytest.mark.parametrize("limit", [0, 5])
def test_answer_larger_than_the_bound_is_not_kept(limit: int) -> None:
    made, kept = Made(10), Remembered(limit)
    kept.answer("a", made)
    kept.answer("a", made)
    assert made.times == 2


def test_answer_that_fails_is_asked_for_again() -> None:
    kept = Remembered(100)

    def fails() -> Answer:
        raise ValueError

    with pytest.raises(ValueError):
        kept.answer("a", fails)
    assert kept.answer("a", Made()).records == 1


def test_many_who_ask_at_once_wait_for_the_one_that_makes_it() -> None:
    kept, begun, go, times = Remembered(100), threading.Event(), threading.Event(), []

    def slow() -> Answer:
        times.append(1)
        begun.set()
        go.wait(10)
        return Answer(b"x", 1, 1)

    threads = [threading.Thread(target=kept.answer, args=("a", slow)) for _ in range(4)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    go.set()
    for thread in threads:
        thread.join(10)
    assert len(times) == 1


@pytest.mark.parametrize("other", [replace(LOCAL, privileged=False), replace(LOCAL, clients=frozenset({"C-1"})), AGENT])
def test_viewers_with_other_rights_have_other_keys(other: Viewer) -> None:
    catalogue: Any = Told()
    assert key_of(catalogue, States(), LOCAL, "C-1", "history", None) != key_of(catalogue, States(), other, "C-1", "history", None)


def test_two_people_with_the_same_rights_have_one_key() -> None:
    catalogue: Any = Told()
    assert key_of(catalogue, States(), AGENT, "C-1") == key_of(catalogue, States(), replace(AGENT, actor="key:2"), "C-1")


def test_key_changes_with_the_client_the_question_and_the_state() -> None:
    catalogue: Any = Told()
    asked = (("C-1", None), ("C-2", None), ("C-1", "2025-01-01"))
    keys = {key_of(catalogue, States(), LOCAL, client, "history", day) for client, day in asked}
    catalogue.state = "2 7"
    assert len(keys | {key_of(catalogue, States(), LOCAL, "C-1", "history", None)}) == 4


def test_every_change_counts_for_who_does_not_see_all_records() -> None:
    catalogue: Any = Told()
    before = key_of(catalogue, States(), LOCAL, "C-1"), key_of(catalogue, States(), AGENT, "C-1")
    catalogue.last = 2
    assert key_of(catalogue, States(), LOCAL, "C-1") == before[0] and key_of(catalogue, States(), AGENT, "C-1") != before[1]


def test_entry_in_the_directory_counts() -> None:
    catalogue: Any = Told()
    before = key_of(catalogue, States(), LOCAL, "C-1")
    catalogue.name = "Another"
    assert key_of(catalogue, States(), LOCAL, "C-1") != before


def test_records_are_counted_anew_only_after_a_change_somewhere() -> None:
    catalogue: Any = Told()
    states = States()
    before = [key_of(catalogue, states, LOCAL, "C-1") for _ in range(3)]
    assert catalogue.counted == 1 and len(set(before)) == 1
    catalogue.last, catalogue.state = 2, "2 2"
    assert key_of(catalogue, states, LOCAL, "C-1") != before[0] and catalogue.counted == 2


def test_client_that_is_not_there_for_a_viewer_has_no_key_even_when_it_is_known() -> None:
    catalogue: Any = Told()
    states = States()
    key_of(catalogue, states, LOCAL, "C-2")
    with pytest.raises(NotFound):
        key_of(catalogue, states, AGENT, "C-2")
