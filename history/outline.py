"""The history as an outline for people: sections, statements, how each was concluded, and the numbered quotations behind it.

Every form of the readable report (HTML, PDF) is made of this one value, so that all of them say the same.  Words are plain text, already
free of characters that steer a terminal or turn the direction of text; a form still has to escape them for itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from history.assembly import History
from history.passages import one_line
from history.report import safe

QUOTE_CHARS = 600
"""A longer quotation is cut at a word, with an ellipsis; its offsets say where it goes on."""

DEPTH = 6
"""How many levels of a derivation are shown; the JSON has them all."""

QUOTED = 3
"""So many quotations stand beside a statement; all of them stand among the sources."""

ON_SOURCES = (
    "Every quotation stands letter by letter in the text of its record. Here white space is shown as one blank, what steers a terminal as its "
    "code point, and a long quotation is cut."
)

_OWN_WORDS = re.compile(r"\b(?:calendar_days|business_days|registered_post|non_renewal|non_payment|third_party)\b")
_SIGNED = (("", "opening"), ("+ ", "invoiced"), ("- ", "paid"), ("- ", "credited"), ("+ ", "refunded"))
_BACKING = frozenset({"cites", "derivation", "status", "confidence", "records", "undecided"})
_MET = {True: "met", False: "not met", None: "cannot be decided"}


@dataclass(frozen=True, slots=True)
class Source:
    """One quotation with its place: record, path, page (None where there are none) and offsets in code points of the record's text."""

    number: int
    record_id: str
    place: str
    page: int | None
    start: int
    end: int
    quote: str

    @property
    def where(self) -> str:
        return f"record {self.record_id}{f', page {self.page}' if self.page else ''}, characters {self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: what is known, by which rule, from which quotations and from which further steps."""

    words: str
    sources: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """`state` is "" or one of met, not met, cannot be decided; `wanted` says what would decide it."""

    label: str
    words: str
    sources: tuple[int, ...] = ()
    how: Step | None = None
    state: str = ""
    wanted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    statements: tuple[Statement, ...] = ()
    sections: tuple[Section, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """`facts` are what the head of the report says; `sources` the quotations in the order of their numbers, from 1."""

    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]


@dataclass(slots=True)
class _Numbers:
    """Numbers quotations as they are met, each once."""

    found: dict[tuple[str, int, int, str], Source] = field(default_factory=dict)

    def of(self, cites: Iterable[Mapping[str, Any]]) -> tuple[int, ...]:
        out: dict[int, None] = {}
        for c in cites:
            key = (c["record_id"], c["start"], c["end"], c["source_path"])
            if key not in self.found:
                place = safe(c["source_path"] + (f" > {c['inner']}" if c["inner"] else ""))
                quote = safe(one_line(c["quote"], QUOTE_CHARS))
                self.found[key] = Source(len(self.found) + 1, safe(c["record_id"]), place, c["page"], c["start"], c["end"], quote)
            out[self.found[key].number] = None
        return tuple(out)


def outline(history: History, marking: str = "") -> Outline:
    """Return the outline of a history. `marking` stands in its head: what who holds the paper has to know of it."""
    told, numbers = history.as_json(), _Numbers()
    client = told["client"]
    facts = [("Client", f"{safe(client['legal_name'])} ({safe(client['id'])})")]
    if client["aliases"]:
        facts.append(("Also known as", safe("; ".join(client["aliases"]))))
    if told["as_of"] or not told["held_on"]:
        facts.append(("As of", safe(told["as_of"]) if told["as_of"] else "all that is held"))
    if told["held_on"]:
        facts.append(("Held on", f"{safe(told['held_on'])}: only what had been taken in by the end of that day"))
    elif told["taken_in_later"]:
        facts.append(("Taken in later", f"{told['taken_in_later']} of the records that count were taken in only after that day"))
    if told.get("held_on"):
        facts.append(("Held on", safe(told["held_on"])))
    if told.get("taken_in_later"):
        facts.append(("Taken in after that day", f"{told['taken_in_later']} of the records"))
    facts.append(("Records", f"{len(told['timeline'])} on the timeline, {len(told['unread'])} that could not be read"))
    if marking:
        facts.insert(0, ("Marking", safe(marking)))
    sections = [s for s in _sections(told, numbers) if s.statements or s.sections or s.note]
    return Outline(f"Termination history of {safe(client['legal_name'])}", tuple(facts), tuple(sections), tuple(numbers.found.values()))


