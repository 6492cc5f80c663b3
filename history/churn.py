"""Why clients leave: all clients together, each counted once, with the documents behind each figure and small groups not shown.

A client that leaves is one whose last notice was neither withdrawn nor won back.  It is counted under the reason that most passages speak for,
in the year of its notice; so the figures add up.  Beside them stands by how many clients a reason was named at all.  What is not shown
(`history.suppression`) is None; and a document is shown only where the figure of its client's reason and year is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.model.fact import Cite
from history.cited import cite_json, cites_of
from history.file import ClientFile
from history.passages import lead
from history.suppression import hidden
from history.termination import terminations

REASONS = ("service_quality", "price", "insourcing", "competitor", "non_payment", "breach", "merger", "compliance", "relationship", "volume_decline", "other")
NOT_DECIDED = "not_decided"
NO_YEAR = "no date"
_STAYED = frozenset({"rescinded", "won_back"})


@dataclass(frozen=True, slots=True)
class Departure:
    """One client that leaves: `year` of its notice, `reasons` by weight with the words behind each; `notice` stands where no reason is known."""

    client_id: str
    year: str
    reasons: tuple[tuple[str, tuple[Cite, ...]], ...]
    notice: tuple[Cite, ...]

    @property
    def main(self) -> str:
        return self.reasons[0][0] if self.reasons else NOT_DECIDED

    def documents(self, reason: str) -> list[dict[str, Any]]:
        """Return the words behind one of its reasons, the first of each record."""
        cites = self.notice if reason == NOT_DECIDED else next((c for r, c in self.reasons if r == reason), ())
        first: dict[str, Cite] = {}
        for cite in cites:
            first.setdefault(cite.record_id, cite)
        return [{"client": self.client_id, **cite_json(cite)} for cite in first.values()]


def departure(file: ClientFile) -> Departure | None:
    """Return how a client leaves, None for one that does not. Records that are privileged have to be left out before."""
    found = terminations(file.known())
    if not found or found[-1].ending.status in _STAYED:
        return None
    last = found[-1]
    day = last.notice.day or (str(last.ending.effective.value) if last.ending.effective else "")
    reasons = tuple((r.code, cites_of(r.said)) for r in last.reasons if r.code in REASONS)
    notice = cites_of((last.notice.date_on_document, last.notice.given_by, last.notice.ground, last.notice.stated_effective_date))
    notice = notice or tuple(r.cite(p) for r in last.notice.copies if (p := lead(r)))
    return Departure(file.client.client_id, day[:4] or NO_YEAR, reasons, notice)


@dataclass(frozen=True, slots=True)
class Churn:
    """`clients` are all that were looked at, `left` those that leave, `least` the smallest group that is shown."""

    clients: int
    left: tuple[Departure, ...]
    least: int

    def years(self) -> list[str]:
        return sorted({d.year for d in self.left})

    def as_json(self) -> dict[str, Any]:
        """Return the figures: `by_reason` (rows of cells by year), `by_year`, `total`, `named` (how many clients named a reason at all)."""
        years = self.years()
        reasons = [r for r in (*REASONS, NOT_DECIDED) if any(d.main == r for d in self.left)]
        groups = [[[d for d in self.left if d.main == r and d.year == y] for y in years] for r in reasons]
        counts = [[len(cell) for cell in row] for row in groups]
        not_shown = hidden(counts, self.least) if counts else set()
        shown_ones = {d.client_id for i, row in enumerate(groups) for j, cell in enumerate(row) if (i, j) not in not_shown for d in cell}

        def figure(i: int, j: int, count: int) -> int | None:
            return None if (i, j) in not_shown else count

        def documents(reason: str, of: Iterable[Departure]) -> list[dict[str, Any]]:
            return [x for d in of if d.client_id in shown_ones for x in d.documents(reason)]

        rows = []
        for i, reason in enumerate(reasons):
            cells = [{"year": y, "clients": figure(i, j, counts[i][j]), "documents": documents(reason, groups[i][j])} for j, y in enumerate(years)]
            rows.append({"reason": reason, "clients": figure(i, len(years), sum(counts[i])), "by_year": cells})
        named = []
        for reason in REASONS:
            who = [d for d in self.left if any(r == reason for r, _ in d.reasons)]
            if who:
                small = len(who) < self.least
                named.append({"reason": reason, "clients": None if small else len(who), "documents": [] if small else documents(reason, who)})
        return {
            "clients": self.clients,
            "small_group": self.least,
            "years": years,
            "total": figure(len(reasons), len(years), len(self.left)) if reasons else 0,
            "by_year": [{"year": y, "clients": figure(len(reasons), j, sum(row[j] for row in counts))} for j, y in enumerate(years)],
            "by_reason": rows,
            "named": named,
        }


def churn(departures: Iterable[Departure | None], least: int) -> Churn:
    """Return the figures over all clients: one entry for each that was looked at, None for one that stays."""
    looked_at = list(departures)
    return Churn(len(looked_at), tuple(d for d in looked_at if d), least)
