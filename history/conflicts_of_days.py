"""Days on which documents disagree: of the end of the contract, and of the receipt of a notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from history.cited import all_known, known
from history.conflict import Conflict, View, days_between, speaking

_APART_DAYS = 150
_A_TERM = (181, 184, 365, 730)
"""Days of the terms by which contracts renew themselves: whether one was renewed is what a notice against renewal leaves open."""
_RECEIPT_DAYS = 12


def ends(view: View) -> Iterator[Conflict]:
    """Yield the disagreement about the day of the end: what one side gives and the other does not, or what its own later letter corrects."""
    notices = [r for r in view.file.records if r.record.kind == "notice" and not r.record.near_duplicate_of]
    first = min((r.record.date for r in notices if r.record.date), default="")
    last = max((r.record.date for r in notices if r.record.date), default="")
    if not first:
        return
    stated = [(view.side(r) or "client", k) for r in notices if (k := known(r, "stated_effective_date")) and isinstance(k.value, str)]
    asked = {str(k.value) for _, k in stated}
    said = [(r, row, side) for r, row, side in speaking(view, "asserts_end") if row.day and row.text("against") in ("", *asked)]
    # A settlement speaks for both sides, and a day long after the last notice is not the one that it led to.
    said = [x for x in said if x[0].record.kind != "settlement" and (x[0].record.date or "") >= first[:10]]
    said = [x for x in said if first <= x[1].day and days_between(last, x[1].day) <= 550]
    days = {side: {x[1].day for x in said if x[2] == side} | {str(k.value) for by, k in stated if by == side} for side in ("client", "provider")}
    against = any((k := known(r, "ground")) and k.value == "non_renewal" for r in notices)
    apart = _apart(days["client"] - days["provider"], days["provider"] - days["client"], _A_TERM if against else ())
    own = {(by, str(k.value), x[1].day) for by, k in stated for x in said if x[2] == by and 0 < abs(days_between(str(k.value), x[1].day)) <= _APART_DAYS
           and x[0].record.kind != "notice" and x[1].day not in asked}  # fmt: skip
    if apart:
        shown = {d for pair in apart for d in pair}
        words = " and ".join(", ".join(sorted({p[n] for p in apart})) + f" by the {side}" for n, side in enumerate(("client", "provider")))
        what = f"Day of the end: {words.replace(' and ', ', ')}"
    elif own:
        shown = {d for _, a, b in own for d in (a, b)}
        first_said, then = (", ".join(sorted({x[n] for x in own})) for n in (1, 2))
        what = f"Day of the end: {first_said} by the notice, {then} by a later letter of the same side"
    else:
        return
    sides = (*(k for _, k in stated if k.value in shown), *(x[1].known for x in said if x[1].day in shown))
    yield Conflict(what, tuple(dict.fromkeys(sides)), "documents give different days for the end of one contract")


def _apart(theirs: set[str], ours: set[str], also: Sequence[int] = ()) -> list[tuple[str, str]]:
    """Return the days that may be of one end: not too far from one another, or apart by one of `also` with which a contract renews itself."""
    pairs = [(a, b, abs(days_between(a, b))) for a in sorted(theirs) for b in sorted(ours)]
    return [(a, b) for a, b, apart in pairs if 0 < apart <= _APART_DAYS or any(abs(apart - n) <= 2 for n in also)]


def receipts(view: View) -> Iterator[Conflict]:
    """Yield the disagreement about the day of receipt: a deemed day and another one told, or different days told by the two sides.

    The days of the two sides are compared only for one notice: within twelve days of it, and of each side one that the other does not give.
    """
    said = [(r, row, side) for r, row, side in speaking(view, "asserts_receipt") if row.day]
    deemed = [x for x in said if x[1].text("how") in ("deemed", "presented")]
    for day in sorted({x[1].day for x in deemed}):
        other = [x for x in said if x[1].text("how") == "actual" and 0 < abs(days_between(x[1].day, day)) <= 10]
        if other:
            sides = (*(x[1].known for x in deemed if x[1].day == day), *(x[1].known for x in other))
            days = ", ".join(sorted({x[1].day for x in other}))
            so = "deemed" if any(x[1].text("how") == "deemed" for x in deemed if x[1].day == day) else "first presented"
            yield Conflict(f"Day of receipt: {day} as {so}, {days} as told", tuple(dict.fromkeys(sides)), "a deemed day of receipt and another one")
            return
    notices = sorted({(r.record.date or "")[:10] for r in view.file.records if r.record.kind == "notice" and r.record.date})
    for sent in notices:
        near = [x for x in said if 0 <= days_between(sent, x[1].day) <= _RECEIPT_DAYS and x[0].record.kind != "notice"]
        theirs, ours = ({x[1].day for x in near if x[2] == side} for side in ("client", "provider"))
        if theirs - ours and ours - theirs:
            shown = (theirs - ours) | (ours - theirs)
            what = f"Day of receipt: {', '.join(sorted(theirs - ours))} by the client, {', '.join(sorted(ours - theirs))} by the provider"
            stamps = [k for r in view.file.records for k in all_known(r, "received_on") if k.value in shown and not r.record.privileged]
            sides = (*(x[1].known for x in near if x[1].day in shown), *stamps)
            yield Conflict(what, tuple(dict.fromkeys(sides)), "the two sides give different days for the receipt of one notice")
            return
        proved = [(r, k) for r in view.file.records if r.record.kind == "other" and not r.record.privileged for k in all_known(r, "received_on")
                  if isinstance(k.value, str) and 0 <= days_between(sent, k.value[:10]) <= _RECEIPT_DAYS]
        proof = {str(k.value)[:10] for _, k in proved}
        told = [x for x in near if x[2] in ("client", "provider") and x[0].record.kind != "other"]
        if len(proof) == 1 and told and not proof & {x[1].day for x in told}:
            what = f"Day of receipt: {', '.join(sorted({x[1].day for x in told}))} as told, {next(iter(proof))} by the proof of delivery"
            sides = (*(x[1].known for x in told), *(k for _, k in proved))
            yield Conflict(what, tuple(dict.fromkeys(sides)), "a day that is told and another one that is proved")
            return
