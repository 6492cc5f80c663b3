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


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run met and what became of it. `met` is the sum of `counts` over RESULTS."""
    run_id: str
    source: str
    started_at: str
    ended_at: str | None
    status: Literal["running", "finished", "interrupted"]
    met: int
    counts: dict[str, int]
    troubles: tuple[Trouble, ...]
    paths: tuple[str, ...] = ()

    @property
    def adds_up(self) -> bool:
        return self.met == sum(self.counts.get(r, 0) for r in RESULTS)