def _sections(told: dict[str, Any], numbers: _Numbers) -> Iterator[Section]:
    yield Section("In short", tuple(_short(told)))
    none = "" if told["terminations"] else "No notice of termination was found in the records."
    yield Section("Terminations", (), tuple(_termination(n, t, numbers) for n, t in enumerate(told["terminations"], 1)), none)
    none = "" if told["disputes"] else "No claim was found in the records."
    yield Section("Disputes", (), tuple(_dispute(d, numbers) for d in told["disputes"]), none)
    yield Section("Billing", tuple(_billing(told["billing"], numbers)))
    yield Section("Feedback", tuple(_feedback(f, numbers) for f in told["feedback"]))
    yield Section("Missing records", tuple(_cited("Gap", safe(g["what"]), g, numbers) for g in told["gaps"]))
    yield Section("Contradictions", tuple(_cited("Conflict", safe(c["what"]), c, numbers) for c in told["conflicts"]))
    yield Section("What cannot be decided", tuple(_undecided(told)))
    yield Section("Timeline", tuple(_entry(e, numbers) for e in told["timeline"]))
    note = "They are held and counted; nothing can be quoted from them." if told["unread"] else ""
    unread = (Statement(safe(u["source_path"] + (f" > {u['inner']}" if u["inner"] else "")), safe(u["reason"])) for u in told["unread"])
    yield Section("Records that could not be read", tuple(unread), (), note)


def _short(told: dict[str, Any]) -> Iterator[Statement]:
    for n, t in enumerate(told["terminations"], 1):
        ended = f", the service ended on {safe(t['effective_date'])}" if t["effective_date"] else ""
        earliest = f"; earliest day that complies {safe(t['earliest_compliant_date'])}" if t["earliest_compliant_date"] else ""
        yield Statement(f"Termination {n}", f"{_word(t['status'])}{ended}{earliest}")
        for state in _MET.values():
            names = [_word(c["name"]) for c in t["conditions"] if _MET[c["met"]] == state]
            if names:
                yield Statement(f"Conditions of termination {n}", ", ".join(names), state=state)
    for d in told["disputes"]:
        yield Statement("Dispute", f"{safe(d['title'])}: {_word(d['status'])}")
    if owed := told["billing"]["outstanding_as_of"]:
        yield Statement("Outstanding", f"{_money(owed['amount'], told['billing']['currency'])} on {_known(owed['date'])}")
    if held := len(told["gaps"]):
        yield Statement("Missing records", f"{held} mentioned and not held")


def _termination(number: int, t: dict[str, Any], numbers: _Numbers) -> Section:
    notice, required = t["notice"], t["required_notice"]
    out = [
        _cited("Contract", f"{_known(t['contract_number'])}, from {_known(t['contract_effective_date'])} to {_known(t['contract_expiry_date'])}"
               + (f", law of {safe(t['governing_law'])}" if t["governing_law"] else ""), t, numbers),
        _cited("Notice", f"given by {_known(notice['given_by'])}, dated {_known(notice['date_on_document'])}, received {_known(notice['date_received'])}, "
               f"sent by {_known(notice['method'])}, ground {_known(notice['ground'])}, asks for {_known(notice['stated_effective_date'])}", notice, numbers),
    ]  # fmt: skip
    if required:
        words = f"{safe(required['value'])} {_word(required['unit'])} from {_known(required['measured_from'])}"
        out.append(_cited("Required notice", words, required, numbers))
    out.append(_of_name("Earliest compliant date", t["earliest_compliant_date"], "earliest_compliant_date", t, numbers))
    out.append(_of_name("End of the service", t["effective_date"], "effective_date", t, numbers))
    conditions = tuple(
        _cited(_word(c["name"]).capitalize(), f"required: {_said(c['required'])}. Found: {_said(c['actual'])}", c, numbers, _MET[c["met"]], c["missing"])
        for c in t["conditions"]
    )
    penalties = tuple(_cited(_word(p["kind"]).capitalize(), _penalty(p), p | {"status": "derived"}, numbers) for p in t["penalties"])
    reasons = tuple(_cited(_word(r["code"]).capitalize(), "", r, numbers) for r in t["reasons"])
    below = (Section("Conditions", conditions), Section("Penalties", penalties), Section("Reasons", reasons))
    return Section(f"{number}. {_word(t['status']).capitalize()}", tuple(out), tuple(s for s in below if s.statements))


