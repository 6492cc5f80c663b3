"""A fingerprint of what an item says, by which near duplicates are found (`archive.likeness`).

One-permutation MinHash over the different pairs of neighbouring words, empty bins filled from the next full one (Li, Owen, Zhang 2012;
Shrivastava, Li 2014).  What was quoted, signatures and disclaimers do not count, so mails that quote one another are not alike.
"""
from __future__ import annotations

import re
from array import array
from itertools import pairwise
from zlib import crc32

from archive.model.fact import Derived, Fingerprint
from ingest.enrich.day_forms import days, month_number, order_of
from ingest.enrich.doc import Doc

WORDS_LEAST = 24
WORDS_MOST = 50_000
BINS = 128
_MIX = 0x9E3779B1
_FORMS = frozenset({"credit_note", "ledger", "payment_advice", "survey", "sla_report", "review"})
_DUE = re.compile(r"\b(?:due|payable|fallig|zahlbar|echeance|payer|vence|vencimiento|paid)\b")
_WORD = re.compile(r"[^\W\d_]{3,10}\.?")


def fingerprint(doc: Doc, kind: str, dated: Derived | None, language: str | None) -> Fingerprint | None:
    """Return the fingerprint, None for what says too little to be likened to anything."""
    words = doc.words
    if len(words) < WORDS_LEAST or doc.form == "none":
        return None
    guard, least = _guard(doc, kind, dated, language)
    return Fingerprint(sketch(words[:WORDS_MOST]), guard, least)


def sketch(words: list[str]) -> bytes:
    """Return BINS numbers of 32 bits, big-endian on no machine: the order of this one (they are compared, never read elsewhere)."""
    raw = "\n".join(words).encode("utf-8", "replace").split(b"\n")
    bins = [0xFFFFFFFF] * BINS
    for code in set(map(crc32, map(b" ".join, pairwise(raw)))):
        mixed = code * _MIX & 0xFFFFFFFF
        at = mixed >> 25
        value = mixed & 0x1FFFFFF
        if value < bins[at]:
            bins[at] = value
    full = [i for i, value in enumerate(bins) if value != 0xFFFFFFFF]
    if not full:
        return b""
    if len(full) < BINS:
        following = full[0] + BINS
        for at in range(BINS - 1, -1, -1):
            if bins[at] != 0xFFFFFFFF:
                following = at
            else:
                bins[at] = bins[following % BINS] + (following - at) * 0x2000003 & 0xFFFFFFFF
    return array("I", bins).tobytes()


def _guard(doc: Doc, kind: str, dated: Derived | None, language: str | None) -> tuple[str, float]:
    """Return what must be equal, and the likeness that makes a near duplicate. Papers that only share a form are none."""
    if doc.form == "mail":
        return "mail", 0.9
    if doc.form in ("chat", "call"):
        return "talk", 0.8
    if kind == "invoice":
        return f"invoice {_months(doc, dated, language)}", 0.6
    if kind in _FORMS or doc.form == "table":
        return f"form {kind}", 0.95
    return "paper", 0.6


def _months(doc: Doc, dated: Derived | None, language: str | None) -> str:
    """Return the months that an invoice is for: those that it names, save in its own date and in what says when it is due."""
    folded = doc.folded
    own = dated.value if dated else ""
    named: set[int] = set()
    skipped = bytearray(len(folded))
    for day in days(folded, order_of(folded, language)):
        line = folded[folded.rfind("\n", 0, day.start) + 1:day.start]
        skipped[day.start:day.end] = b"\1" * (day.end - day.start)
        if day.value != own and not _DUE.search(line):
            named.add(int(day.value[5:7]))
    for m in _WORD.finditer(folded):
        if not skipped[m.start()] and (number := month_number(m[0])):
            named.add(number)
    return ",".join(map(str, sorted(named))) or own[5:7]
