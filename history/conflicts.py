"""Facts on which documents disagree: drafts and signed papers, the day of the end, the day of receipt, sums told and booked, figures, what was written.

A term that a signed amendment replaced is no conflict: of contracts only versions of one paper are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.extracted import Passage
from archive.model.record import ReadRecord
from history.acts import Act
from history.cited import Known, cites_of, known
from history.conflict import Conflict, View, speaking, view_of
from history.conflicts_of_days import ends, receipts
from history.conflicts_of_money import awards, increases, open_sums, orders, payments, sums
from history.file import ClientFile
from history.gaps import gaps
from history.rows import Row, rows

_COMPARED = (
    "contract_number",
    "agreement_date",
    "effective_date",
    "expiration_date",
    "notice_period",
    "notice_period_to_terminate_renewal",
    "period_replaced",
    "cure_period",
    "governing_law",
    "renewal_term",
    "cap_on_liability",
    "liquidated_damages",
    "amount",
)
_NUMBER = re.compile(
    r"(?P<n>\d{1,3}(?:[.,]\d{1,3})?)\s?(?P<u>%|per ?cent|prozent|vom hundert|pour ?cent|por ciento)"
    r"|(?P<w>[a-zäéèóç]+(?:[- ][a-zäéèóç]+)?)\s(?P<v>per ?cent|prozent|pour ?cent|por ciento)"
    r"|(?P<c>[£$€]|\b(?:EUR|CHF|GBP|USD|CAD|AUD|SGD|INR|MXN)\b)\s?(?P<s>\d[\d.,']*\d|\d)"
    r"|(?P<t>\d[\d.,']*\d|\d)\s?(?P<d>€|EUR\b|CHF\b|euros?\b)",
    re.I,
)
_NEAR_SHARE, _SAME_SHARE = 0.12, 0.0006
"""How far two shares may lie apart to be of one metric, and up to where they are the same but for rounding."""
_CONTRACTS = ("contract", "amendment", "sow", "settlement")


def conflicts(file: ClientFile, told: tuple[Act, ...] = ()) -> tuple[Conflict, ...]:
    """Return the conflicts of a file; `told` are the steps of its disputes, in which a ruling may give less than was claimed."""
    view = view_of(file)
    return (
        *_versions(view), *ends(view), *receipts(view), *sums(file), *open_sums(view), *payments(view), *orders(view), *increases(view),
        *awards(told), *_figures(view), *_told_and_reported(view), *_numbers_denied(view), *_writings(view),
    )  # fmt: skip


def _versions(view: View) -> Iterator[Conflict]:
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
        value = f"{m['n']}%" if m["n"] else f"{m['w'].lower()}%" if m["w"] else f"{m['s'] or m['t']}{_mark(m['c'] or m['d'])}"
        around = read.text[max(0, m.start() - 80) : m.start()] + " " + read.text[m.end() : m.end() + 50]
        words = frozenset(w for w in re.findall(r"[^\W\d_]{4,}", around.lower()))
        out.append((value, read.passage(m.start(), m.end()), words))
    return out


def _mark(written: str) -> str:
    """Return one way to write a currency: `€`, `EUR` and `euros` are the same."""
    return "€" if written.upper().startswith(("€", "EUR")) else written.upper()


def _figures(view: View) -> Iterator[Conflict]:
    """Yield figures of one metric and one period that differ from document to document."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for _, row, _ in speaking(view, "asserts_figure"):
        period = row.text("period")
        if len(period) == 21:
            groups.setdefault((re.sub(r"\W", "", row.text("metric")).lower(), period), []).append(row)
    for (metric, period), found in groups.items():
        values = {v for row in found if isinstance(v := row.fields.get("value"), int | float)}
        if len(values) > 1 and len({c.record_id for row in found for c in row.known.cites}) > 1:
            what = f"{metric.upper()} for {period.replace('/', ' to ')}: {', '.join(f'{v:g}' for v in sorted(values))}"
            yield Conflict(what, tuple(row.known for row in found), "documents give different figures for one period")


def _told_and_reported(view: View) -> Iterator[Conflict]:
    """Yield the shares that a letter or mail tells of a month for which the service level report has another one close by, and not that one."""
    reported: dict[str, list[Row]] = {}
    for record_id, _ in view.copies:
        if view.held[record_id].record.kind == "sla_report":
            for row in rows(view.held[record_id], "figure"):
                reported.setdefault(row.text("date")[:7], []).append(row)
    for _, row, _ in speaking(view, "asserts_figure") if reported else ():
        told, month = row.fields.get("value"), row.text("period")
        if len(month) != 7 or not isinstance(told, int | float):
            continue
        held = [(_share(r.fields.get("value")), r) for r in reported.get(month, ())]
        near = [(abs(share - told), share, r) for share, r in held if share is not None and abs(share - told) <= _NEAR_SHARE]
        if near and min(gap for gap, _, _ in near) > _SAME_SHARE:
            _, share, other = min(near, key=lambda x: x[0])
            what = f"Service level of {month}: {told:.1%} as told, {share:.1%} in the report"
            yield Conflict(what, (row.known, other.known), "a letter tells another figure of a month than the report")


def _share(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value / 100 if value > 1.5 else float(value)


def _numbers_denied(view: View) -> Iterator[Conflict]:
    """Yield the counts and shares that a document puts in the place of others which another document gives, by the very number."""
    seen: set[tuple[str, str]] = set()
    for read, row, _ in speaking(view, "asserts_number"):
        value, against = row.text("value"), row.text("against")
        if (value, against) in seen:
            continue
        words = rf"(?<![\d.,]){_grouped(against)}(?![\d]|[.,]\d)"
        own = {read.record.record_id, *(r.record.record_id for r in view.file.records if r.record.near_duplicate_of == read.record.record_id)}
        giving: list[Known] = []
        for record_id, _ in view.copies:
            other = view.held[record_id]
            if record_id in own or other.record.privileged or (other.record.thread_id and other.record.thread_id == read.record.thread_id):
                continue
            if m := re.search(words, other.text):
                giving.append(Known("number", against, (other.cite(other.passage(m.start(), m.end())),), "the number as written"))
        if giving:
            seen.add((value, against))
            what = f"A number: {value} by one document, {against} by others"
            yield Conflict(what, (row.known, *giving[:4]), "a document puts a number in the place of one that another gives")


def _grouped(number: str) -> str:
    """Return a pattern for a number, with or without marks between its thousands."""
    whole, _, rest = number.partition(".")
    head = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "[.,' ]?", whole)
    return head + (rf"[.,]{rest}" if rest else "")


def _writings(view: View) -> Iterator[Conflict]:
    """Yield papers that one side says were written and that the other says were not."""
    held = view.held
    for gap in gaps(view.file):
        telling = dict.fromkeys(c.record_id for k in (*gap.missed, *gap.mentioned) for c in k.cites)
        denied = [k for i in telling if i in held and (k := known(held[i], "denies_paper"))]
        if denied and gap.mentioned and len({c.record_id for c in cites_of((*denied, *gap.mentioned))}) > 1:
            what = f"Whether the {gap.paper.replace('_', ' ')} of {gap.day or 'unknown date'} was ever written"
            yield Conflict(what, (*denied, *gap.mentioned), "one side relies on a paper which the other says was never written")


def _shown(item: Known) -> str:
    return f"{item.value} {item.unit.replace('_', ' ')}".strip()
