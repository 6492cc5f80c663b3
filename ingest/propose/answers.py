"""A model's answer, read as hostile: what may stand as a proposal, and why the rest may not. Where a quote stands is found here, never told by the model."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from archive.errors import BadAnswer
from archive.model.correction import FactSaid
from archive.model.extracted import Page, Passage, Scalar
from archive.model.fact import Fact
from archive.model.proposal import same_words
from ingest.propose.masking import Masked
from ingest.propose.question import ASKED, UNITS, Form

MOST = 100
"""So many proposals are looked at of one answer."""
QUOTE_CHARS, VALUE_CHARS = 2_000, 500
CONFIDENCE = 0.5
"""Of every proposal: how sure a model says it is tells nothing."""


class _Told(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    value: str | int | float
    quote: str
    unit: str | None = None


class _Answer(msgspec.Struct, forbid_unknown_fields=True):
    facts: list[_Told]


@dataclass(frozen=True, slots=True)
class Judged:
    """What counts of an answer, and how many of it were refused for which reason."""
    kept: tuple[FactSaid, ...]
    refused: dict[str, int]


def judged(answer: str, sent: Masked, model: str, read: Sequence[Fact], pages: Sequence[Page] = ()) -> Judged:
    """Return which proposals of an answer count. `read` are the facts that the record has already.

    Raises BadAnswer for an answer that is no JSON of the form that was asked for.
    """
    try:
        told = msgspec.json.decode(_bare(answer), type=_Answer).facts
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        raise BadAnswer("The language model did not answer in the form that it was asked for.", "Try another model.") from error
    kept: dict[tuple[str, str, str], FactSaid] = {}
    refused: dict[str, int] = {}
    for number, each in enumerate(told):
        said = "there are too many" if number >= MOST else _judge(each, sent, model, read, pages)
        if isinstance(said, FactSaid) and (said.name, str(said.value), said.unit) in kept:
            said = "it is proposed twice"
        if isinstance(said, str):
            refused[said] = refused.get(said, 0) + 1
        else:
            kept[said.name, str(said.value), said.unit] = said
    return Judged(tuple(kept.values()), refused)


def _bare(answer: str) -> str:
    """Return the answer without the fence of code that some models put around JSON."""
    fenced = re.fullmatch(r"\s*```(?:json)?\s*\n(.*)\n\s*```\s*", answer, re.DOTALL)
    return fenced[1] if fenced else answer


def _judge(told: _Told, sent: Masked, model: str, read: Sequence[Fact], pages: Sequence[Page]) -> FactSaid | str:
    if told.name not in ASKED:
        return "there is no fact of that name"
    unit = (told.unit or "").strip()
    value = _value(ASKED[told.name][0], told.value, unit, sent)
    if value is None:
        return "the value is not of its form"
    if not told.quote.strip() or len(told.quote) > QUOTE_CHARS:
        return "the quote is empty or too long"
    places = _places(sent.text, told.quote)
    if not places:
        return "the quote does not stand in the record"
    if len(places) > 1:
        return "the quote stands in several places"
    start, end = sent.back(*places[0])
    if any(same_words(f, told.name, value, unit, start, end) for f in read):
        return "it was read already"
    page = next((p.number for p in pages if p.start <= start < p.end), None)
    return FactSaid(told.name, value, unit, (Passage(start, end, sent.original[start:end], page),), f"model {model}", CONFIDENCE)


def _places(text: str, quote: str) -> list[tuple[int, int]]:
    """Return where a quote stands: exactly, or but for how its blanks and line ends are written."""
    words = quote.split()
    exact = [(at, at + len(quote)) for at in _starts(text, quote)]
    return exact or [m.span() for m in re.finditer(r"\s+".join(map(re.escape, words)), text)]


def _starts(text: str, quote: str) -> list[int]:
    out: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(out) < 2:
        out.append(at)
        at = text.find(quote, at + 1)
    return out


def _value(form: Form, value: str | int | float, unit: str, sent: Masked) -> Scalar:
    words = str(value).strip()
    if form == "day":
        try:
            return words if not unit and date.fromisoformat(words).isoformat() == words else None
        except ValueError:
            return None
    if form == "period":
        return int(words) if re.fullmatch(r"[1-9]\d{0,3}", words) and unit in UNITS else None
    if form == "sum":
        return words if re.fullmatch(r"-?\d{1,15}(?:\.\d{1,4})?", words) and re.fullmatch("[A-Z]{3}", unit) else None
    if form == "side":
        return words if words in ("client", "provider") and not unit else None
    words = " ".join(sent.restored(words).split())
    return words if words and not unit and len(words) <= VALUE_CHARS and words.isprintable() else None
