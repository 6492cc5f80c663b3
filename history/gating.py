"""What hangs on what in a dispute: which step answers, refuses, accepts, pays or breaks which, and what the dispute waits for now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from history.acts import CLAIMS, Act

_CENT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Link:
    """Step `of` exists because of step `to` (places in the trail, from 0): `relation` says how."""

    of: int
    to: int
    relation: str

    def as_json(self) -> dict[str, Any]:
        return {"step": self.of, "because_of": self.to, "relation": self.relation}


@dataclass(frozen=True, slots=True)
class Wait:
    """What has to happen next: `what`, by which side (None: either), and the step from which it follows."""

    what: str
    by: str | None
    step: int
    amount: Decimal | None = None

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "by": self.by, "because_of": self.step, "amount": float(self.amount) if self.amount is not None else None}


def links(steps: Sequence[Act]) -> tuple[Link, ...]:
    """Return for each step the earlier one on which it rests, in order; the first claim rests on none."""
    out = []
    for n, act in enumerate(steps):
        found = _because(act, n, steps)
        if found is not None:
            out.append(Link(n, *found))
    return tuple(out)


def _because(act: Act, n: int, steps: Sequence[Act]) -> tuple[int, str] | None:
    before = range(n - 1, -1, -1)

    def last(*kinds: str, by: str | None = None, amount: Decimal | None = None) -> int | None:
        fits = (m for m in before if steps[m].kind in kinds and (by is None or steps[m].by in (by, None)))
        return next((m for m in fits if amount is None or steps[m].amount == amount), None)

    rules: dict[str, tuple[tuple[str, int | None], ...]] = {
        "claim": (("follows the breach", last("breach")), ("goes on with", last("claim", "counterclaim", by=act.by))),
        "response": (("answers", last("claim", "counterclaim", "offer", by=act.other)),),
        "counterclaim": (("is set against", last("claim", by=act.other)),),
        "rejection": (("refuses", last("offer", by=act.other, amount=act.amount)), ("refuses", last("offer", by=act.other))),
        "offer": (("goes against", last("offer", by=act.other)), ("would settle", last(*CLAIMS))),
        "mediation": (("is about", last(*CLAIMS)),),
        "ruling": (("decides", last(*CLAIMS, by={"client": "provider", "provider": "client"}.get(act.payer or ""))), ("decides", last(*CLAIMS))),
        "settlement": (("accepts", last("offer", amount=act.amount)), ("follows", last("mediation")), ("ends", last(*CLAIMS))),
        "withdrawal": (("is agreed in", _same_day(act, n, steps, "settlement")), ("gives up", last(*CLAIMS, by=act.by, amount=act.amount))),
        "payment": (("carries out", last("settlement")), ("carries out", last("ruling")), ("pays on", last(*CLAIMS, by=act.other))),
        "breach": (("breaks", last("settlement")),),
    }
    return next(((to, relation) for relation, to in rules.get(act.kind, ()) if to is not None), None)


def _same_day(act: Act, n: int, steps: Sequence[Act], kind: str) -> int | None:
    return next((m for m in range(len(steps)) if m != n and steps[m].kind == kind and steps[m].day == act.day), None)


def waits_for(steps: Sequence[Act], status: str, outcome: Act | None, payer: str | None) -> tuple[Wait, ...]:
    """Return what the dispute waits for as the steps stand; () for one that is over."""
    if status == "withdrawn":
        return ()
    if outcome is not None and outcome.amount is not None and status in ("settled", "adjudicated"):
        at = next((n for n, s in enumerate(steps) if s.kind == outcome.kind and s.day == outcome.day), 0)
        if any(s.kind == "breach" for s in steps):
            return ()
        paid = sum((s.amount for s in steps[at + 1 :] if s.kind == "payment" and s.amount is not None and s.by == payer), Decimal(0))
        left = outcome.amount - paid
        return (Wait(f"payment of what the {outcome.kind} gives", payer, at, left),) if payer in ("client", "provider") and left > _CENT else ()
    offers = [n for n, s in enumerate(steps) if s.kind == "offer"]
    if offers and not any(s.kind in ("rejection", "settlement") and steps[offers[-1]].by != s.by for s in steps[offers[-1] + 1 :]):
        offer = steps[offers[-1]]
        return (Wait("acceptance or refusal of the offer", offer.other, offers[-1], offer.amount),)
    claims = [n for n, s in enumerate(steps) if s.kind in CLAIMS]
    out = []
    for n in claims:
        claim = steps[n]
        answered = any(s.kind in ("response", "counterclaim", "offer", "rejection") and s.by != claim.by for s in steps[n + 1 :])
        if not answered:
            out.append(Wait("answer to the claim, or its payment", claim.other, n, claim.amount))
    if not out and claims:
        what = f"decision in {status}" if status in ("mediation", "arbitration", "litigation") else "agreement, payment or decision"
        out.append(Wait(what, None, claims[-1], steps[claims[-1]].amount))
    return tuple(out)
