"""The count proof of one ingest run: every item met has exactly one result, and the results add up."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Result = Literal["stored", "duplicate", "already_held", "skipped", "failed"]
"""`stored`: kept and read.  `duplicate`: kept at a further place, bytes or message held before.  `already_held`: this very place was held.
`skipped`: kept, not read, and why.  `failed`: could not be had or could not be read, and why."""

RESULTS: tuple[Result, ...] = ("stored", "duplicate", "already_held", "skipped", "failed")


@dataclass(frozen=True, slots=True)
class Trouble:
    """One item that failed or was skipped, and why. `kept` says whether the original is held."""
    path: str
    inner: str | None
    result: Result
    code: str
    reason: str
    kept: bool


Breakdown = Literal["source", "custodian", "folder", "day", "format"]
"""What counts are broken down by.  `folder`: of the path, with its slash.  `day`: the document date, "" where there is none.  `format`: as
identified, "" for what was not read."""

BREAKDOWNS: tuple[Breakdown, ...] = ("source", "custodian", "folder", "day", "format")

HELD = "held"
"""In place of a run_id: the archive as it stands now, each item once, whichever runs met it."""


@dataclass(frozen=True, slots=True)
class Tally:
    """So many items of a run (or HELD) with this value of the breakdown, this result, and this code where the result is a trouble."""
    run_id: str
    key: str
    result: Result
    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Accounted:
    """One item and what became of it. `record_id` is None for what could not be had.

    `duplicate_of` is the primary of its copies, `same_bytes_as` the first item that came with the same bytes.  `privileged` is None where
    there is no record that could say so.
    """
    run_id: str
    record_id: str | None
    path: str
    inner: str | None
    result: Result
    code: str
    reason: str
    source: str
    custodian: str
    format: str
    day: str
    size_bytes: int | None
    duplicate_of: str | None = None
    same_bytes_as: str | None = None
    privileged: bool | None = None

    @property
    def kept(self) -> bool:
        return self.record_id is not None


@dataclass(frozen=True, slots=True)
class Retrying:
    """Which items are to be read again; empty means any.

    `codes` say why they were not read, `run_id` which run met them.  `paths` are patterns with `*`, `?` and `[…]` of the path, or of path and
    inner place joined by `#`, from their beginning or from any slash on.  Items named by `record_ids` are read again whatever became of them
    before, unless `codes` are given too.
    """
    codes: tuple[str, ...] = ()
    run_id: str = ""
    paths: tuple[str, ...] = ()
    record_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run met and what has become of it by now. `met` is the sum of `counts` over RESULTS.

    `waiting` of them are still to be read: the run is under way, or was broken off.
    """
    run_id: str
    source: str
    started_at: str
    ended_at: str | None
    status: Literal["running", "finished", "interrupted"]
    met: int
    counts: dict[str, int]
    troubles: tuple[Trouble, ...]
    paths: tuple[str, ...] = ()
    waiting: int = 0

    @property
    def adds_up(self) -> bool:
        return self.met == sum(self.counts.get(r, 0) for r in RESULTS)