def _penalty(p: dict[str, Any]) -> str:
    payer = f", asked of the {_known(p['payer'])}" if p.get("payer") else ""
    formula = f" ({_plain(p['formula'])})" if p.get("formula") else ""
    return f"{_money(p['amount'], p['currency'])}, {_word(p['status'])}{payer}{formula}"


def _of_name(label: str, value: Any, name: str, owner: dict[str, Any], numbers: _Numbers) -> Statement:
    """Return a value with the input of the owner's derivation that carries its name."""
    found = next((i for i in owner["derivation"]["inputs"] if i["name"] == name and i["value"] == value), None)
    if value is None:
        return Statement(label, "cannot be decided", state=_MET[None], wanted=tuple(safe(w) for w in owner["undecided"]))
    return Statement(label, safe(value), numbers.of(found["cites"]) if found else (), _step(found, numbers) if found else None)


def _dispute(d: dict[str, Any], numbers: _Numbers) -> Section:
    steps = []
    reasons = {link["step"]: link for link in d.get("links", ())}
    for number, s in enumerate(d["steps"]):
        amount = f", {_money(s['amount'], s['currency'])}" if s["amount"] is not None else ""
        steps.append(_cited(f"{_known(s['date'])} {_word(s['kind'])}", f"by {_known(s['by'])}{amount}{_because(reasons.get(number), d['steps'])}", s, numbers))
    if outcome := d["outcome"]:
        words = f"{_money(outcome['amount'], outcome['currency'])}, paid by {_known(outcome['payer'])}"
        wanted = tuple(outcome["undecided"])
        steps.append(_cited("Outcome", words, outcome, numbers, _MET[None] if wanted else "", wanted))
    steps += [Statement("Contradiction", safe(c)) for c in d["contradictions"]]
    for w in d.get("waits_for", ()):
        amount = f", {_money(w['amount'], None)}" if w["amount"] is not None else ""
        steps.append(Statement("Waits for", f"{safe(w['what'])} by {_known(w['by'], 'either side')}{amount}"))
    return Section(f"{safe(d['title'])}: {_word(d['status'])}", tuple(steps))


def _because(link: dict[str, Any] | None, steps: list[dict[str, Any]]) -> str:
    """Return in words on which earlier step a step hangs."""
    if link is None or not 0 <= link["because_of"] < len(steps):
        return ""
    earlier = steps[link["because_of"]]
    return f"; {_word(link['relation'])} the {_word(earlier['kind'])} of {_known(earlier['date'], 'unknown date')}"


def _billing(b: dict[str, Any], numbers: _Numbers) -> Iterator[Statement]:
    for name in ("invoiced_total", "paid_total", "credited_total", "refunded_total"):
        if b[name] is not None:
            found = next((i for i in b.get("derivation", {}).get("inputs", ()) if i["name"] == name), None)
            yield Statement(_word(name).capitalize(), _money(b[name], b["currency"]), numbers.of(found["cites"]) if found else (),
                            _step(found, numbers) if found else None)  # fmt: skip
    if owed := b["outstanding_as_of"]:
        yield _cited("Outstanding", f"{_money(owed['amount'], b['currency'])} on {_known(owed['date'])}", owed, numbers)
    for s in b.get("statements", ()):
        money = s["currency"]
        sums = " ".join(f"{sign}{name} {_money(s[name], None)}" for sign, name in _SIGNED)
        yield _cited(f"Statement as of {_known(s['as_of'])}", f"{sums} = balance {_money(s['balance'], money)}", s, numbers)
        if s["unbooked"]:
            yield Statement("With what no line shows", _money(s["balance_with_unbooked"], money))
    for d in b["discrepancies"]:
        words = safe(d["what"]) + (f": {_money(d['amount'], d['currency'])}" if d["amount"] is not None else "")
        yield _cited(_word(d["kind"]).capitalize(), words, d, numbers)


def _feedback(f: dict[str, Any], numbers: _Numbers) -> Statement:
    words = safe(f["value"]) + (f", target {safe(f['target'])}" if f["target"] else "")
    return _cited(f"{_known(f['date'])} {_word(f['metric'])}", words, f, numbers)


