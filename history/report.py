"""The history for people: plain text of at most COLUMNS columns, without a single character that a terminal would obey."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from typing import Any

from history.assembly import History
from history.passages import one_line

COLUMNS = 100
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def report(history: History) -> str:
    """Return the history as text: headings, then paragraphs, each fact with its source in brackets. Ends with a line feed."""
    told = history.as_json()
    lines: list[str] = []
    for block in (
        _head(told),
        _terminations(told),
        _disputes(told),
        _billing(told),
        _feedback(told),
        _conflicts(told),
        _timeline(told),
        _unread(told),
    ):
        lines.extend(block)
    return "\n".join(lines) + "\n"


def safe(words: object) -> str:
    """Return words with every control, format, surrogate and unassigned character shown as its code point, white space as blanks.

    Escape sequences, overprinting and text that runs the other way round are what hostile documents do to a terminal.
    """
    joined = " ".join(str(words).split())
    return "".join(f"<U+{ord(c):04X}>" if unicodedata.category(c) in _UNSEEN else c for c in joined)


def _head(told: dict[str, Any]) -> Iterator[str]:
    client = told["client"]
    title = f"Termination history of {safe(client['legal_name'])} ({safe(client['id'])})"
    yield from _wrapped(title)
    yield "=" * min(COLUMNS, len(title))
    if client["aliases"]:
        yield from _wrapped("Also known as " + safe("; ".join(client["aliases"])))
    if told["as_of"]:
        yield from _wrapped(f"As of {safe(told['as_of'])}: what is dated up to that day")
    elif not told["held_on"]:
        yield from _wrapped("As of all that is held")
    if told["held_on"]:
        yield from _wrapped(f"Held on {safe(told['held_on'])}: only what had been taken in by the end of that day")
    elif told["taken_in_later"]:
        n = told["taken_in_later"]
        yield from _wrapped(f"{n} of these records {'was' if n == 1 else 'were'} taken in only after that day; --held-on {safe(told['as_of'])} leaves them out")


def _terminations(told: dict[str, Any]) -> Iterator[str]:
    yield from _heading("Terminations")
    if not told["terminations"]:
        yield from _wrapped("No notice of termination was found in the records.")
    for number, t in enumerate(told["terminations"], 1):
        notice, required = t["notice"], t["required_notice"]
        yield from _wrapped(f"{number}. Contract {_or_unknown(t['contract_number'])}, {safe(t['status']).replace('_', ' ')}", "", "   ")
        yield from _item("Term", f"{_or_unknown(t['contract_effective_date'])} to {_or_unknown(t['contract_expiry_date'])}", t["cites"])
        yield from _item(
            "Notice",
            f"given by {_or_unknown(notice['given_by'])}, dated {_or_unknown(notice['date_on_document'])}, received "
            f"{_or_unknown(notice['date_received'])}, sent by {_or_unknown(notice['method'])}, ground {_or_unknown(notice['ground'])}, "
            f"asks for {_or_unknown(notice['stated_effective_date'])}",
            notice["cites"],
        )
        if required:
            yield from _item(
                "Required",
                f"{safe(required['value'])} {safe(required['unit']).replace('_', ' ')} from {_or_unknown(required['measured_from'])}",
                required["cites"],
            )
        yield from _item("Earliest compliant date", _or_unknown(t["earliest_compliant_date"]), [])
        for c in t["conditions"]:
            met = {True: "met", False: "not met", None: "cannot be decided"}[c["met"]]
            missing = f"; missing: {'; '.join(c['missing'])}" if c["missing"] else ""
            yield from _item(
                f"Condition {c['name'].replace('_', ' ')}", safe(f"{met}: {c['required']}; {c['actual']}{missing}"), c["cites"]
            )
        for what in [*t["undecided"], *notice["undecided"]]:
            yield from _item("Not decided", safe(what), [])


def _disputes(told: dict[str, Any]) -> Iterator[str]:
    yield from _heading("Disputes")
    if not told["disputes"]:
        yield from _wrapped("No claim was found in the records.")
    for d in told["disputes"]:
        yield from _wrapped(f"{safe(d['title'])}: {safe(d['status'])}")
        for s in d["steps"]:
            yield from _item(
                f"{_or_unknown(s['date'])} {safe(s['kind'])}", f"by {_or_unknown(s['by'])}{_sum(s['amount'], s['currency'])}", s["cites"]
            )


def _billing(told: dict[str, Any]) -> Iterator[str]:
    yield from _heading("Billing")
    b = told["billing"]
    for name in ("invoiced_total", "paid_total", "credited_total", "refunded_total"):
        if b[name] is not None:
            yield from _item(name.replace("_total", "").capitalize(), _sum(b[name], b["currency"]).lstrip(", "), [])
    if b["outstanding_as_of"]:
        o = b["outstanding_as_of"]
        yield from _item(f"Outstanding on {_or_unknown(o['date'])}", _sum(o["amount"], b["currency"]).lstrip(", "), o["cites"])
    for what in b["undecided"]:
        yield from _item("Not decided", safe(what), [])


def _feedback(told: dict[str, Any]) -> Iterator[str]:
    if told["feedback"]:
        yield from _heading("Feedback")
    for f in told["feedback"]:
        yield from _item(
            f"{_or_unknown(f['date'])} {safe(f['metric'])}",
            safe(f["value"]) + (f", target {safe(f['target'])}" if f["target"] else ""),
            f["cites"],
        )


def _conflicts(told: dict[str, Any]) -> Iterator[str]:
    if told["gaps"] or told["conflicts"]:
        yield from _heading("Gaps and conflicts")
    for kind, key in (("Gap", "gaps"), ("Conflict", "conflicts")):
        for x in told[key]:
            yield from _item(kind, safe(x["what"]), x["cites"])


def _timeline(told: dict[str, Any]) -> Iterator[str]:
    yield from _heading(f"Timeline ({len(told['timeline'])} entries)")
    for e in told["timeline"]:
        copies = f" (and {len(e['copies'])} cop{'y' if len(e['copies']) == 1 else 'ies'})" if e["copies"] else ""
        kind = f"{e['record_type'] or 'no type'}/{e['kind']}"
        yield from _wrapped(f"{e['date'] or 'undated   '}  {kind:<26} {safe(e['title'])}{copies}", "", " " * 12)
        yield from _wrapped(_source(e["cites"][0], e["cited_through"]), " " * 12, " " * 12)


def _unread(told: dict[str, Any]) -> Iterator[str]:
    if told["unread"]:
        yield from _heading("Records that could not be read")
        yield from _wrapped("They are held and counted; nothing can be quoted from them.")
    for u in told["unread"]:
        yield from _item(_place(u), safe(u["reason"]), [])


def _item(label: str, words: str, cites: list[dict[str, Any]]) -> Iterator[str]:
    yield from _wrapped(f"{label}: {words}", "   - ", "     ")
    for cite in cites[:3]:
        yield from _wrapped(_source(cite), "       ", "       ")
    if len(cites) > 3:
        yield f"       and {len(cites) - 3} more"


def _source(cite: dict[str, Any], through: str = "record") -> str:
    page = f", page {cite['page']}" if cite["page"] else ""
    held = " (of the mail or file it lies in)" if through == "parent" else ""
    return f'[{_place(cite)}{page}, {cite["start"]}-{cite["end"]}]{held} "{safe(one_line(cite["quote"], 120))}"'


def _place(where: dict[str, Any]) -> str:
    return safe(where["source_path"] + (f" > {where['inner']}" if where["inner"] else ""))


def _sum(amount: float | None, currency: str | None) -> str:
    return f", {safe(currency or '')} {amount:,.2f}".replace(",  ", ", ") if amount is not None else ""


def _or_unknown(value: object) -> str:
    return "unknown" if value is None else safe(value)


def _heading(words: str) -> list[str]:
    return ["", words, "-" * len(words)]


def _wrapped(words: str, first: str = "", later: str = "") -> list[str]:
    return textwrap.wrap(words, COLUMNS, initial_indent=first, subsequent_indent=later, break_on_hyphens=False, drop_whitespace=True) or [
        first.rstrip()
    ]
