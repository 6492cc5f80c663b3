"""Facts on which documents disagree: drafts and signed papers, the day of the end, the day of receipt, sums told and booked, figures, what was written.

A term that a signed amendment replaced is no conflict: of contracts only versions of one paper are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.model.extracted import Passage
from archive.model.record import ReadRecord
from history.acts import Act, side_of_record
from history.cited import Known, cites_json, cites_of, derivation, known
from history.contested import contested
from history.discrepancies import discrepancies
from history.file import ClientFile
from history.gaps import gaps
from history.rows import Row, rows
from history.sides import Sides, sides_of

_COMPARED = (
    "contract_number",
    "agreement_date",
    "effective_date",
    "expiration_date",
    "notice_period",
    "governing_law",
    "renewal_term",
    "cap_on_liability",
    "liquidated_damages",
    "amount",
)
_NUMBER = re.compile(
    r"(?P<n>\d{1,3}(?:[.,]\d{1,3})?)\s?(?P<u>%|per ?cent|prozent|vom hundert|pour ?cent|por ciento)"
    r"|(?P<w>[a-zäéèóç]+(?:[- ][a-zäéèóç]+)?)\s(?P<v>per ?cent|prozent|pour ?cent|por ciento)"
    r"|(?P<c>[£$€])\s?(?P<s>\d[\d.,]*\d|\d)",
    re.I,
)
_CONTRACTS = ("contract", "amendment", "sow", "settlement")
_APART_DAYS = 150


@dataclass(frozen=True, slots=True)
class Conflict:
    """`sides` are the cited values that differ, the one that counts first where it is known which does."""

    what: str
    sides: tuple[Known, ...]
    rule: str

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "cites": cites_json(cites_of(self.sides)),
            "status": "derived",
            "derivation": derivation(self.rule, self.sides),
        }


def conflicts(file: ClientFile, told: tuple[Act, ...] = ()) -> tuple[Conflict, ...]:
    """Return the conflicts of a file; `told` are the steps of its disputes, in which a ruling may give less than was claimed."""
    view = _View(file, file.by_id(), sides_of(file), tuple(file.copies().items()))
    return (
        *_versions(view), *_ends(view), *_receipts(view), *_sums(file), *_open_sums(view), *_awards(told), *_figures(view), *_writings(view),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _View:
    """A file with what is looked up again and again."""

    file: ClientFile
    held: dict[str, ReadRecord]
    sides: Sides
    copies: tuple[tuple[str, list[ReadRecord]], ...]

    def side(self, read: ReadRecord) -> str:
        return side_of_record(read, self.held, self.sides)[0] or ""


def _versions(view: _View) -> Iterator[Conflict]:
    """Yield for each version of a paper what differs in it: facts, and shares and sums that stand in it and not in the one that counts."""
    held = view.held
    for record_id, _ in view.copies:
        read = held[record_id]
        other = held.get(read.record.near_duplicate_of or "")
        if other is None:
            continue
        pairs: list[tuple[Known, Known]] = []
        for name in _COMPARED:
            kept, differing = known(other, name), known(read, name)
            if kept and differing and (kept.value, kept.unit) != (differing.value, differing.unit):
                pairs.append((kept, differing))
        if read.record.kind in _CONTRACTS and other.record.kind == read.record.kind:
            pairs += _numbers(other, read)
        if pairs and (read.record.kind in _CONTRACTS):
            shown = "; ".join(f"{k.name.replace('_', ' ')}: {_shown(k)} and {_shown(d)}" for k, d in pairs[:5])
            what = f"{shown} (in {other.record.name} and in {read.record.name})"
            sides = tuple(dict.fromkeys(k for pair in pairs[:8] for k in pair))
            yield Conflict(what, sides, "two versions of one paper give different values; the primary one counts")


def _numbers(kept: ReadRecord, draft: ReadRecord) -> list[tuple[Known, Known]]:
    """Return the shares and sums of a draft that the signed paper does not have, each with the one of its own that has the same words around it."""
    signed, drafted = _tokens(kept), _tokens(draft)
    values, out = {v for v, _, _ in signed}, []
    for value, passage, words in drafted:
        if value in values:
            continue
        rest = [t for t in signed if t[0] not in {v for v, _, _ in drafted} and t[0][-1] == value[-1]]
        best = max(rest, key=lambda t: len(t[2] & words), default=None)
        if best is not None and best[2] & words:
            out.append((_number("figure", best[0], kept, best[1]), _number("figure", value, draft, passage)))
    return out


def _number(name: str, value: str, read: ReadRecord, passage: Passage) -> Known:
    return Known(name, value, (read.cite(passage),), "share or sum as written")


def _tokens(read: ReadRecord) -> list[tuple[str, Passage, frozenset[str]]]:
    out = []
    for m in _NUMBER.finditer(read.text):
        value = f"{m['n']}%" if m["n"] else f"{m['w'].lower()}%" if m["w"] else f"{m['s']}{m['c']}"
        around = read.text[max(0, m.start() - 80) : m.start()] + " " + read.text[m.end() : m.end() + 50]
        words = frozenset(w for w in re.findall(r"[^\W\d_]{4,}", around.lower()))
        out.append((value, read.passage(m.start(), m.end()), words))
    return out


def _speaking(view: _View, name: str) -> list[tuple[ReadRecord, Row, str]]:
    """Return the assertions of that name with the side that makes each: client, provider, third_party, or "" where nothing shows it."""
    out = []
    for record_id, others in view.copies:
        for read in (view.held[record_id], *others):
            if read.record.privileged or read.record.near_duplicate_of:
                continue
            found = rows(read, name)
            side = view.side(read) if found else ""
            out += [(read, row, side) for row in found]
    return out


def _ends(view: _View) -> Iterator[Conflict]:
    """Yield the disagreement about the day of the end: days that the two sides give, of which neither gives the other's first."""
    said = [(r, row, side) for r, row, side in _speaking(view, "asserts_end") if row.day]
    notices = [r for r in view.file.records if r.record.kind == "notice" and not r.record.near_duplicate_of]
    first = min((r.record.date for r in notices if r.record.date), default="")
    last = max((r.record.date for r in notices if r.record.date), default="")
    if not first:
        return
    # A settlement speaks for both sides, and a day long after the last notice is not the one that it led to.
    said = [x for x in said if x[0].record.kind != "settlement" and (x[0].record.date or "") >= first[:10]]
    said = [x for x in said if first <= x[1].day and _gap(last, x[1].day) <= 550]
    client, provider = ([x for x in said if x[2] == side] for side in ("client", "provider"))
    stated = [k for r in notices if (k := known(r, "stated_effective_date")) and isinstance(k.value, str)]
    asked = {str(k.value) for k in stated}
    ours = {x[1].day for x in provider}
    theirs = {x[1].day for x in client} | (asked if all(view.side(r) != "provider" for r in notices) else set())
    only_ours, only_theirs = ours - theirs, theirs - ours
    apart = [(a, b) for a in sorted(only_theirs) for b in sorted(only_ours) if 0 < abs(_gap(a, b)) <= _APART_DAYS]
    if apart:
        shown = {d for pair in apart for d in pair}
        sides = (*(k for k in stated if k.value in shown), *(x[1].known for x in said if x[1].day in shown))
        what = f"Day of the end: {', '.join(sorted({a for a, _ in apart}))} by the client, {', '.join(sorted({b for _, b in apart}))} by the provider"
        yield Conflict(what, tuple(dict.fromkeys(sides)), "the two sides give different days for the end of one contract")


