"""Whether a notice went the way, to the address and in the time that the contract wants, and whether a breach had its time to be put right."""

from __future__ import annotations

from archive.model.record import ReadRecord
from history.cited import Known, all_known
from history.condition import Condition
from history.delivery import Sending
from history.notice import Notice
from history.notice_terms import after
from history.reckoning import day_of, end_of_period
from history.required import Required, too_early_in_any_case
from history.terms import Paper, term
from history.told import Told


def period_met(notice: Notice, required: Required, earliest: Known | None, why: tuple[str, ...]) -> Condition:
    """Say whether the date that the notice states complies with the period."""
    period, measured, stated = required.period, required.measured_from, notice.stated_effective_date
    assert period is not None
    needed = (
        f"{period.value} {period.unit}"
        + (f" from {measured.value}" if measured else "")
        + (f", earliest {earliest.value}" if earliest else "")
    )
    actual = f"the notice states {stated.value}" if stated else "the notice states no date"
    inputs = tuple(k for k in (period, measured, earliest, stated) if k)
    if stated is None:
        return Condition("notice_period", needed, actual, None, ("the date that the notice asks for",), "needs the date asked for", inputs)
    if earliest:
        met = str(stated.value) >= str(earliest.value)
        return Condition(
            "notice_period", needed, actual, met, (), "met if the stated date is not before the earliest compliant date", inputs
        )
    if rule := too_early_in_any_case(notice, period, stated):
        dated = (notice.date_on_document,) if notice.date_on_document else ()
        return Condition("notice_period", needed, actual, False, (), rule, (*inputs, *dated))
    return Condition("notice_period", needed, actual, None, why, "needs the earliest compliant date", inputs)


def method_met(notice: Notice) -> Condition | None:
    """Say whether at least one copy went a permitted way; None where no paper says which ways are."""
    terms, sendings = notice.terms, [s for s in notice.delivery.sendings if s.way.cites]
    rules = (*terms.allowed.values(), *terms.barred.values())
    if not rules or not sendings:
        return None
    needed = ", ".join(terms.allowed) or "any"
    if terms.barred:
        needed += f"; not {', '.join(terms.barred)}"
    actual = ", ".join(dict.fromkeys(f"{s.way.value}{f' on {s.sent.value}' if s.sent else ''}" for s in sendings))
    verdicts = {s.permitted for s in sendings}
    met = True if True in verdicts else False if verdicts == {False} else None
    missing = () if met is not None else ("whether the contract permits the way it was sent",)
    inputs = (*rules, *(s.way for s in sendings))
    return Condition("notice_method", needed, actual, met, missing, "met if at least one copy was sent a permitted way", inputs)


def address_met(notice: Notice) -> Condition | None:
    """Say whether a copy that went a permitted way went to the right address; None where no paper names one and nothing was found."""
    sendings = [s for s in notice.delivery.sendings if s.permitted is not False and s.way.cites]
    terms = notice.terms
    asked = (*terms.addresses, *terms.attention)
    right = next((s for s in sendings if s.addressed and s.failed is None), None)
    if not sendings or not (asked or right):
        return None
    needed = ", ".join(dict.fromkeys(str(a.value) for a in asked)) or "the address in the contract"
    if right is not None:
        inputs = tuple(k for k in (right.address, *asked, right.way) if k)
        failed = tuple(s.failed for s in sendings if s.failed)
        actual = f"{right.way.value} to {right.address.value if right.address else 'the right address'}"
        return Condition(
            "notice_address", needed, actual, True, (), "met if at least one copy went to the right address", (*inputs, *failed)
        )
    wrong = [s for s in sendings if s.addressed is False or s.failed]
    inputs = tuple(k for s in sendings for k in (s.address, s.failed, s.way) if k)
    if len(wrong) == len(sendings):
        return Condition("notice_address", needed, _where(sendings), False, (), "no copy went to the right address", inputs)
    return Condition("notice_address", needed, _where(sendings), None, ("to which address the notice went",), "needs the address", inputs)


def _where(sendings: list[Sending]) -> str:
    return ", ".join(dict.fromkeys(f"{s.way.value} to {', '.join(s.read.record.to) or 'an address that was not read'}" for s in sendings))


