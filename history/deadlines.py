"""The days that a client's papers set: windows for notice, ends of cure, duties of the end, instalments; each derived from cited words.

A deadline is derived for a day, `today`: what renews itself is counted on until then.  Nothing is set that no paper sets: a period whose
beginning is not known gives no day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation, known
from history.delivery import delivery
from history.disputes import Dispute, disputes
from history.file import ClientFile
from history.notice import is_notice_of_termination
from history.notice_terms import notice_terms
from history.performance import schedule
from history.reckoning import day_of, end_of_period, renewed_until
from history.termination import Termination, terminations
from history.terms import Paper, is_draft, papers, term
from history.told import told

TITLES = {
    "notice_window": "last day on which a notice against renewal can be received",
    "term_end": "end of the term",
    "cure_end": "end of the time to put the breach right",
    "service_end": "end of the service",
    "asset_return": "return of assets",
    "data_return_or_deletion": "return or deletion of data",
    "final_invoice": "final account",
    "instalment": "payment under the settlement",
    "retention_end": "end of the time for which records have to be kept",
}
"""What each kind of deadline is called. No title holds a word of a record."""

STATES = ("open", "done", "missed", "not known")
_CENT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Deadline:
    """`day` as ISO 8601, with the derivation in `known`. `state`: open until done, missed where it shows that it was not done in time.

    `not known`: the day is over and nothing says whether it was kept to.  `by`: who has to act, None for a day on which something just ends.
    """

    client_id: str
    kind: str
    day: str
    state: str
    known: Known
    by: str | None = None
    amount: Decimal | None = None
    currency: str | None = None

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    def when(self, today: str) -> str:
        """Return `past` for a day before today, else `open`; done ones are past."""
        return "past" if self.day < today or self.state in ("done", "missed") else "open"

    def as_json(self, today: str) -> dict[str, Any]:
        return {
            "client": self.client_id,
            "date": self.day,
            "kind": self.kind,
            "title": self.title,
            "state": self.state,
            "when": self.when(today),
            "by": self.by,
            "amount": float(self.amount) if self.amount is not None else None,
            "currency": self.currency,
            "cites": cites_json(self.known.cites),
            "status": "derived" if self.known.inputs else self.known.status,
            "derivation": derivation(self.known.rule, self.known.inputs or (self.known,)),
        }


def deadlines(file: ClientFile, today: str) -> tuple[Deadline, ...]:
    """Return the deadlines of a client by day, as far as its records set any. `today` is a day, ISO 8601."""
    file = file.known()
    return deadlines_of(file, today, terminations(file), disputes(file))


def deadlines_of(file: ClientFile, today: str, ended: tuple[Termination, ...], claimed: tuple[Dispute, ...]) -> tuple[Deadline, ...]:
    """Return the same from what was concluded already of the same file."""
    given = papers(file)
    found = [
        *_of_terms(file, today, given, ended),
        *_cures(file, today, given, ended),
        *_of_ends(file, today, given, ended),
        *_instalments(file, today, claimed),
    ]
    unique: dict[tuple[object, ...], Deadline] = {}
    for one in found:
        unique.setdefault((one.kind, one.day, one.by, one.amount), one)
    return tuple(sorted(unique.values(), key=lambda d: (d.day, d.kind, d.amount or 0)))


def next_of(found: tuple[Deadline, ...], today: str) -> Deadline | None:
    """Return the deadline that comes next: the first that is open, today counted."""
    return next((d for d in found if d.when(today) == "open"), None)


def _of_terms(file: ClientFile, today: str, given: list[Paper], ended: tuple[Termination, ...]) -> Iterator[Deadline]:
    """Yield the end of the term that runs today, and the last day for a notice that keeps it from being renewed."""
    # A notice that is not known to have ended anything leaves the window open: it may not count.
    last = next((t.ending.effective for t in reversed(ended) if t.ending.effective), None)
    until = str(last.value) if last else ""
    numbers = list(dict.fromkeys(p.contract_number for p in given if p.read.record.kind == "contract")) or [None]
    for number in numbers:
        end = _term_end(given, min(today, until) if until else today, number)
        on = day_of(end.value) if end else None
        if end is None or on is None or (until and until < str(end.value)):
            continue
        gone = bool(until)
        yield Deadline(file.client.client_id, "term_end", str(end.value), "done" if gone and str(end.value) <= today else "open", end)
        period = term("notice_period_to_terminate_renewal", given, today, number)
        if period is None or isinstance(period.value, bool) or not isinstance(period.value, int):
            continue
        window = _last_day(on, period.value, period.unit, given, number)
        if window is not None:
            words = f"the last day from which {period.value} {period.unit}, that day not counted, end by {end.value}"
            at = Known("notice_window", window.isoformat(), cites_of((period, end)), words, inputs=(period, end), status="derived")
            yield Deadline(file.client.client_id, "notice_window", window.isoformat(), "done" if gone else _open(window.isoformat(), today), at)


def _term_end(given: list[Paper], today: str, number: str | None) -> Known | None:
    """Return the end of the term that runs today, renewed as often as it takes; the stated end where nothing renews it."""
    stated = term("expiration_date", given, today, number)
    end, day = day_of(stated.value) if stated else None, day_of(today)
    if stated is None or end is None or day is None or end >= day:
        return stated
    renewal = term("renewal_term", given, today, number)
    months = renewal.value if renewal and renewal.unit == "months" and not isinstance(renewal.value, bool) else None
    reached = renewed_until(end, int(months), day) if isinstance(months, int | float) else None
    if renewal is None or reached is None:
        return stated
    last, times = reached
    words = f"the term to {end.isoformat()} renewed {times} time(s) by {months} months until it reached {today}"
    return Known("expiration_date", last.isoformat(), cites_of((stated, renewal)), words, inputs=(stated, renewal), status="derived")


def _last_day(end: date, value: int, unit: str, given: list[Paper], number: str | None) -> date | None:
    """Return the last day from which a period still ends by `end`; None for a period that cannot be counted."""
    free = notice_terms(given, None, number).free(end)
    day = end
    for _ in range(800):
        reached = end_of_period(day, value, unit, free)
        if reached is None:
            return None
        if reached <= end:
            return day
        day -= timedelta(days=max(1, min((reached - end).days - 3, 90)))
    return None


def _cures(file: ClientFile, today: str, given: list[Paper], ended: tuple[Termination, ...]) -> Iterator[Deadline]:
    """Yield the end of the cure period after each notice that is none of termination, from its receipt, else from the day it bears."""
    held = file.by_id()
    reads = [held[i] for i in file.copies() if held[i].record.kind == "notice"]
    reads = [r for r in reads if not is_draft(r) and not is_notice_of_termination(r)]
    said = told(file) if reads else None
    judged = {(k.name, str(k.value)): c.met for t in ended for c in t.conditions if c.name == "cure_period" for k in c.inputs}
    for read in reads:
        on = (read.record.date or "")[:10]
        number = known(read, "contract_number")
        wanted = number.value if number and isinstance(number.value, str) else None
        period = term("cure_period", given, on or None, wanted)
        if said is None or period is None or isinstance(period.value, bool) or not isinstance(period.value, int):
            continue
        rules = notice_terms(given, on or None, wanted)
        way = delivery((read,), rules, said, on)
        begun = way.first.received if way.first and way.first.received else known(read, "notice_given")
        start = day_of(begun.value) if begun else None
        end = end_of_period(start, period.value, period.unit, rules.free(start)) if start else None
        if begun is None or start is None or end is None:
            continue
        words = f"{period.value} {period.unit} after {start.isoformat()}, that day not counted"
        at = Known("cure_end", end.isoformat(), cites_of((period, begun)), words, inputs=(period, begun), status="derived")
        giver = known(read, "given_by")
        by = {"client": "provider", "provider": "client"}.get(str(giver.value)) if giver else None
        lapsed = judged.get((begun.name, str(begun.value)))
        state = "missed" if lapsed is True else _open(end.isoformat(), today)
        yield Deadline(file.client.client_id, "cure_end", end.isoformat(), state, at, by)


def _of_ends(file: ClientFile, today: str, given: list[Paper], ended: tuple[Termination, ...]) -> Iterator[Deadline]:
    """Yield the end of the service, and by when things have to be given back, deleted and accounted for."""
    for t in ended:
        ends = t.ending.effective
        if ends is None or day_of(ends.value) is None:
            continue
        day = str(ends.value)[:10]
        yield Deadline(file.client.client_id, "service_end", day, "done" if day <= today else "open", ends)
        for c in t.conditions:
            if c.due is not None and c.name in TITLES:
                yield Deadline(file.client.client_id, c.name, str(c.due.value), _kept(c.met, str(c.due.value), today), c.due)
        number = str(t.contract_number.value) if t.contract_number else None
        paid = next((c.met for c in t.conditions if c.name == "final_invoice"), None)
        for name, kind, met in (("final_invoice_within", "final_invoice", paid), ("retention_period", "retention_end", None)):
            rule = term(name, given, day, number)
            if rule is None or isinstance(rule.value, bool) or not isinstance(rule.value, int):
                continue
            start = day_of(day)
            due = end_of_period(start, rule.value, rule.unit, notice_terms(given, day, number).free(start)) if start else None
            if due is not None:
                words = f"{rule.value} {rule.unit} after {day}, that day not counted"
                at = Known("due", due.isoformat(), cites_of((rule, ends)), words, inputs=(rule, ends), status="derived")
                by = "provider" if kind == "final_invoice" else None
                yield Deadline(file.client.client_id, kind, due.isoformat(), _kept(met, due.isoformat(), today), at, by)


def _instalments(file: ClientFile, today: str, claimed: tuple[Dispute, ...]) -> Iterator[Deadline]:
    """Yield the payments of each settlement with their days; one is done when all that was paid by its day covers all that was due by it."""
    for dispute in claimed:
        if dispute.outcome is None or dispute.outcome.kind != "settlement":
            continue
        plan = schedule(file, dispute.outcome)
        paid = [a for a in dispute.steps if a.kind == "payment" and a.amount is not None and a.day >= dispute.outcome.day]
        broken = next((a.day for a in dispute.steps if a.kind == "breach"), "")
        owed = Decimal(0)
        for day, amount, basis in plan.dues:
            owed += amount
            covering = _covering(paid, owed)
            late = covering is None and bool(broken) and broken >= day
            state = "done" if covering is not None else "missed" if late else _open(day, today)
            inputs = (basis, *plan.basis, *(a.known for a in (covering or ())))
            at = Known("instalment", day, cites_of(inputs), "a payment of the settlement by its own schedule", inputs=inputs, status="derived")
            money = dispute.outcome.currency or None
            yield Deadline(file.client.client_id, "instalment", day, state, at, dispute.payer, amount, money)


def _covering(paid: list[Any], owed: Decimal) -> list[Any] | None:
    """Return the payments that together reach a sum, None where they do not."""
    got, out = Decimal(0), []
    for act in sorted(paid, key=lambda a: str(a.day)):
        out.append(act)
        got += act.amount
        if got + _CENT >= owed:
            return out
    return None


def _open(day: str, today: str) -> str:
    return "open" if day >= today else "not known"


def _kept(met: bool | None, day: str, today: str) -> str:
    if met is True:
        return "done"
    return "missed" if met is False and day < today else _open(day, today)