def _receipts(view: _View) -> Iterator[Conflict]:
    """Yield the disagreement about the day of receipt: a deemed day, and another day within ten on which somebody says it came."""
    said = [(r, row, side) for r, row, side in _speaking(view, "asserts_receipt") if row.day]
    deemed = [x for x in said if x[1].text("how") == "deemed"]
    for day in sorted({x[1].day for x in deemed}):
        other = [x for x in said if x[1].text("how") == "actual" and 0 < abs(_gap(x[1].day, day)) <= 10]
        if other:
            sides = (*(x[1].known for x in deemed if x[1].day == day), *(x[1].known for x in other))
            days = ", ".join(sorted({x[1].day for x in other}))
            yield Conflict(f"Day of receipt: {day} as deemed, {days} as told", tuple(dict.fromkeys(sides)), "a deemed day of receipt and another one")
            return


def _sums(file: ClientFile) -> Iterator[Conflict]:
    for found in discrepancies(file):
        if found.kind in ("amount_mismatch", "fx") and len(found.basis) > 1:
            yield Conflict(f"Sum: {found.what}", found.basis, "two documents give different sums for one payment or paper")


def _open_sums(view: _View) -> Iterator[Conflict]:
    """Yield the open sums that the two sides see differently: one asks for it, the other's books show another."""
    for asked, says, demand, denial in contested(view.file, view.sides).told:
        what = f"Open sum: {asked:,.2f} asked for, {says:,.2f} by the books of the other side"
        yield Conflict(what, (demand, denial), "the one side asks for another sum than the other says that it owes")


