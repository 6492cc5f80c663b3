"""How the papers in force want notices given: ways, addresses, deemed receipt, holidays."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from archive.model.record import ReadRecord
from history.business_days import NONE, Holidays, business_days_on, holidays_of, is_business_day
from history.cited import Known, all_known, known
from history.reckoning import day_of, end_of_period
from history.terms import Paper, same_number

_ENDING = re.compile(r"terminat|clause \d|section \d|kündig|résili|rescis|resoluci", re.I)

_ON_PAPER = frozenset({"registered_post", "courier", "hand", "post"})
WAYS = ("registered_post", "courier", "hand", "email", "fax", "post", "portal", "chat")


@dataclass(frozen=True, slots=True)
class NoticeTerms:
    """`allowed` and `barred` by way; `addresses` mail addresses; `attention` for whom letters go; `portals` the names of portals;
    `deemed` the rules on receipt by fact name."""

    papers: tuple[ReadRecord, ...]
    allowed: dict[str, Known]
    barred: dict[str, Known]
    addresses: tuple[Known, ...]
    attention: tuple[Known, ...]
    deemed: dict[str, Known]
    holidays: Known | None
    early_date_moves: Known | None
    withdrawal_needs_consent: Known | None
    on_presentation: Known | None = None
    portals: tuple[Known, ...] = ()

    def permits(self, way: str) -> bool | None:
        """Say whether a notice may go that way; None where no paper says anything of it."""
        ruled_out = {w for w in self.barred if not (w in self.allowed and self._outweighs(self.allowed[w], self.barred[w]))}
        if way in ruled_out:
            return False
        left = set(self.allowed) - ruled_out
        if left:
            return way in left or (way == "registered_post" and "post" in left)
        # Ways are ruled out and none is named: what is written on paper is left.
        return True if ruled_out and way in _ON_PAPER else None

    def _outweighs(self, allowed: Known, barred: Known) -> bool:
        """Say whether what permits a way goes before what rules it out: the later paper does, in one paper what is said of ending."""
        order = [p.record.record_id for p in self.papers]
        one, other = order.index(allowed.cites[0].record_id), order.index(barred.cites[0].record_id)
        return one > other if one != other else not _ENDING.search(barred.cites[0].quote)

    def free(self, day: date) -> Holidays:
        """Return the holidays of the years around a day that the contract leaves out of its business days."""
        return holidays_of(str(self.holidays.value), day.year - 1, day.year + 3) if self.holidays else NONE

    def received(self, way: str, sent: date, at: str) -> tuple[date, tuple[Known, ...], str] | None:
        """Return when a notice sent that way counts as received, by which rules and in words; None where no rule reckons from sending."""
        free = self.free(sent)
        named = (self.holidays,) if self.holidays else ()
        if (until := self.deemed.get(f"deemed_until_{way}")) and way in ("email", "fax", "portal"):
            if is_business_day(sent, free) and at and at <= str(until.value):
                return sent, (until, *named), f"sent on a business day by {until.value}: received that day"
            if is_business_day(sent, free) and not at:
                return None
            after = business_days_on(sent, 1, free)
            return (
                after,
                (until, *named),
                f"sent after {until.value} or on no business day: received on the next business day, {after.isoformat()}",
            )
        rule = self.deemed.get(f"deemed_receipt_{way}") or (self.deemed.get("deemed_receipt_post") if way == "registered_post" else None)
        if rule is None or rule.unit == "on_delivery" or not isinstance(rule.value, int | float):
            return None
        count = int(rule.value)
        if count == 0:
            return sent, (rule,), "received when sent"
        end = end_of_period(sent, count, rule.unit, free)
        if end is None:
            return None
        return end, (rule, *named), f"deemed received {count} {rule.unit} after {sent.isoformat()}, that day not counted: {end.isoformat()}"


def notice_terms(given: list[Paper], on: str | None, number: str | None) -> NoticeTerms:
    """Return the rules of the papers in force on a day; of several that have rules of one kind the latest counts."""
    speaking = [
        p.read
        for p in given
        if not (on and p.since > on[:10]) and not (number and p.contract_number and not same_number(number, p.contract_number))
    ]

    def latest(name: str) -> tuple[Known, ...]:
        return next((tuple(found) for read in reversed(speaking) if (found := all_known(read, name))), ())

    def one(name: str) -> Known | None:
        return next((found for read in reversed(speaking) if (found := known(read, name))), None)

    deemed = {}
    for way in WAYS:
        for name in (f"deemed_receipt_{way}", f"deemed_until_{way}"):
            if found := one(name):
                deemed[name] = found
    return NoticeTerms(
        tuple(speaking),
        {str(k.value): k for k in latest("notice_method")},
        {str(k.value): k for k in latest("notice_method_barred")},
        latest("notice_address"),
        latest("notice_attention"),
        deemed,
        one("business_day_holidays"),
        one("early_date_moves"),
        one("withdrawal_needs_consent"),
        one("receipt_on_presentation"),
        latest("notice_portal"),
    )


def clock_of(read: ReadRecord) -> str:
    """Return the time of day at which a message was sent as HH:MM, in the zone written there, "" where it is not known."""
    try:
        return datetime.fromisoformat(read.record.sent_at or "").strftime("%H:%M")
    except ValueError:
        return ""


def after(day: str, days: int) -> str:
    """Return the ISO day so many days later, the same text where it is no day."""
    begun = day_of(day)
    return (begun + timedelta(days=days)).isoformat() if begun else day
