"""What kind of record an item is: by what it does, not by its format (docs/formats/record.md lists the kinds).

The form gives a start (a mail is `email`, an export of messages `chat`), the signs of `kind_signs` and the columns of tables add to it; the
kind with the highest sum wins, if it reaches the bar of the form. The signs that decided are the basis.
"""
from __future__ import annotations

import re
from typing import Final

from archive.model.fact import Derived
from ingest.enrich.contract_forms import contract_form
from ingest.enrich.doc import Doc
from ingest.enrich.kind_signs import MAIL, PAPER
from ingest.enrich.ledger_lines import bank_lines
from ingest.enrich.shapes import is_side_file
from ingest.enrich.signs import Score, Signs, scores
from ingest.enrich.table_kinds import table_scores

_MAIL_BAR: Final = 1.2
_PAPER_BAR: Final = 0.7
_TABLE_KINDS: Final = frozenset({"ledger", "survey", "sla_report", "invoice", "credit_note", "payment_advice",
    "review", "contract", "sow", "other"})
_BANK = re.compile(r"(?<![a-z])(?:banks?|lockbox|kontoauszug\w*|bankauszug\w*|umsatzliste|releves? bancaires?|banque|extractos?|banco)(?![a-z])")
_BY_NAME: Final = Signs(s for s in PAPER if s.where in ("name", "folder"))


def kind(doc: Doc) -> Derived:
    """Return the kind of the item with the signs that decided."""
    form = doc.form
    if form == "mail":
        return _mail(doc)
    if form == "chat":
        return Derived("chat", f"format {doc.identified.format}: messages with times")
    if form == "call":
        return Derived("call_transcript", f"format {doc.identified.format}: utterances")
    if form == "none":
        return _without_text(doc)
    if doc.identified.format in ("json", "xml", "zip", "tar", "unknown") or is_side_file(doc.name):
        return Derived("other", f"format {doc.identified.format}, no messages", 0.6)
    if form == "table":
        return _table(doc)
    return _paper(doc)


def _best(found: dict[str, Score], bar: float, otherwise: Derived) -> Derived:
    if found:
        name, score = max(found.items(), key=lambda pair: (pair[1].total, pair[0]))
        if score.total >= bar:
            rest = max((s.total for k, s in found.items() if k != name), default=0.0)
            sure = min(0.99, 0.5 + 0.25 * (score.total - max(rest, 0.0)))
            return Derived(name, "; ".join(score.bases[:4]), round(max(sure, 0.3), 2), score.passage)
    return otherwise


def _mail(doc: Doc) -> Derived:
    plain = Derived("email", f"format {doc.identified.format}")
    return _best(scores(doc, MAIL), _MAIL_BAR, plain)


def _table(doc: Doc) -> Derived:
    heading = doc.folded.find("\n", len(doc.folded) - len(doc.folded.lstrip()) + 1) % (len(doc.folded) + 1)
    found = {k: s for k, s in scores(doc, PAPER).items() if k in _TABLE_KINDS and not (k == "other" and s.passage and s.passage.start > heading)}
    for name, score in table_scores(doc).items():
        held = found.setdefault(name, Score())
        held.total += score.total
        held.bases += score.bases
    told = _best(found, _PAPER_BAR, Derived("other", "table without known columns", 0.4))
    if told.value == "other" and told.confidence < 0.5 and _BANK.search(doc.name) and any(bank_lines(t) for t in doc.extracted.tables[:2]):
        return Derived("ledger", "a bank's list by its name: days, words and sums", 0.6)
    return told


def _paper(doc: Doc) -> Derived:
    found = scores(doc, PAPER)
    if doc.form == "slides":
        found.setdefault("review", Score()).total += 0.3
    if doc.extracted.tables:
        for name, score in table_scores(doc).items():
            if name != "ledger":
                held = found.setdefault(name, Score())
                held.total += score.total * 0.4
                held.bases += score.bases
    told = _best(found, _PAPER_BAR, Derived("other", "no sign of a known kind", 0.4))
    if told.value == "other" or (told.value == "legal_letter" and _far(doc, found)):
        return contract_form(doc) or told
    return told


def _far(doc: Doc, found: dict[str, Score]) -> bool:
    """Say whether the salutation that makes a letter stands far behind the beginning, as in the attachments of a contract."""
    passage = found["legal_letter"].passage
    return passage is not None and passage.start > len(doc.head)


def _without_text(doc: Doc) -> Derived:
    """Pictures of text and unreadable files: the file name is all there is, and only a plain name counts."""
    if not doc.name:
        return Derived("other", "no text", 0.3)
    named = scores(doc, _BY_NAME)
    return _best(named, 0.6, Derived("other", "no text", 0.3))
