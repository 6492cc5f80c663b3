"""The record types of an item: which of the five trails it belongs to. The kind gives the first, what is said adds others."""
from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Final

from archive.model.fact import Derived, Fact
from archive.model.record import RECORD_TYPES
from ingest.enrich.automatic import is_automatic
from ingest.enrich.doc import Doc
from ingest.enrich.record_type_signs import SIGNS, TURNS_ON
from ingest.enrich.signs import scores
from ingest.enrich.type_grounds import settled

_BY_KIND: Final[dict[str, tuple[str, ...]]] = {
    "email": ("interaction",), "chat": ("interaction",), "call_transcript": ("interaction",), "call_note": ("interaction",),
    "meeting_note": ("interaction",), "contract": ("contractual",), "amendment": ("contractual",), "sow": ("contractual",),
    "legal_letter": (), "notice": ("contractual",), "claim": ("dispute",), "counterclaim": ("dispute", "billing"), "settlement": ("dispute",),
    "invoice": ("billing",), "credit_note": ("billing",), "ledger": ("billing",), "payment_advice": ("billing",), "survey": ("feedback",),
    "sla_report": ("feedback",), "review": ("feedback", "interaction"), "other": (),
}
_MAY_ADD: Final[dict[str, frozenset[str]]] = {
    **{k: frozenset() for k in ("contract", "amendment", "sow", "ledger", "survey", "sla_report", "review")},
    "notice": frozenset({"dispute"}), "claim": frozenset({"billing"}), "counterclaim": frozenset(),
    "settlement": frozenset({"billing"}), "invoice": frozenset({"dispute"}), "credit_note": frozenset({"dispute"}),
    "payment_advice": frozenset({"dispute"}), "legal_letter": frozenset({"contractual", "dispute", "billing"}),
    "other": frozenset({"contractual", "dispute", "billing"}), "call_note": frozenset({"contractual", "dispute"}),
}
"""What the words of a kind may add; a kind that is not named may get any. Contracts speak of every subject without belonging to its "
        "trail."""

_BAR: Final = 1.0
_TALK: Final = {"contractual": 2.0, "dispute": 1.5, "billing": 2.5, "feedback": 1.5}
_TOPIC_BARS: Final[dict[str, dict[str, float]]] = {
    "email": {"contractual": 2.0, "dispute": 1.0, "billing": 1.5, "feedback": 1.5},
    "chat": {**_TALK, "contractual": 1.0}, "call_transcript": _TALK, "call_note": _TALK, "meeting_note": _TALK,
    "legal_letter": {"contractual": 2.0, "dispute": 1.0, "billing": 2.0},
    "notice": {"dispute": 2.0}, "claim": {"billing": 1.0}, "other": {"contractual": 1.5, "dispute": 2.0, "billing": 5.0},
}
"""How much an item of a kind must speak of a trail (`topics`) to belong to it."""


def record_types(doc: Doc, kind: str) -> tuple[Derived, ...]:
    """Return the record types of an item of this kind, in the order of the model, each with its basis."""
    found = {t: Derived(t, f"kind {kind}") for t in _BY_KIND[kind]}
    if doc.form == "mail":
        found.setdefault("interaction", Derived("interaction", "a mail"))
        if is_automatic(doc):
            if kind == "payment_advice":
                del found["interaction"]
            elif kind == "email":
                return (found["interaction"],)
    if kind == "settlement" and doc.form != "mail":
        found["contractual"] = Derived("contractual", "agreement that both sign")
    allowed = _MAY_ADD.get(kind) if kind != "settlement" or doc.form == "mail" else frozenset()
    if allowed is None or allowed:
        signs = TURNS_ON if kind in ("invoice", "credit_note", "payment_advice") else SIGNS
        for name, score in scores(doc, signs).items():
            if score.total >= _BAR and name not in found and (allowed is None or name in allowed):
                found[name] = Derived(name, "; ".join(score.bases[:2]), 0.7, score.passage)
    bars = _TOPIC_BARS.get(kind, {})
    for name, (weight, shown) in doc.topics.items() if bars else ():
        if name in bars and weight >= bars[name] and name not in found:
            found[name] = Derived(name, "speaks of " + ", ".join(shown[:4]), 0.6)
    found = settled(doc, kind, found)
    if kind == "legal_letter" and not found:
        found["contractual"] = Derived("contractual", "formal letter", 0.4)
    return tuple(found[t] for t in RECORD_TYPES if t in found)