def cure_met(notice: Notice, given: list[Paper], told: Told, number: str | None, default: tuple[Known, ...]) -> Condition | None:
    """Say whether the time to put the breach right had run out without a cure. `default`: the day the notice of default came in, or bears."""
    own_ids = {r.record.record_id for r in notice.copies}
    unpaid = any(s.known.value == "non_payment" and s.read.record.record_id in own_ids for s in told.by_name.get("leaving_reason", ()))
    period = term("cure_period", given, notice.day or None, number, lambda read: _cure_of(read, unpaid))
    if period is None or not isinstance(period.value, int):
        return None
    needed = f"{period.value} {period.unit} after the notice of default"
    begun = day_of(default[0].value) if default else None
    end = end_of_period(begun, period.value, period.unit, notice.terms.free(begun)) if begun else None
    inputs: tuple[Known, ...] = (period, *default)
    if end:
        needed += f", to {end.isoformat()}"
    ruled = [
        s.known for s in (*told.by_name.get("breach_not_cured", ()), *told.by_name.get("breach_cured", ())) if s.known.value == "found"
    ]
    if ruled:
        met = ruled[0].name == "breach_not_cured"
        return Condition(
            "cure_period",
            needed,
            "not cured, as found by a ruling" if met else "cured, as found by a ruling",
            met,
            (),
            "as a ruling found",
            (*inputs, *ruled[:1]),
        )
    if end is None:
        return Condition(
            "cure_period",
            needed,
            "no notice of default was read",
            None,
            ("when the notice of default was received",),
            "needs the start of the cure period",
            inputs,
        )
    if notice.day and notice.day <= end.isoformat():
        dated = (notice.date_on_document,) if notice.date_on_document else ()
        return Condition(
            "cure_period",
            needed,
            f"the notice of termination bears {notice.day}, before the time had run out",
            False,
            (),
            "the right to end arises when the cure period has run out",
            (*inputs, *dated),
        )
    own = {r.record.record_id for r in notice.copies}
    uncured = [
        s.known
        for s in told.by_name.get("breach_not_cured", ())
        if s.read.record.record_id in own or end.isoformat() <= s.day <= after(notice.day, 60)
    ]
    disputed = [s.known for s in told.of("breach_cured", end.isoformat(), after(notice.day, 90))]
    if disputed:
        return Condition(
            "cure_period",
            needed,
            "whether it was cured is disputed",
            None,
            ("a ruling or an agreement on the cure",),
            "disputed",
            (*inputs, *disputed, *uncured[:2]),
        )
    if uncured:
        return Condition(
            "cure_period",
            needed,
            f"not cured by {end.isoformat()}",
            True,
            (),
            "the period ran out, and it is said that the breach was not put right",
            (*inputs, *uncured[:3]),
        )
    told_by: tuple[Known, ...] = tuple(k for k in (notice.date_on_document, notice.ground) if k)
    return Condition(
        "cure_period",
        needed,
        f"notice of termination after {end.isoformat()}, no cure is told of",
        True,
        (),
        "the period ran out, and nothing says that the breach was put right",
        (*inputs, *told_by),
    )


def _cure_of(read: ReadRecord, unpaid: bool) -> Known | None:
    """Return the time to put a breach right that a paper gives: for payments its own where it has one."""
    found = [k for k in all_known(read, "cure_period") if isinstance(k.value, int)]
    return max(found, key=lambda k: (k.rule.endswith("of payment") == unpaid, k.confidence)) if found else None


def withdrawal_met(notice: Notice, withdrawn: Known | None, accepted: Known | None) -> Condition | None:
    """Say whether a notice was taken back as the contract allows."""
    rule = notice.terms.withdrawal_needs_consent
    if withdrawn is None:
        return None
    inputs = tuple(k for k in (rule, withdrawn, accepted) if k)
    needed = "the agreement of the other side" if rule else "nothing in the papers that are held"
    if accepted:
        return Condition(
            "withdrawal_of_notice",
            needed,
            f"withdrawn {withdrawn.value}, accepted {accepted.value}",
            True,
            (),
            "withdrawn, and the other side agreed",
            inputs,
        )
    if notice.date_received is None:
        return Condition(
            "withdrawal_of_notice", needed, f"withdrawn {withdrawn.value}", None, (), "nothing was received that counts as a notice", inputs
        )
    return Condition(
        "withdrawal_of_notice",
        needed,
        f"withdrawn {withdrawn.value}, no agreement was read",
        None,
        ("the agreement of the other side",),
        "needs the agreement",
        inputs,
    )
