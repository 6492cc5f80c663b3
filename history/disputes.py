"""The dispute trail: what was claimed, denied, offered, refused, settled, paid and broken, step by step, each cited.

Claims that are set off against each other are one dispute.  A settlement ends it; a broken settlement opens a dispute of its own, and the
first one stays settled, with the breach as its last step.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archive.model.record import ReadRecord
from history.acts import CLAIMS, ORDER, Act, acts
from history.cited import Known, cites_json, derivation, known
from history.contested import contested
from history.file import ClientFile, is_mail, once_a_file
from history.gating import links, waits_for
from history.ledger import Account, account
from history.money import decimal_of
from history.passages import lead
from history.performance import Schedule, breach, payment, payments_under, schedule
from history.received import unbooked
from history.reckoning import day_of
from history.rows import rows
from history.sides import Sides, direction, sides_of

_ANSWER_DAYS = 45
_NAMES = {"client": "the client", "provider": "the provider", "third_party": "a third party"}


@dataclass(frozen=True, slots=True)
class Dispute:
    """`steps` in order of date; `outcome` the settlement or last ruling that decides it, None while undecided; `payer` client|provider|none."""

    title: str
    status: str
    steps: tuple[Act, ...]
    outcome: Act | None
    payer: str | None
    why: str
    contradictions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        outcome = None
        if self.outcome is not None and self.outcome.amount is not None:
            outcome = {
                "amount": float(self.outcome.amount),
                "currency": self.outcome.currency or None,
                "payer": self.payer,
                "cites": cites_json(self.outcome.cites),
                "status": "derived",
                "derivation": derivation(f"sum of the {self.outcome.kind}; who pays by its words", (self.outcome.known, *self.outcome.inputs)),
                "undecided": [] if self.payer else ["who pays is not said"],
            }
        return {
            "title": self.title,
            "status": self.status,
            "steps": [step_json(s) for s in self.steps],
            "outcome": outcome,
            "links": [link.as_json() for link in links(self.steps)],
            "waits_for": [wait.as_json() for wait in waits_for(self.steps, self.status, self.outcome, self.payer)],
            "contradictions": list(self.contradictions),
            "cites": cites_json(c for s in self.steps for c in s.cites),
            "derivation": derivation(self.why, [s.known for s in self.steps]),
        }


def step_json(act: Act) -> dict[str, Any]:
    return {
        "date": act.day or None,
        "kind": act.kind,
        "by": act.by,
        "amount": float(act.amount) if act.amount is not None else None,
        "currency": act.currency or None,
        "records": list(act.records),
        "cites": cites_json(act.cites),
        "status": "derived",
        "derivation": derivation(act.known.rule, (act.known, *act.inputs)),
    }


@once_a_file
def disputes(file: ClientFile) -> tuple[Dispute, ...]:
    """Return the disputes of a file in order of time; () where nobody claimed anything."""
    sides = sides_of(file)
    said = [_summed(a, file) for a in acts(file, sides)]
    held = file.by_id()
    said = [a for a in said if a.kind not in CLAIMS or a.known.confidence >= 0.6 or not _weak(a, held) or _of_dispute(a, held)]
    said = [a for a in _answers(said, file, sides) if a.kind != "settlement" or a.known.confidence >= 0.6 or _takes_offer(a, said) or _grants(a, said)]
    money = account(file)
    said, apart = _joined(said, contested(file).steps)
    return tuple(sorted((*_in_turn(said, file, money), *_in_turn(apart, file, money)), key=lambda d: d.steps[0].day or "9999"))


def _joined(said: list[Act], open_sums: tuple[Act, ...]) -> tuple[list[Act], list[Act]]:
    """Return the acts of the one trail and those of a trail of its own.

    A contested demand goes on with what its side claims already and no settlement ended; where nobody claims anything yet, it is the trail;
    beside claims of the other side it is a matter of its own.  What an act of the trail tells already is not told twice.
    """
    told = {i for a in said if a.kind in CLAIMS for i in a.records}
    open_sums = tuple(a for a in open_sums if a.kind != "claim" or not told & set(a.records))
    first = next((a for a in open_sums if a.kind == "claim"), None)
    if first is None:
        return said, []
    ended = max((a.day for a in said if a.kind == "settlement" and a.day <= first.day), default="")
    running = [a for a in said if a.kind in CLAIMS and ended < a.day]
    if (not running and any(a.kind in CLAIMS for a in said)) or any(a.by != first.by for a in running[:1]):
        mine = {i for a in open_sums for i in a.records}
        return [a for a in said if not (a.kind == "response" and mine >= set(a.records))], list(open_sums)
    seen = {(a.kind, i) for a in said for i in a.records}
    return said + [a for a in open_sums if not any((a.kind, i) in seen for i in a.records)], []


def _in_turn(said: list[Act], file: ClientFile, money: Account) -> list[Dispute]:
    """Return the disputes of one trail: a settlement ends one, and the next claim begins another."""
    out: list[Dispute] = []
    left = sorted((a for a in said if a.day), key=_order) + [a for a in said if not a.day]
    while any(a.kind in CLAIMS for a in left):
        first = next(n for n, a in enumerate(left) if a.kind in CLAIMS)
        left = left[first:]
        end = next((n for n, a in enumerate(left) if a.kind == "settlement"), None)
        if end is None:
            out.append(_unsettled(left, file, money))
            break
        last = left[end]
        while end + 1 < len(left) and (left[end + 1].records == last.records or left[end + 1].day == last.day):
            end += 1
        dispute, broken = _settled(left[: end + 1], last, file, money, left[end + 1 :])
        out.append(dispute)
        left = left[end + 1 :]
        if broken is None:
            # What still passes between the parties carries the settlement out; only a new claim opens a new dispute.
            left = [a for a in left if a.kind in CLAIMS or any(b.kind in CLAIMS and b.day <= a.day for b in left)]
    return out


def _order(act: Act) -> tuple[str, int]:
    return (act.day, ORDER.index(act.kind))


def _settled(told: list[Act], settled: Act, file: ClientFile, money: Account, later: list[Act]) -> tuple[Dispute, Act | None]:
    amount, payer = settled.amount, settled.payer
    accepted = _accepted(told, settled)
    if accepted is not None:
        amount = amount if amount is not None else accepted.amount
        payer = payer or accepted.payer or _payer_of_offer(accepted, told)
        settled = replace(settled, inputs=(*settled.inputs, accepted.known))
    payer = payer or _charged(told)
    settled = replace(settled, amount=amount, by=payer or settled.by, currency=settled.currency or (accepted.currency if accepted else ""))
    plan: Schedule = schedule(file, settled)
    until = next((a.day for a in later if a.kind == "settlement"), "")
    paid = payments_under(file, money, settled, payer, plan, until)
    broken = breach(file, money, settled, payer, plan, paid)
    if broken is not None:
        paid = [p for p in paid if p.day <= broken.day]
    steps = [settled if a.records == settled.records and a.kind == "settlement" else a for a in told]
    steps = _answered(steps) + paid + ([broken] if broken else [])
    return _dispute(steps, "settled", settled, payer, "a settlement follows the claims"), broken


def _unsettled(told: list[Act], file: ClientFile, money: Account) -> Dispute:
    steps = _answered(told)
    claimed = [a for a in steps if a.kind in CLAIMS]
    ruling = next((a for a in reversed(steps) if a.kind == "ruling"), None)
    by_provider = next((a for a in claimed if a.by == "provider"), None)
    if by_provider is not None and by_provider.day:
        lines = sorted((*money.of("payment"), *unbooked(money)), key=lambda e: e.day)
        steps += [payment(file, money, e, "client") for e in lines if e.day >= by_provider.day]
    status, why = _status(steps, claimed, ruling)
    final = ruling if ruling is not None and status == "adjudicated" else None
    payer = (final.payer or _charged(claimed)) if final else None
    return _dispute(steps, status, final, payer, why)


def _status(steps: list[Act], claimed: list[Act], ruling: Act | None) -> tuple[str, str]:
    last = max((a.day for a in claimed), default="")
    gone = [a for a in steps if a.kind == "withdrawal"]
    if ruling is not None and ruling.forum != "interim":
        return "adjudicated", "a final ruling decides the claims, and no settlement follows"
    if gone and all(any(w.by == c.by and w.day >= c.day for w in gone) for c in claimed):
        return "withdrawn", "each claim was withdrawn by the side that made it"
    forum = next((a.forum for a in reversed(claimed) if a.forum in ("arbitration", "litigation")), "")
    if forum:
        return forum, f"a claim was brought in {forum}, and nothing ends it"
    if any(a.kind == "mediation" and a.day >= last for a in steps):
        return "mediation", "a mediation follows the last claim, and nothing ends the dispute"
    if any(a.kind in ("offer", "rejection") and a.day >= last for a in steps):
        return "negotiation", "offers follow the last claim, and none was accepted"
    return "open", "no settlement, ruling or withdrawal follows the claims"


def _dispute(steps: list[Act], status: str, outcome: Act | None, payer: str | None, why: str) -> Dispute:
    steps = sorted(steps, key=lambda a: (a.day == "", *_order(a)))
    claimed = [a for a in steps if a.kind in CLAIMS]
    title = " and ".join(dict.fromkeys(_title(a) for a in claimed))
    return Dispute(title[:1].upper() + title[1:], status, tuple(steps), outcome, payer, why, tuple(_contradictions(steps)))


def _title(act: Act) -> str:
    amount = f" for {act.currency} {act.amount:,.2f}".replace("  ", " ") if act.amount is not None else ""
    return f"{act.kind} of {_NAMES.get(act.by or '', 'an unknown side')} of {act.day or 'unknown date'}{amount}"


def _contradictions(steps: list[Act]) -> list[str]:
    out = []
    for ruling in (a for a in steps if a.kind == "ruling" and a.amount is not None):
        for claim in (a for a in steps if a.kind in CLAIMS and a.day <= ruling.day and a.amount is not None):
            if claim.amount != ruling.amount and ruling.payer and claim.other == ruling.payer:
                out.append(f"{claim.kind} of {claim.day}: {claim.amount:,.2f} claimed, {ruling.amount:,.2f} found due on {ruling.day}")
    return out


def _answered(steps: list[Act]) -> list[Act]:
    """Return the steps with claims named by their place: one against an earlier claim of the other side is a counterclaim.

    A response stands only where the other side claimed or offered something before it, and a refusal only has a sum where an offer had it.
    """
    out: list[Act] = []
    for act in sorted(steps, key=lambda a: (a.day == "", *_order(a))):
        before = [a for a in out if a.kind in (*CLAIMS, "offer") and (a.by != act.by or act.by is None)]
        if act.kind == "response" and not before:
            continue
        if act.kind == "claim" and act.by and out and all(a.by and a.by != act.by for a in out if a.kind in CLAIMS):
            act = replace(act, kind="counterclaim")
        alone = not any(a.kind in CLAIMS for a in steps if a is not act)
        if act.kind == "counterclaim" and alone:
            act = replace(act, kind="claim")
        if act.kind == "withdrawal" and act.amount is None:
            own = [a for a in out if a.kind in CLAIMS and a.by == act.by and a.amount is not None]
            if not own:
                continue
            act = replace(act, amount=own[-1].amount, inputs=(*act.inputs, own[-1].known))
        if act.kind == "rejection":
            offers = [a for a in before if a.kind == "offer" and a.amount is not None]
            if not offers or (act.known.confidence < 0.6 and all(a.amount != act.amount for a in offers)):
                continue
            if act.amount is None or all(a.amount != act.amount for a in offers):
                act = replace(act, amount=offers[-1].amount, inputs=(*act.inputs, offers[-1].known))
        out.append(act)
    return out


def _accepted(told: list[Act], settled: Act) -> Act | None:
    """Return the offer that a settlement accepts: the latest of its sum, or the latest at all where it names none."""
    offers = [a for a in told if a.kind == "offer" and a.day <= settled.day and a.amount is not None]
    return next((a for a in reversed(offers) if settled.amount in (None, a.amount)), None)


def _of_dispute(act: Act, held: dict[str, ReadRecord]) -> bool:
    return any("dispute" in held[i].record.record_types for i in act.records if i in held)


def _meets_claim(act: Act, said: list[Act]) -> bool:
    """Say whether a message that denies does so soon after a claim of the other side: in plain words for a claim, or beside a claim of its own."""
    before = [a for a in said if a.kind in CLAIMS and a.by == act.other and act.by and a.known.confidence >= 0.6 and 0 <= _days(a.day, act.day) <= _ANSWER_DAYS]
    beside = any(a.kind in CLAIMS and a.records == act.records for a in said)
    return bool(before) and (beside or act.known.confidence > 0.72)


def _days(first: str, last: str) -> int:
    one, two = day_of(first), day_of(last)
    return (two - one).days if one and two else -1


def _weak(act: Act, held: dict[str, ReadRecord]) -> bool:
    """Say whether none of the records of a claim is of that kind: then only its words speak for it."""
    return all(held[i].record.kind not in (*CLAIMS, "notice") for i in act.records if i in held)


def _takes_offer(act: Act, said: list[Act]) -> bool:
    """Say whether words that accept take an offer: one of the other side before them, of the sum they name, not refused since."""
    offers = [a for a in said if a.kind == "offer" and a.day <= act.day and a.by != act.by and a.amount is not None and a.records != act.records]
    return any(act.amount in (None, a.amount) for a in offers[-2:])


def _grants(act: Act, said: list[Act]) -> bool:
    """Say whether words that credit a sum grant a claim: one of the other side, of that sum, not long before."""
    if act.payer != "provider" or act.by != "provider" or act.amount is None:
        return False
    return any(a.kind in CLAIMS and a.by == "client" and a.amount == act.amount and 0 <= _days(a.day, act.day) <= _ANSWER_DAYS for a in said)


def _payer_of_offer(offer: Act, told: list[Act]) -> str | None:
    """Return who pays by an offer: the side against which the other alone claims."""
    return _charged(told)


def _charged(told: list[Act]) -> str | None:
    sides = {a.by for a in told if a.kind in CLAIMS}
    return {"client": "provider", "provider": "client"}.get(str(next(iter(sides)))) if len(sides) == 1 else None


def _summed(act: Act, file: ClientFile) -> Act:
    """Return a withdrawal with the sum and the side of the invoice that it names: who made the invoice gives its claim up."""
    if act.kind != "withdrawal" or act.amount is not None or not act.forum:
        return act
    for read in file.in_order():
        for row in rows(read, "ledger_row"):
            if row.text("number").upper() == act.forum and row.text("kind") == "invoice" and row.sum() is not None:
                return replace(act, amount=row.sum(), by="provider", inputs=(*act.inputs, row.known), cites=(*act.cites, *row.known.cites), forum="")
        if read.record.kind == "invoice" and act.forum in read.text.upper()[:600] and (k := known(read, "amount")) and decimal_of(k) is not None:
            return replace(act, amount=decimal_of(k), by="provider", inputs=(*act.inputs, k), cites=(*act.cites, *k.cites), forum="")
    return act


def _answers(said: list[Act], file: ClientFile, sides: Sides) -> list[Act]:
    """Return the acts with what answers them in the same thread: the first message of the other side after a claim is its response.

    So is one after an offer that keeps its rights or its time.  A message's own words of denial count only in such a thread, since one may
    deny much that is no claim.
    """
    held = file.by_id()
    mails = {i for a in said for i in a.records if i in held and is_mail(held[i])}
    loose = [a for a in said if a.kind == "response" and set(a.records) <= mails]
    out = [a for a in said if a not in loose or (a.known.confidence > 0.72 and _of_dispute(a, held)) or _meets_claim(a, said)]
    for act in said:
        if act.kind not in (*CLAIMS, "offer") or not act.threads or act.by is None:
            continue
        for read in file.in_order():
            r = read.record
            if r.thread_id not in act.threads or (r.date or "")[:10] < act.day or r.record_id in act.records:
                continue
            if r.duplicate_of or r.privileged or not is_mail(read):
                continue
            if sides.of_sender(read) != act.other or direction(read, sides)[0] == "internal":
                continue
            own = [a for a in said if r.record_id in a.records]
            response = next((a for a in loose if r.record_id in a.records), None)
            settles = any(a.kind in ("settlement", "withdrawal") for a in own)
            if response is None and act.kind in CLAIMS and not settles and (first := lead(read)):
                k = Known("response", r.record_id, (read.cite(first),), "first message of the other side in the thread of the claim", status="derived")
                response = Act("response", (r.date or "")[:10], act.other, None, "", k, (act.known,), k.cites, (r.record_id,), r.thread_id)
            answered = act.kind == "offer" and any(a.kind in ("rejection", "offer") for a in own)
            if response is not None and not answered and not any(a.kind == "response" and a.records == response.records for a in out):
                out.append(response)
            break
    return out
