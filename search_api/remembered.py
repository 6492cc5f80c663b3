"""Answers that were made before, for as long as nothing that they were made from has changed, and only for who may see the same.

The key of an answer is all that goes into it: what was asked, what the viewer may see, and the state of the client's records in the
catalogue (`Catalogue.state_of`).  So an answer never outlives a change or a correction, and none is handed to a viewer with other rights.
"""
from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

import msgspec

from archive.model.viewer import Viewer
from archive.ports import Catalogue


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer or a part of one, how many records it was made from (for the custody log), and about how much memory it takes."""
    content: Any
    records: int
    size_bytes: int


class Remembered:
    """The answers used last, together at most `limit_bytes`; one larger than that is not kept. Safe for many threads."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit, self._size = limit_bytes, 0
        self._kept: OrderedDict[Hashable, Answer] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}
        self._lock = threading.Lock()
        self.states = States()

    def answer(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """Return the answer under a key, made by `make` where it is not there; whoever asks for the same meanwhile waits for it."""
        if self._limit == 0:
            return make()
        with self._lock:
            if found := self._got(key):
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if found := self._got(key):
                    return found
            try:
                made = make()
                with self._lock:
                    self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
            return made

    def _got(self, key: Hashable) -> Answer | None:
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def _keep(self, key: Hashable, made: Answer) -> None:
        if made.size_bytes > self._limit:
            return
        replaced = self._kept.pop(key, None)
        self._size += made.size_bytes - (replaced.size_bytes if replaced else 0)
        self._kept[key] = made
        while self._size > self._limit:
            _, oldest = self._kept.popitem(last=False)
            self._size -= oldest.size_bytes


class States:
    """The states of clients' records as far as they are known, so that the catalogue counts them anew only after a change somewhere in it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[int, str]] = {}

    def of(self, catalogue: Catalogue, client_id: str, last: int) -> str:
        """Return the state of a client's records; `last` is the catalogue's last change."""
        known = self._known.get(client_id)
        if known is None or known[0] != last:
            known = (last, catalogue.state_of(client_id))
            if len(self._known) >= CLIENTS_MAX:
                self._known.clear()
            self._known[client_id] = known
        return known[1]


CLIENTS_MAX = 10_000


def key_of(catalogue: Catalogue, states: States, viewer: Viewer, client_id: str, *asked: Hashable) -> Hashable:
    """Return the key of an answer about a client for this viewer. Raises NotFound for a client that is not there for the viewer.

    For who sees not all records, what its records tell of others (a copy elsewhere that may be seen or not) can change without them: there
    every change of the catalogue counts.
    """
    entry = msgspec.json.encode(catalogue.client(client_id, viewer))
    # The last change is asked for first: what changes between the two is found at the next question.
    last = catalogue.last_change()
    state = states.of(catalogue, client_id, last)
    whole = viewer.clients is None and viewer.privileged
    return (entry, state, None if whole else last, viewer.clients, viewer.privileged, *asked)
