"""What the contract wants done at the end, and whether it was: assets, data, handover, the final account, the fee for an early end."""

from __future__ import annotations

from history.billing import billing
from history.cited import Known, all_known, cites_of
from history.condition import Condition
from history.file import ClientFile
from history.formulas import Formula
from history.money import decimal_of
from history.notice import Notice
from history.notice_terms import after
from history.reckoning import day_of, end_of_period
from history.sides import sides_of
from history.terms import Paper, term
from history.told import Told

BEFORE, BEHIND = 120, 400
"""Days before and behind the end in which what is said of things given back and data deleted is taken to speak of this end."""


def exit_conditions(
    file: ClientFile,
    notice: Notice,
    given: list[Paper],
    told: Told,
    number: str | None,
    ended: Known,
    expiry: Known | None,
    clauses: tuple[Formula, ...] = (),
) -> list[Condition]:
    """Return the conditions that begin with the end of the service on the day `ended`. `clauses`: what the contract's formulas come to."""
    on = str(ended.value)
    found = [
        _done("asset_return", "asset_return_within", "assets_returned", "assets", notice, given, told, number, ended),
        _done("data_return_or_deletion", "data_deletion_within", "data_deleted", "data", notice, given, told, number, ended),
        _transition(given, told, number, ended),
        _final_account(file, given, told, number, ended),
        _fee(notice, given, number, ended, expiry, next((c for c in clauses if c.kind == "early_termination_fee"), None)),
    ]
    return [c for c in found if c and on]


def _done(
    name: str, rule_name: str, done_name: str, what: str, notice: Notice, given: list[Paper], told: Told, number: str | None, ended: Known
) -> Condition | None:
    on = str(ended.value)
    rule = _longest(rule_name, given, on, number)
    done = [s.known for s in told.of(done_name, max(notice.day, after(on, -BEFORE)), after(on, BEHIND))]
    lacking = [s.known for s in told.of("exit_missing", after(on, -10), after(on, BEHIND)) if s.known.value == what]
    late = [s.known for s in told.of("exit_late", on, after(on, BEHIND)) if s.known.value == what]
    if rule is None:
        return None
    end = day_of(on)
    due = (
        end_of_period(end, int(rule.value), rule.unit, notice.terms.free(end))
        if end and isinstance(rule.value, int) and rule.value
        else end
    )
    until = due.isoformat() if due else on
    by = _due(until, rule, ended)
    needed = f"within {rule.value} {rule.unit} after {on}, to {until}" if rule.value else f"by {on}"
    last = max(done, key=lambda k: str(k.value)) if done else None
    if late and not lacking:
        lacking = late
    if lacking:
        actual = "not all of it was done" + (f"; last on {last.value}" if last else "")
        latest = (last,) if last else ()
        met = bool(last) and not late and all(_said_on(k) < str(last.value) <= until for k in lacking) if last else False
        return Condition(name, needed, actual, met, (), "met if all of it was done in time", (rule, ended, *latest, *lacking[:3]), by)
    if last is None:
        return Condition(
            name,
            needed,
            "nothing says that it was done",
            None,
            (f"a record that the {what} were dealt with",),
            "needs such a record",
            (rule, ended),
            by,
        )
    met = str(last.value) <= until
    return Condition(name, needed, f"last on {last.value}", met, (), "met if all of it was done in time", (rule, ended, *done[-3:], last), by)


def _due(until: str, rule: Known, ended: Known) -> Known:
    words = f"{rule.value} {rule.unit} after {ended.value}, that day not counted" if rule.value else "by the day of the end"
    return Known("due", until, cites_of((rule, ended)), words, inputs=(rule, ended), status="derived", confidence=min(rule.confidence, ended.confidence))


def _said_on(item: Known) -> str:
    return item.unit[:10] or "9999"


def _longest(name: str, given: list[Paper], on: str, number: str | None) -> Known | None:
    return term(
        name,
        given,
        on,
        number,
        lambda read: max(
            (k for k in all_known(read, name) if isinstance(k.value, int)), key=lambda k: (bool(k.value), k.confidence), default=None
        ),
    )


def _transition(given: list[Paper], told: Told, number: str | None, ended: Known) -> Condition | None:
    on = str(ended.value)
    rule = term("transition_required", given, on, number)
    if rule is None:
        return None
    done = [s.known for s in told.of("handover_done", after(on, -BEFORE), after(on, BEHIND))]
    if not done:
        return Condition(
            "transition_assistance",
            "help with the handover",
            "nothing says that it is complete",
            None,
            ("a record of the handover",),
            "needs such a record",
            (rule, ended),
        )
    return Condition(
        "transition_assistance",
        "help with the handover",
        f"complete, by {done[-1].value}",
        True,
        (),
        "met if the handover is said to be complete",
        (rule, ended, *done[:3]),
    )


def _final_account(file: ClientFile, given: list[Paper], told: Told, number: str | None, ended: Known) -> Condition | None:
    rule = term("final_invoice_within", given, str(ended.value), number)
    account = billing(file)
    outstanding = account.outstanding
    if outstanding is None:
        return Condition(
            "final_invoice",
            "the account to the end stated, accepted and paid",
            "no ledger shows it",
            None,
            ("a ledger to the end",),
            "needs a ledger",
            tuple(k for k in (rule, ended) if k),
        )
    amount = decimal_of(outstanding)
    inputs = tuple(k for k in (rule, ended, outstanding, account.as_of) if k)
    paid = amount is not None and amount == 0
    sides, booked = sides_of(file), str(account.as_of.value)[:10] if account.as_of else str(ended.value)
    owned = [s.known for s in told.of("account_settled", booked, "9999-12-31") if sides.of_sender(s.read) == "provider"]
    if not paid and owned:
        return Condition(
            "final_invoice",
            "the account to the end stated, accepted and paid",
            f"outstanding {outstanding.value} {outstanding.unit}".strip() + ", said to be settled after the day of the ledger",
            True,
            (),
            "met if the ledger shows nothing outstanding, or the provider says later that the account is settled",
            (*inputs, *owned[:2]),
        )
    return Condition(
        "final_invoice",
        "the account to the end stated, accepted and paid",
        f"outstanding {outstanding.value} {outstanding.unit}".strip(),
        paid,
        (),
        "met if the ledger shows nothing outstanding",
        inputs,
    )


def _fee(notice: Notice, given: list[Paper], number: str | None, ended: Known, expiry: Known | None, formula: Formula | None) -> Condition | None:
    on = str(ended.value)
    rule = term("early_termination_fee_clause", given, on, number)
    if rule is None or not notice.ground or notice.ground.value != "convenience" or not expiry or str(expiry.value) <= on:
        return None
    inputs = tuple(dict.fromkeys((rule, ended, expiry, *(formula.inputs if formula else ()))))
    return Condition(
        "early_termination_fee",
        f"{' '.join(str(rule.value).split())}, for an end on {on} before {expiry.value}" + (f": {formula.words}" if formula else ""),
        "see the disputes and the account",
        None,
        ("whether the fee was settled as the contract has it",),
        "the end lies before the end of the term, so that the clause applies",
        inputs,
    )
