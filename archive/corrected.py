"""A person's word goes before what was read: corrections applied to facts and to what an item says of itself. Pure: values in, values out.

A correction finds its fact again by name and words, also where a newer reader has moved them or reads another value there.  Where the words
are gone from the text the corrected fact stays, without a place to be cited from; the audit and the review name it.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from archive.model.correction import Correction, FactSaid, Said, Settled, fact_id_of
from archive.model.extracted import Page, Passage
from archive.model.fact import Fact, Status, Word
from archive.relations import Member

BELOW = 0.99
"""So sure at most is what was read, beside what a person has settled of the same name."""


def in_force(corrections: Iterable[Correction], moment: str | None = None) -> dict[str, Correction]:
    """Return for each thing the correction that holds: the latest that is not withdrawn; at a `moment`, of those made until then."""
    out: dict[str, Correction] = {}
    for c in sorted(corrections, key=lambda c: c.seq):
        if c.withdrawn_at is None if moment is None else c.held_at(moment):
            out[c.thing] = c
    return out


def said_of_item(holding: Iterable[Correction]) -> Said:
    """Return what the corrections that hold say of how an item is to be read."""
    said = Said()
    for c in holding:
        if c.about == "kind":
            said = replace(said, kind=str(c.value))
        elif c.about == "date" and c.value:
            said = replace(said, date=str(c.value))
        elif c.about == "clients" and isinstance(c.value, tuple):
            said = replace(said, clients=c.value)
    return said


def correct_member(member: Member, holding: Iterable[Correction]) -> Member:
    """Return a member that says of itself what persons say of it."""
    record, own = member.record, member.own
    for c in holding:
        if c.about == "kind":
            record = replace(record, kind=str(c.value), bases=record.bases | {"kind": c.basis})
        elif c.about == "date":
            own = replace(own, date=(str(c.value or ""), c.basis))
        elif c.about == "record_types" and isinstance(c.value, tuple):
            own = replace(own, record_types=tuple((value, c.basis) for value in c.value), types_said=True)
        elif c.about == "privileged":
            own = replace(own, privileged=c.basis if c.value else "", privilege_said=True)
        elif c.about == "clients" and isinstance(c.value, tuple):
            own = replace(own, clients=tuple((client, c.basis) for client in c.value), weak=(), said=f"{c.seq:012d} {c.basis}")
    return replace(member, record=record, own=own)


def correct_facts(facts: Sequence[Fact], text: str, holding: Iterable[Correction], pages: Sequence[Page] = ()) -> tuple[Fact, ...]:
    """Return the facts of a record as persons have settled them; `facts` are those that were read, `text` is what they were read from."""
    out = list(facts)
    for c in holding:
        if c.about != "fact":
            continue
        meant = _meant(out, c.target) if c.target else []
        at = meant[0] if meant else len(out)
        for index in reversed(meant):
            del out[index]
        if c.fact is not None:
            out.insert(at, _fact(c, c.fact, text, pages))
    settled = {f.name for f in out if f.word}
    return tuple(replace(f, confidence=min(f.confidence, BELOW)) if f.name in settled and not f.word else f for f in out)


def _fact(c: Correction, said: FactSaid, text: str, pages: Sequence[Page]) -> Fact:
    word = Word(c.correction_id, c.record_id, c.thing, c.actor, c.at, c.why, c.insider)
    passages = tuple(p for p in (found_again(p, text, pages) for p in said.passages) if p is not None)
    status: Status = "confirmed" if c.verdict == "confirmed" else "corrected"
    return Fact(said.name, said.value, passages, said.basis, said.unit, status, 1.0, word)


def _meant(facts: Sequence[Fact], target: FactSaid) -> list[int]:
    """Return where the fact stands that a correction is about: the very same, else the same words or the same value at the words nearest to them."""
    named = [i for i, f in enumerate(facts) if f.name == target.name and f.word is None]
    same = [i for i in named if _id(facts[i]) == fact_id_of(target.name, target.value, target.unit, target.passages)]
    if same:
        return same
    quotes = [p.quote for p in target.passages]
    for value_too in (True, False):
        like = [i for i in named if [p.quote for p in facts[i].passages] == quotes
                and (not value_too or (facts[i].value, facts[i].unit) == (target.value, target.unit))]
        if like:
            nearest = min(like, key=lambda i: _far(facts[i].passages, target.passages))
            at_once = [i for i in like if facts[i].passages == facts[nearest].passages]
            return at_once if value_too or len(at_once) == 1 else []
    like = [i for i in named if (facts[i].value, facts[i].unit) == (target.value, target.unit) and _overlap(facts[i].passages, target.passages)]
    return like[:1]


def _id(fact: Fact) -> str:
    return fact_id_of(fact.name, fact.value, fact.unit, fact.passages)


def _far(some: Sequence[Passage], others: Sequence[Passage]) -> int:
    return abs(some[0].start - others[0].start) if some and others else 0


def _overlap(some: Sequence[Passage], others: Sequence[Passage]) -> bool:
    return any((a.start < b.end and b.start < a.end) or a.quote in b.quote or b.quote in a.quote for a in some for b in others)


def found_again(passage: Passage, text: str, pages: Sequence[Page]) -> Passage | None:
    """Return the passage where its words stand now: nearest to where they stood; None where they are gone."""
    if text[passage.start:passage.end] == passage.quote:
        return passage
    after = text.find(passage.quote, passage.start)
    before = text.rfind(passage.quote, 0, passage.start + len(passage.quote))
    places = [at for at in (before, after) if at >= 0]
    if not places or not passage.quote:
        return None
    start = min(places, key=lambda at: abs(at - passage.start))
    page = next((p.number for p in pages if p.start <= start < p.end), None)
    return Passage(start, start + len(passage.quote), passage.quote, page)


def as_it_stood(corrections: Sequence[Correction], moment: str) -> dict[str, Correction | Settled]:
    """Return for each assignment that is settled otherwise now what stood there at a moment: the correction that held, else what stood before the
    first that came after it."""
    now, then = in_force(corrections), in_force(corrections, moment)
    out: dict[str, Correction | Settled] = {}
    for thing in {c.thing for c in corrections if c.about != "fact"}:
        if now.get(thing) == then.get(thing):
            continue
        first = min((c for c in corrections if c.thing == thing and c.at >= moment), key=lambda c: c.seq, default=None)
        out[thing] = then.get(thing, first.was if first else None)
    return out