def _entry(e: dict[str, Any], numbers: _Numbers) -> Statement:
    copies = f" ({len(e['copies'])} cop{'y' if len(e['copies']) == 1 else 'ies'} besides)" if e["copies"] else ""
    kind = f"{_word(e['record_type'])}, {_word(e['kind'])}" if e["record_type"] else _word(e["kind"])
    return Statement(_known(e["date"], "no date"), f"{safe(e['title'])}, {kind}{copies}", numbers.of(e["cites"][:1]))


def open_questions(history: History) -> tuple[Statement, ...]:
    """Return every question that the documents leave open, each with what would decide it."""
    return tuple(_undecided(history.as_json()))


def _undecided(told: dict[str, Any]) -> Iterator[Statement]:
    """Every question that the documents leave open, each with what would decide it."""
    seen: set[str] = set()

    def once(label: str, words: str, wanted: Sequence[str] = ()) -> Iterator[Statement]:
        if words not in seen:
            seen.add(words)
            yield Statement(label, words, state=_MET[None], wanted=tuple(safe(w) for w in wanted))

    for n, t in enumerate(told["terminations"], 1):
        for c in t["conditions"]:
            if c["met"] is None:
                yield from once(f"Termination {n}", f"{_word(c['name'])}: {_said(c['required'])}; {_said(c['actual'])}", c["missing"])
        for what in [*t["undecided"], *t["notice"]["undecided"]]:
            yield from once(f"Termination {n}", safe(what))
    for d in told["disputes"]:
        for what in d["outcome"]["undecided"] if d["outcome"] else ():
            yield from once("Dispute", f"{safe(d['title'])}: {safe(what)}")
    for what in told["billing"]["undecided"]:
        yield from once("Billing", safe(what))


def _cited(label: str, words: str, fact: dict[str, Any], numbers: _Numbers, state: str = "", wanted: Iterable[str] = ()) -> Statement:
    """Return a statement with the quotations and the derivation that a fact of the history carries, and whose word it is."""
    if fact.get("status") in ("confirmed", "corrected"):
        words = f"{words} ({fact['status']} by a person)"
    sources = numbers.of(fact["cites"])
    told = fact.get("derivation")
    how = Step(_said(told["rule"]), (), tuple(s for i in told["inputs"] if (s := _step(i, numbers)))) if told else None
    return Statement(safe(label), words, sources, how, state, tuple(safe(w) for w in wanted))


def _step(told: Mapping[str, Any], numbers: _Numbers, depth: int = 1) -> Step:
    value = f"{_word(told['name'])}: {_value(told['value'])}" + (f" {_word(told['unit'])}" if told.get("unit") else "")
    below = tuple(_step(i, numbers, depth + 1) for i in told.get("inputs", ())) if depth < DEPTH else ()
    word = f"; {told['status']} by a person on {safe(told['settled']['at'][:10])}" if told.get("settled") else ""
    return Step(f"{value} (by {_said(told['rule'])}{word})", numbers.of(told["cites"]), below)


def _value(value: Any) -> str:
    """Return a value for people; a fact with several fields as its fields."""
    if isinstance(value, str) and value.startswith("{"):
        try:
            fields = json.loads(value)
        except ValueError:
            fields = None
        if isinstance(fields, dict):
            return _plain(fields)
    return _known(value)


def _plain(fields: Mapping[str, Any]) -> str:
    told = ((k, v) for k, v in fields.items() if k not in _BACKING and v not in (None, "") and not isinstance(v, dict | list))
    return ", ".join(f"{_word(k)} {safe(v)}" for k, v in told)


def _said(words: str) -> str:
    """Return our own sentence about a conclusion, units and ways of sending as words."""
    return _OWN_WORDS.sub(lambda found: found[0].replace("_", " "), safe(words))


def _word(value: object) -> str:
    return safe(value).replace("_", " ")


def _known(value: object, otherwise: str = "unknown") -> str:
    return otherwise if value is None or value == "" else _word(value) if isinstance(value, str) and value.replace("_", "").isalpha() else safe(value)


def _money(amount: float | None, currency: str | None) -> str:
    return "unknown" if amount is None else f"{safe(currency or '')} {amount:,.2f}".strip()
