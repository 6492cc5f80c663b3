"""Sums beyond the price of the services: what an invoice, a ruling, a settlement or a claim fixed, and whether it is due, paid, waived or disputed.

What each paper says of such a sum is a fact `penalty` (ingest/enrich/penalties.py).  Papers that tell of one sum are put together: by the number of the
invoice, else by the kind of sum.  A sum compromised in a settlement is split into the part paid and the part waived, as the settlement or its credit
notes allot it.  Not listed: a claim that was withdrawn, a credit granted without a dispute, a fee that nobody asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from archive.model.record import ReadRecord
from history.acts import side_of_record
from history.cited import Known, cites_json, cites_of, derivation
from history.disputes import Dispute
from history.file import ClientFile
from history.formulas import Formula
from history.ledger import account
from history.rows import Row, rows
from history.sides import sides_of
from history.terms import is_draft

_CENT = Decimal("0.005")
_CLIENTS = frozenset({"service_level_credits", "contractual_penalty", "contractual_penalty_data_deletion", "liquidated_damages"})
"""Kinds that the client asks of the provider where no paper says otherwise."""

_ONLY_IF_ARGUED = frozenset({"minimum_commitment"})
"""A minimum is the least price of services; it is a sum beyond that only where it was argued about."""

_ONLY_IF_FIXED = frozenset({"service_level_credits"})
"""Credits for service levels are a matter of course; they count where a ruling or a settlement fixed them."""


@dataclass(frozen=True, slots=True)
class Penalty:
    """`status` due | paid | waived | disputed; `payer` client | provider; `inputs` what the amount and the status rest on.

    `asked` is the whole sum that was asked for, of which this is a part or all; `agrees` whether the clause comes to that sum, None where that
    cannot be counted.
    """

    kind: str
    amount: Decimal
    currency: str
    status: str
    payer: str
    rule: str
    inputs: tuple[Known, ...]
    day: str
    asked: Decimal
    formula: Formula | None = None
    agrees: bool | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "amount": float(self.amount),
            "currency": self.currency or None,
            "status": self.status,
            "payer": self.payer,
            "asked": float(self.asked),
            "formula": self.formula.as_json() | {"agrees": self.agrees} if self.formula else None,
            "cites": cites_json(cites_of((*self.inputs, *(self.formula.inputs if self.formula else ())))),
            "derivation": derivation(self.rule, (*self.inputs, *(self.formula.inputs if self.formula else ()))),
        }


@dataclass(frozen=True, slots=True)
class _Said:
    """One fact `penalty` with its record and the side that the record speaks for."""

    read: ReadRecord
    row: Row
    by: str | None
    called: Mapping[str, str] = field(default_factory=dict)

    @property
    def act(self) -> str:
        return self.row.text("act")

    @property
    def kind(self) -> str:
        return self.called.get(self.row.text("kind"), self.row.text("kind"))

    @property
    def day(self) -> str:
        return self.row.day or (self.read.record.date or "")[:10]

    def names(self, kind: str, number: str) -> bool:
        """Say whether it speaks of a sum: by the number of its invoice, or without any by its kind."""
        reference = self.row.text("reference") or (self.row.text("number") if self.act == "charged" else "")
        return reference == number if reference and number else _same_kind(self.kind, kind)


@dataclass(slots=True)
class _Sum:
    """A sum asked for, as it is put together from several papers."""

    kind: str
    amount: Decimal
    currency: str
    number: str
    by: str
    day: str
    said: list[_Said]
    invoiced: bool


def penalties(file: ClientFile, trail: Sequence[Dispute], formulas: Sequence[Formula] = ()) -> tuple[Penalty, ...]:
    """Return the sums beyond the price in a file, by day. `trail` are its disputes, `formulas` what the clauses of its contract come to."""
    said = _gathered(file)
    if not said:
        return ()
    found: list[Penalty] = []
    for asked in _asked(said, trail):
        found += _split(file, asked, said, trail)
    found += _granted(said, trail, found)
    return tuple(sorted((_with_formula(p, formulas) for p in found), key=lambda p: (p.day, p.kind, p.status)))


def in_account(found: Iterable[Penalty], day: str | None = None) -> Decimal:
    """Return what these sums add to what the client owes, as of a day: those due from it, less those due to it; paid and waived ones add nothing."""
    open_ = [p for p in found if p.status in ("due", "disputed") and (day is None or p.day <= day[:10])]
    return sum((p.amount if p.payer == "client" else -p.amount for p in open_), Decimal(0))


def _gathered(file: ClientFile) -> list[_Said]:
    held, sides, called = file.by_id(), sides_of(file), _called(file)
    out = []
    for record_id in file.copies():
        read = held[record_id]
        if read.record.privileged or is_draft(read):
            continue
        told = rows(read, "penalty")
        by = side_of_record(read, held, sides)[0] if told and read.record.kind not in ("ledger", "invoice", "credit_note") else "provider"
        out += [_Said(read, row, by, called) for row in told]
    return out


def _called(file: ClientFile) -> dict[str, str]:
    """Return under which name the papers of a file speak of which kind: a penalty of a contract that has it for an early end alone is the fee for that."""
    clauses = [row for read in file.in_order() if not is_draft(read) for row in rows(read, "penalty_clause")]
    names = {row.text("called"): row.text("kind") for row in clauses if row.text("called")}
    return {name: kind for name, kind in names.items() if not any(row.text("kind") == name for row in clauses)}


def _same_kind(a: str, b: str) -> bool:
    return bool(a and b) and (a == b or a.startswith(b) or b.startswith(a) if "contractual_penalty" in (a[:19], b[:19]) else a == b)


def _asked(said: list[_Said], trail: Sequence[Dispute]) -> list[_Sum]:
    """Return the sums that invoices and claims ask for, each once."""
    out: list[_Sum] = []
    for one in said:
        amount = one.row.sum()
        if one.act != "charged" or amount is None:
            continue
        number = one.row.text("number")
        kept = next((s for s in out if (number and s.number == number) or (not (number and s.number) and s.kind == one.kind and s.amount == amount)), None)
        if kept is None:
            out.append(_Sum(one.kind, amount, one.row.known.unit, number, "provider", one.day, [one], True))
        else:
            kept.said.append(one)
            kept.number = kept.number or number
    for one in said:
        if one.act == "claimed":
            _claimed(out, one, trail)
    return [s for s in out if s.kind not in _ONLY_IF_ARGUED or _argued(s, said)]


def _claimed(out: list[_Sum], one: _Said, trail: Sequence[Dispute]) -> None:
    amount, by = one.row.sum(), one.by or ("client" if one.kind in _CLIENTS else "provider")
    alike = [s for s in out if one.names(s.kind, s.number) and (amount is None or s.amount == amount or s.invoiced)]
    if alike:
        if amount is None or alike[0].amount == amount:
            alike[0].said.append(one)
        return
    step = next((step for d in trail for step in d.steps if step.kind in ("claim", "counterclaim") and one.read.record.record_id in step.records), None)
    whole = step.amount if step else None
    if amount is None:
        amount, named = whole, [step.known] if step else []
        if amount is None or not named:
            return
    if one.kind in (*_ONLY_IF_ARGUED, *_ONLY_IF_FIXED) or (whole is not None and amount > whole):
        return  # a minimum or a base that a computation names, not what is asked for
    if step is None and one.read.record.kind not in ("claim", "counterclaim"):
        return
    out.append(_Sum(one.kind, amount, one.row.known.unit, "", (step.by if step and step.by else by), one.day, [one], False))


def _argued(asked: _Sum, said: list[_Said]) -> bool:
    return any(s.act in ("claimed", "credited", "settled", "withdrawn", "denied", "contested") and s.names(asked.kind, asked.number) for s in said)


def _split(file: ClientFile, asked: _Sum, said: list[_Said], trail: Sequence[Dispute]) -> list[Penalty]:
    """Return what became of a sum: the part waived, and the rest as paid, due or disputed."""
    about = [s for s in said if s.names(asked.kind, asked.number) and s.day >= asked.day and s.act not in ("charged", "claimed")]
    settled = next((d for d in trail if d.status == "settled" and _covers(d, asked, about)), None)
    gone = [s for s in about if s.act == "withdrawn" and (s.read.record.kind == "settlement" or s.by in (asked.by, None))]
    if asked.by == "client":
        return _of_client(asked, about, settled, trail, gone)
    credits = [s for s in about if s.act == "credited"]
    waived, by_credit = _credited(file, asked, credits)
    if gone and (asked.invoiced or credits):
        waived = asked.amount
    if gone and not asked.invoiced:
        return []
    parts: list[Penalty] = []
    basis = _knowns(asked.said)
    outcome = settled.outcome if settled else None
    if settled and outcome and not waived and outcome.amount is not None and outcome.amount < asked.amount and _alone(settled, asked):
        waived = asked.amount - outcome.amount
        by_credit = (outcome.known,)
    waived = min(waived, asked.amount)
    if waived > _CENT:
        why = "credited or given up by a settlement or a credit note"
        parts.append(_penalty(asked, waived, "waived", why, (*basis, *by_credit, *_knowns(gone), *_knowns(s for s in about if s.act == "settled"))))
    rest = asked.amount - waived
    if rest > _CENT:
        status, why, more = _rest(file, asked, settled, about, trail)
        if status:
            parts.append(_penalty(asked, rest, status, why, (*basis, *by_credit, *more)))
    return parts


def _of_client(asked: _Sum, about: list[_Said], settled: Dispute | None, trail: Sequence[Dispute], gone: list[_Said]) -> list[Penalty]:
    """Return what became of a sum that the client asked for: paid by a credit or payment, the rest waived where that settled it."""
    basis = _knowns(asked.said)
    credits = [s for s in about if s.act in ("credited", "granted") and s.row.sum() is not None and s.row.sum() <= asked.amount]  # type: ignore[operator]
    outcome = settled.outcome if settled else None
    paid = outcome.amount if outcome and settled and settled.payer == "provider" and _alone(settled, asked) else None
    more: tuple[Known, ...] = (outcome.known,) if outcome and paid is not None else ()
    if paid is None and credits:
        paid = max(s.row.sum() or Decimal(0) for s in credits)
    if credits:
        more = (*more, *_knowns(credits))
    closed = [s for s in about if s.act == "settled" or s.row.text("agreed")]
    if paid is None:
        if gone:
            return []
        denied = _denial(asked, trail) or _knowns(s for s in about if s.act == "contested" and s.by != asked.by)[:2]
        status = "disputed" if denied else "due"
        return [_penalty(asked, asked.amount, status, "denied by the other side, undecided" if denied else "asked for and not denied", (*basis, *denied))]
    out = [_penalty(asked, paid, "paid", "paid by a credit or payment that settles it", (*basis, *more))] if paid > _CENT else []
    rest = asked.amount - paid
    if rest > _CENT and (settled or closed):
        out.append(_penalty(asked, rest, "waived", "the rest of a claim that was settled for less", (*basis, *more, *_knowns(closed))))
    elif rest > _CENT and not any(s.act == "denied" for s in about):
        denied = _denial(asked, trail)
        out.append(_penalty(asked, rest, "disputed" if denied else "due", "what is left of the claim", (*basis, *more, *denied)))
    return out


def _granted(said: list[_Said], trail: Sequence[Dispute], found: list[Penalty]) -> list[Penalty]:
    """Return the sums that a ruling or a settlement allows and nobody invoiced: paid where a settlement or credit takes them into account."""
    out: list[Penalty] = []
    for one in said:
        amount = one.row.sum()
        if one.act != "granted" or amount is None or any(_same_kind(p.kind, one.kind) for p in (*found, *out)):
            continue
        same = [s for s in said if s.row.sum() == amount and _same_kind(s.kind, one.kind) and s.act in ("granted", "credited")]
        by_settlement = one.read.record.kind == "settlement" or any(s.act == "credited" or s.read.record.kind == "settlement" for s in same)
        payer = "provider" if one.kind in _CLIENTS else "client"
        rule = "allowed by a settlement, which takes it into account" if by_settlement else "allowed by a ruling"
        status = "paid" if by_settlement and (payer == "provider" or _carried_out(trail, one)) else "due"
        days = [s.day for s in same if s.day]
        left = [s for s in said if s.act == "withdrawn" and s.read is one.read and _same_kind(s.kind, one.kind) and (s.row.sum() or 0) > 0]
        whole = amount + sum((s.row.sum() or Decimal(0) for s in left), Decimal(0))
        out.append(Penalty(one.kind, amount, one.row.known.unit, status, payer, rule, _knowns(same), min(days, default=one.day), whole))
        for s in left:
            words = "given up by the settlement that grants the rest"
            out.append(Penalty(one.kind, s.row.sum() or Decimal(0), s.row.known.unit, "waived", payer, words, (s.row.known, one.row.known), one.day, whole))
    return out


def _carried_out(trail: Sequence[Dispute], one: _Said) -> bool:
    dispute = next((d for d in trail if any(one.read.record.record_id in s.records for s in d.steps if s.kind == "settlement")), None)
    return bool(dispute and _paid_under(dispute)[0])


def _penalty(asked: _Sum, amount: Decimal, status: str, rule: str, inputs: Iterable[Known]) -> Penalty:
    payer = "client" if asked.by == "provider" else "provider"
    return Penalty(asked.kind, amount, asked.currency, status, payer, rule, tuple(dict.fromkeys(inputs)), asked.day, asked.amount)


def _knowns(said: Iterable[_Said]) -> tuple[Known, ...]:
    return tuple(s.row.known for s in said)


def _credited(file: ClientFile, asked: _Sum, credits: list[_Said]) -> tuple[Decimal, tuple[Known, ...]]:
    """Return how much of a sum was credited: the ledger, credit notes and the settlement tell the same, so the largest of their sums counts."""
    groups: dict[str, dict[tuple[str, str], Decimal]] = {}
    used = list(_knowns(credits))
    for one in credits:
        if (amount := one.row.sum()) is not None:
            source = "ledger" if one.read.record.kind == "ledger" else "notes"
            groups.setdefault(source, {})[(one.row.text("number"), str(amount))] = amount
    if asked.number:
        for read in file.in_order():
            for line in rows(read, "settlement_credit"):
                if line.text("reference").upper() == asked.number and (amount := line.sum()) is not None:
                    groups.setdefault("settlement", {})[(asked.number, str(amount))] = amount
                    used.append(line.known)
    return max((sum(g.values(), Decimal(0)) for g in groups.values()), default=Decimal(0)), tuple(dict.fromkeys(used))


def _covers(dispute: Dispute, asked: _Sum, about: list[_Said]) -> bool:
    """Say whether a dispute is about a sum: its claims ask for it, or its settlement names it."""
    ids = {s.read.record.record_id for s in asked.said if s.act == "claimed"}
    named = {s.read.record.record_id for s in about if s.act in ("settled", "withdrawn", "granted")}
    for step in dispute.steps:
        if step.kind in ("claim", "counterclaim") and ids & set(step.records):
            return True
        if step.kind == "settlement" and named & set(step.records):
            return True
        if step.kind in ("claim", "counterclaim") and step.day >= asked.day and step.amount == asked.amount:
            return True
    return False


def _alone(dispute: Dispute, asked: _Sum) -> bool:
    """Say whether a dispute is about this sum and no other; a claim of the other side that was given up no longer counts."""
    gone = {(s.by, s.amount) for s in dispute.steps if s.kind == "withdrawal"}
    claims = [s for s in dispute.steps if s.kind in ("claim", "counterclaim") and s.amount is not None and (s.by, s.amount) not in gone]
    return bool(claims) and all(s.amount == asked.amount for s in claims)


def _paid_under(dispute: Dispute) -> tuple[bool, tuple[Known, ...]]:
    """Say whether what a settlement gives was paid, by its payments."""
    amount = dispute.outcome.amount if dispute.outcome else None
    paid = [s for s in dispute.steps if s.kind == "payment" and s.amount is not None and dispute.outcome and s.day >= dispute.outcome.day]
    got = sum((s.amount for s in paid if s.amount is not None), Decimal(0))
    return amount is not None and got >= amount - _CENT, tuple(s.known for s in paid)


def _rest(
    file: ClientFile, asked: _Sum, settled: Dispute | None, about: list[_Said], trail: Sequence[Dispute]
) -> tuple[str, str, tuple[Known, ...]]:
    if settled and settled.outcome:
        done, basis = _paid_under(settled)
        words = "part of a settlement sum that was paid" if done else "part of a settlement sum that was not paid in full"
        return ("paid" if done else "due"), words, (settled.outcome.known, *basis)
    for line in account(file).of("payment"):
        named = asked.number and asked.number.lower() in line.words
        if line.day >= asked.day and (named or line.amount == asked.amount):
            return "paid", "paid, as the ledger shows", (line.known,)
    refused = [s for s in about if s.act == "denied"]
    if refused:
        return "", "refused by a ruling", ()
    contested = [s for s in about if s.act == "contested" and s.by != asked.by]
    decided = any(d.status == "adjudicated" and _covers(d, asked, about) for d in trail)
    if denied := _denial(asked, trail) or (() if decided else _knowns(contested)[:2]):
        return "disputed", "denied by the other side, undecided", denied
    return "due", "asked for, not denied and not paid", ()


def _denial(asked: _Sum, trail: Sequence[Dispute]) -> tuple[Known, ...]:
    """Return the answers that deny a sum: of the other side, after it was asked for, in a dispute whose claims ask for it and that nothing decides."""
    ids = {s.read.record.record_id for s in asked.said}
    for dispute in trail:
        if dispute.status in ("settled", "withdrawn", "adjudicated"):
            continue
        if not any(s.kind in ("claim", "counterclaim") and (ids & set(s.records) or s.amount == asked.amount) for s in dispute.steps):
            continue
        later = [s for s in dispute.steps if s.by not in (asked.by, "third_party") and s.day >= asked.day]
        answers = [s for s in later if s.kind in ("response", "rejection", "counterclaim")]
        if answers:
            return tuple(s.known for s in answers[:2])
    return ()


def _with_formula(penalty: Penalty, formulas: Sequence[Formula]) -> Penalty:
    """Return a sum with the clause on it, and whether what was asked for is what the clause comes to."""
    formula = next((f for f in formulas if _same_kind(f.kind, penalty.kind)), None)
    if formula is None:
        return penalty
    agrees = None if formula.amount is None else abs(formula.amount - penalty.asked) < _CENT
    told = "" if agrees is None else "; as the clause comes to" if agrees else f"; the clause comes to {formula.amount:,.2f}"
    return replace(penalty, formula=formula, agrees=agrees, rule=f"{penalty.rule}{told}")