_ON_THE_END = re.compile(
    r"\b(?:notice|terminat\w+|(?:non-?)?renew\w*|days hold|notice period|burofax|preaviso|plazo|prorrog\w+|resolucion|rescision|kundig\w+|frist\w*|"
    r"verlanger\w+|preavis|resiliation|"
    r"renouvell\w+|reconduction)\b")
_ON_A_DISPUTE = re.compile(
    r"\b(?:claims?|credits?|exposure|risks?|disput\w+|penalt\w+|damages|settle\w*|liab\w+|enforce\w*|reclam\w+|riesgo\w*|penaliz\w+|litigio|pleito|"
    r"fuera de plazo|anspr\w+|forderung\w*|"
    r"risik\w+|vertragsstrafe\w*|vergleich\w*|creance\w*|risques?|penalites?|litige\w*|hold up|at worst|"
    r"cost us|kosten konnte\w*|pourrait couter|podria costar)\b")


def with_advice(found: tuple[Derived, ...], doc: Doc, privileged: Derived | None) -> tuple[Derived, ...]:
    """Return the record types of counsel's advice with what it is about: the end of the contract, a dispute."""
    if privileged is None:
        return found
    held = {t.value: t for t in found}
    text = f"{doc.subject}\n{doc.folded[:20_000]}"
    for name, pattern in (("contractual", _ON_THE_END), ("dispute", _ON_A_DISPUTE)):
        told = list(dict.fromkeys(m[0] for m in pattern.finditer(text)))
        if name not in held and len(told) >= (2 if name == "dispute" else 1):
            held[name] = Derived(name, f"advice on: {', '.join(told[:3])}", 0.6)
    return tuple(held[t] for t in RECORD_TYPES if t in held)


_BY_ACTS: Final = frozenset({"email", "legal_letter", "other", "call_note", "meeting_note"})
_ACTS: Final = frozenset({"offer", "rejection", "withdrawal", "settlement", "mediation", "ruling"})
_DONE_AT_END: Final = frozenset({"assets_returned", "data_deleted", "handover_done", "exit_missing"})
_TOLD_IN: Final = frozenset({"email", "call_note", "meeting_note"})
_PLAINLY: Final = 0.75


def with_acts(found: tuple[Derived, ...], kind: str, facts: Iterable[Fact]) -> tuple[Derived, ...]:
    """Return the record types with `dispute` for an item that plainly offers, refuses, gives up, settles or mediates, whatever words it uses."""
    if kind not in _BY_ACTS:
        return found
    facts = tuple(facts)
    done = next((f for f in facts if f.name in _DONE_AT_END), None) if kind in _TOLD_IN else None
    if done is not None and not any(t.value == "contractual" for t in found):
        held = {**{t.value: t for t in found}, "contractual": Derived("contractual", f"tells what was done at the end: {done.name}", 0.6, done.passages[0])}
        found = tuple(held[t] for t in RECORD_TYPES if t in held)
    if any(t.value == "dispute" for t in found):
        return found
    for fact in facts:
        if fact.name != "dispute_act" or fact.confidence < _PLAINLY:
            continue
        act = json.loads(str(fact.value))
        if act.get("kind") in _ACTS and (act.get("amount") or act["kind"] in ("mediation", "ruling")):
            held = {**{t.value: t for t in found}, "dispute": Derived("dispute", f"does an act of a dispute: {act['kind']}", 0.7, fact.passages[0])}
            return tuple(held[t] for t in RECORD_TYPES if t in held)
    return found