def _awards(told: tuple[Act, ...]) -> Iterator[Conflict]:
    """Yield for a ruling the claim of which it gives less than was asked."""
    for ruling in (a for a in told if a.kind == "ruling" and a.amount is not None):
        claims = [a for a in told if a.kind in ("claim", "counterclaim") and a.day <= ruling.day and a.amount is not None]
        claim = next((a for a in claims if ruling.payer is None or a.other == ruling.payer), None)
        if claim is not None and claim.amount != ruling.amount:
            what = f"Sum due: {claim.amount:,.2f} claimed on {claim.day}, {ruling.amount:,.2f} found due on {ruling.day}"
            yield Conflict(what, (claim.known, ruling.known), "a ruling gives another sum than was claimed")


def _figures(view: _View) -> Iterator[Conflict]:
    """Yield figures of one metric and one period that differ from document to document."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for _, row, _ in _speaking(view, "asserts_figure"):
        period = row.text("period")
        if len(period) == 21:
            groups.setdefault((re.sub(r"\W", "", row.text("metric")).lower(), period), []).append(row)
    for (metric, period), found in groups.items():
        values = {v for row in found if isinstance(v := row.fields.get("value"), int | float)}
        if len(values) > 1 and len({c.record_id for row in found for c in row.known.cites}) > 1:
            what = f"{metric.upper()} for {period.replace('/', ' to ')}: {', '.join(f'{v:g}' for v in sorted(values))}"
            yield Conflict(what, tuple(row.known for row in found), "documents give different figures for one period")


def _writings(view: _View) -> Iterator[Conflict]:
    """Yield papers that one side says were written and that the other says were not."""
    held = view.held
    for gap in gaps(view.file):
        telling = {c.record_id for k in (*gap.missed, *gap.mentioned) for c in k.cites}
        denied = [k for i in telling if i in held and (k := known(held[i], "denies_paper"))]
        if denied and gap.mentioned and len({c.record_id for c in cites_of((*denied, *gap.mentioned))}) > 1:
            what = f"Whether the {gap.paper.replace('_', ' ')} of {gap.day or 'unknown date'} was ever written"
            yield Conflict(what, (*denied, *gap.mentioned), "one side relies on a paper which the other says was never written")


def _gap(a: str, b: str) -> int:
    try:
        return (date.fromisoformat(b[:10]) - date.fromisoformat(a[:10])).days
    except ValueError:
        return 10**6


def _shown(item: Known) -> str:
    return f"{item.value} {item.unit.replace('_', ' ')}".strip()
