"""Near duplicates among what is held: candidates by the bands of their fingerprints, judged by their words."""
from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from sqlalchemy import Connection, delete, select

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.database import Writing, chunks
from archive.analysis import analyse_exact
from archive.likeness import bands, likeness, primary_order
from archive.relations import Member

CANDIDATES = 8
"""How many of those that share the most bands are judged."""
CROWD = 400
"""A band that more items share than this says nothing of any two of them."""
SLACK = 0.17
"""The sketch of a short paper may be off by so much; its words are counted before it is refused."""


def file_bands(w: Writing, members: Iterable[Member]) -> dict[str, list[int]]:
    """File the bands of new members; return those of each that can have near duplicates."""
    filed = {m.record.record_id: bands(m.own.fingerprint) for m in members if m.own.fingerprint and m.own.fingerprint.sketch}
    for part in chunks(sorted(filed)):
        w.connection.execute(delete(t.near_bands).where(t.near_bands.c.record_id.in_(part)))
    w.insert(t.near_bands, [{"band": band, "record_id": i} for i, listed in filed.items() for band in sorted(set(listed))])
    return filed


def candidates(c: Connection, filed: dict[str, list[int]]) -> dict[str, list[str]]:
    """Return for each item those that share bands with it, most bands first."""
    holders: dict[int, list[str]] = {}
    wanted = sorted({band for listed in filed.values() for band in listed})
    for part in chunks(wanted):
        for band, record_id in c.execute(select(t.near_bands.c.band, t.near_bands.c.record_id).where(t.near_bands.c.band.in_(part))):
            holders.setdefault(band, []).append(record_id)
    out: dict[str, list[str]] = {}
    for record_id, listed in filed.items():
        shared = Counter(other for band in set(listed) if len(holders.get(band, ())) <= CROWD for other in holders.get(band, ()) if other != record_id)
        if shared:
            out[record_id] = [other for other, _ in sorted(shared.items(), key=lambda x: (-x[1], x[0]))[:CANDIDATES]]
    return out


def settle_near(c: Connection, now: dict[str, Member], near: dict[str, list[str]]) -> dict[str, Member]:
    """Return the members whose `near_duplicate_of` changes. `now` holds all that are named in `near`, and those that point to them."""
    changed: dict[str, Member] = {}

    def latest(record_id: str) -> Member:
        return changed.get(record_id) or now[record_id]

    pairs: dict[str, dict[str, float]] = {}
    for record_id in sorted(near):
        member = now[record_id]
        for other_id in near[record_id]:
            other = now.get(other_id)
            if other and (score := _score(c, member, other)):
                pairs.setdefault(record_id, {})[other_id] = score
    pointing: dict[str, set[str]] = {}      # to a primary
    for i, m in now.items() if pairs else ():
        if m.record.near_duplicate_of:
            pointing.setdefault(m.record.near_duplicate_of, set()).add(i)
    order: dict[str, tuple[bool, bool, bool, str, str, str]] = {}
    for record_id, scores in pairs.items():
        if latest(record_id).record.duplicate_of:
            continue
        group = {record_id, *scores}
        group |= {p for i in group if (p := latest(i).record.near_duplicate_of) and p in now}
        group |= {i for p in group for i in pointing.get(p, ())}
        group = {i for i in group if not latest(i).record.duplicate_of}
        for i in group - order.keys():
            order[i] = primary_order(now[i].record)
        first = min(group, key=order.__getitem__)
        for i in sorted(group):
            was = latest(i)
            score = scores.get(i) or max(scores.values())
            changed[i] = _pointed(was, None if i == first else first, score)
            pointing.get(was.record.near_duplicate_of or "", set()).discard(i)
            if i != first:
                pointing.setdefault(first, set()).add(i)
    return {i: m for i, m in changed.items() if m != now[i]}


def _pointed(member: Member, primary: str | None, score: float) -> Member:
    bases = {k: v for k, v in member.record.bases.items() if k != "near_duplicate_of"}
    if primary and member.record.near_duplicate_of == primary:
        return member
    if primary:
        bases["near_duplicate_of"] = f"{score:.2f} of the pairs of neighbouring words are the same"
    return replace(member, record=replace(member.record, near_duplicate_of=primary, bases=bases))


def _score(c: Connection, a: Member, b: Member) -> float:
    """Return how like two members are when they are near duplicates, else 0: not for copies, nor for papers of different clients."""
    one, two = a.own.fingerprint, b.own.fingerprint
    if not one or not two or a.record.duplicate_of or b.record.duplicate_of or a.copy_key == b.copy_key:
        return 0.0
    if a.record.clients and b.record.clients and not set(a.record.clients) & set(b.record.clients):
        return 0.0
    least, score = min(one.least, two.least), likeness(one, two)
    if one.guard != "mail" and score >= least - SLACK:
        texts = dict(c.execute(select(t.texts.c.text_digest, t.texts.c.body).where(t.texts.c.text_digest.in_({a.text_digest, b.text_digest}))).all())
        score = _shared(*(analyse_exact(zlib.decompress(texts[d]).decode()) for d in (a.text_digest, b.text_digest)))
    return score if score >= least else 0.0


def _shared(one: str, two: str) -> float:
    a, b = _pairs(one.split()), _pairs(two.split())
    return len(a & b) / len(a | b) if a or b else 0.0


def _pairs(words: list[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))
