"""Sums of money as they stand in papers: exact decimals with their currency and the place where they stand.

Facts: `amount` for every sum that a claim, invoice, credit note, settlement or advice states, surest first (the total, what is now due, the
settlement sum); for claims also `amount_claimed`, for settlements `settlement_amount`.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.clients import concerned
from ingest.enrich.currencies import CODE, CODES, SIGN, SYMBOLS, WORDS_TOO
from ingest.enrich.doc import Doc

_NUMBER = r"\d{1,2}(?:,\d{2}){1,4},\d{3}(?:\.\d{2})?(?!\d)|\d{1,3}(?:[.,' ]\d{3}){1,5}(?:[.,]\d{2})?(?!\d)|\d{1,12}(?:[.,]\d{2})?(?![\d])"
_WITH_CURRENCY = re.compile(
    rf"(?<![\w.,])(?P<before>us\$|mx\$|r\$|ca?\$|s\$|au?\$|nz\$|hk\$|{SIGN}|\brs\.?|{CODE}\b)\s{{0,2}}(?P<n1>{_NUMBER})"
    rf"|(?:(?<![\w.,/-])|(?<=[\s|(:]-))(?P<n2>{_NUMBER})\s{{0,2}}(?P<after>{SIGN}(?!\s?\d)|(?:{CODE}|euros?)\b)")
_BARE = re.compile(r"(?:(?<![\w.,/-])|(?<=[\s|(:]-))(?P<n>\d{1,2}(?:,\d{2}){1,4},\d{3}(?:\.\d{2})?(?![\d,])|"
    r"\d{1,3}(?:[.,' ]\d{3}){0,5}[.,]\d{2})(?![\d%/-]|\.\d|\s?%)")
_TOTAL = re.compile(r"(?:\btotal\b|gesamt(?:betrag|summe)?|summe\b|montant total|importe total|amount due|now due|balance due|zu "
                    r"zahlen|rechnungsbetrag|gutschriftsbetrag|net a payer|total a pagar|"
                    r"accelerated balance|\bamount\b)[^\n\d]{0,60}$")
_NOW = re.compile(r"(?:now due|amount due|total due|balance due|zahlbetrag|zu zahlen|net a payer|total a pagar|grand total)[^\n\d]{0,40}$")
_SETTLED = re.compile(r"(?:shall pay|will pay|pays\b|agrees? to pay|(?:be)?zahlt\b|leistet\b|uberweist\b|vergutet\b|entrichtet\b|"
                      r"gewahrt\b|\bgrants?\b|shall credit|\baccorde(?:ra)?\b|\boctroie(?:ra)?\b|\bconcede(?:ra)?\b|\botorga(?:ra)?\b|pauschal(?:betrag|"
                      r"summe)|lump sum|"
                      r"somme forfaitaire|suma alzada|verpflichtet sich[^.]{0,80}zahl|\bverse(?:ra|nt|ront)?\b|\bpaie(?:ra|nt|ront)?\b|\bregle(?:ra|nt|"
                      r"ront)?\b|"
                      r"s'(?:engage|oblige) a (?:payer|verser|regler)|s'acquitte(?:ra)? de|pagara|paga\b|abonara|abona\b|satisfara|settlement (?:sum|amount)|"
                      r"vergleichs(?:betrag|summe)|(?:indemnite|somme) transactionnelle|importe transaccional)[^.]{0,130}$")
_PAYS = re.compile(r"(?:shall pay|will pay|pays\b|agrees? to pay|zahlt|zahl\w+|leistet|uberweist|vergutet|entrichtet|gewahrt|\bgrants?\b|\bshall credit|"
                   r"\baccorde(?:ra)?\b|\boctroie(?:ra)?\b|\bconcede(?:ra)?\b|\botorga(?:ra)?\b|\bverse(?:ra|nt|ront)?\b|\bpaie(?:ra|nt|"
                   r"ront)?\b|"
                   r"\bregle(?:ra|nt|ront)?\b|payer|verser|pagara|paga\b|abonara|abona\b)[^.]{0,130}$")
_COUNTERED = re.compile(r"(?:counter-?claim\w*|widerklage\w*|gegenforderung\w*|gegenanspr\w+|reconvention\w*|reconvencion\w*|set[- ]?off|aufrechnung\w*|"
                        r"verrechnung|"
                        r"compensation|compensacion)[^.]{0,90}$")
_CLAIMED = re.compile(r"(?:claims?|seeks?|demands?|fee of|sum of|dispute[sd]?|soit|insgesamt|in hohe von|montant de|somme de|por "
                      r"importe de|la suma de|owes?|fordern|reclam\w+)[^.]{0,90}$")
_CLAIMS_IT = re.compile(r"\b(?:claims?|counter-?claims?|cross-?claims?|seeks?|demands?|reclam\w+|fordern?|fordert|verlang\w+|beanspruch\w+|exig\w+)\b"
                        r"(?! (?:of|for|from) (?:your|ihr|votre|su)\b)[^.;\d]{0,45}$")
_SET_OFF_BEHIND = re.compile(r"^[^.;\d]{0,60}\b(?:set (?:it |this |that )?off|set-?off|now claim|counter-?claim|deduct|aufrechn\w+|rechnen|compens\w+)\b")
_DENIED_SUM = re.compile(r"\b(?:not (?:accept|owe|agree|admit)|den(?:y|ies)|disput\w+|bestreit\w+|contest\w+|nicht (?:an|geschuldet)|rechaz\w+|niega|negamos|"
                         r"in (?:the )?place of|instead of|anstelle|statt|au lieu de|en lugar de)\b[^.;\d]{0,60}$")
_GROUPED = re.compile(r"\d{3}(?:[ .,]|$)")
_GROUP_ABOVE = re.compile(r"(?<![\w.,/-])[1-9]\d{0,2}(?: \d{3}){0,2} ?\n$")
_PROSE_CHARS: Final = 45
"""What is no shorter is a line of running text; numbers that stand one below another in a table have short ones."""
_LIMIT = 200
_GIVEN_UP = re.compile(r"\b(?:waive[sd]?|waiver|writes? off|forgo(?:es)?|verzicht\w*|erlass\w*|erlasst|renonc\w+|abandonn\w+|renuncia\w*|condona\w*)\b")
_SENTENCE = 60


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that stands from `start` to `end` of the text; `currency` is an ISO 4217 code or "" where only `$` or nothing is written."""
    start: int
    end: int
    value: Decimal
    currency: str


def decimal_from(written: str) -> Decimal | None:
    """Return the number that is written with point or comma decimals and any grouping: `1 164,00`, `3.450,00`, `57,600.00`, `1'234.50`."""
    digits = re.sub(r"[\s'\u00a0\u202f]", "", written.strip())
    negative = digits.startswith(("-", "(")) or digits.endswith("-")
    digits = digits.strip("-+()")
    last = max(digits.rfind("."), digits.rfind(","))
    if last >= 0:
        whole, part = digits[:last], digits[last + 1:]
        others = whole.count(".") + whole.count(",")
        same = whole.count(digits[last])
        if len(part) == 3 and (same or not others) and whole.strip(".,") not in ("", "0"):
            digits = re.sub(r"[.,]", "", digits)  # grouping, no decimals
        else:
            digits = re.sub(r"[.,]", "", whole) + "." + part
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return None
    return -value if negative else value


def sums(folded: str, start: int = 0, end: int | None = None, bare: bool = False) -> Iterator[Sum]:
    """Yield the sums of money in a folded text in order of place; with `bare` also numbers with two decimals and no currency."""
    limit = len(folded) if end is None else end
    found: list[Sum] = []
    for m in _WITH_CURRENCY.finditer(folded, start, limit):
        written, mark = (m["n1"], m["before"]) if m["n1"] else (m["n2"], m["after"])
        begun = m.start() if m["n1"] else _begun_above(folded, m.start(), written)
        value = decimal_from(folded[begun:m.start()] + written if begun < m.start() else written)
        if value is not None:
            code = mark.upper() if mark in CODES else "EUR" if mark.startswith("euro") else SYMBOLS.get(mark, "")
            found.append(Sum(begun, m.end(), value, code))
    if bare:
        taken = [(s.start, s.end) for s in found]
        for m in _BARE.finditer(folded, start, limit):
            value = decimal_from(m["n"])
            if value is not None and not any(a < m.end() and m.start() < b for a, b in taken):
                found.append(Sum(m.start(), m.end(), value, ""))
    yield from sorted(found, key=lambda s: s.start)


def _begun_above(folded: str, at: int, written: str) -> int:
    """Return where a number grouped by blanks begins that a line of running text breaks in two: `52` / `000,00 €`; else the offset itself."""
    if at < _PROSE_CHARS or folded[at - 1] != "\n" or not _GROUPED.match(written):
        return at
    line = folded.rfind("\n", 0, at - 1) + 1
    head = _GROUP_ABOVE.search(folded, line, at)
    return head.start() if head and at - line >= _PROSE_CHARS else at


def currency_of(doc: Doc, evidence: tuple[ClientEvidence, ...]) -> str:
    """Return the currency that the item speaks of where it writes only `$` or bare numbers: a code in it, else the directory's; "" for none."""
    counts = {code: len(re.findall(rf"\b{code}\b", doc.folded[:20_000])) for code in CODES if code not in WORDS_TOO and code in doc.folded[:20_000]}
    best = max(counts, key=lambda c: counts[c], default="")
    if best and counts[best]:
        return best.upper()
    for symbol, code in (("€", "EUR"), ("£", "GBP"), ("₹", "INR")):
        if symbol in doc.folded[:20_000]:
            return code
    named = concerned(evidence)
    known = {c.currency.upper() for c in doc.clients if c.client_id in named and c.currency}
    return next(iter(known)) if len(known) == 1 else ""


def amounts(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the facts about sums of a paper of this kind, surest first."""
    text = doc.said
    found = list(sums(text, 0, min(len(text), 60_000), bare=kind in ("invoice", "credit_note", "payment_advice")))[:_LIMIT]
    if not found:
        return ()
    fallback = currency_of(doc, evidence)
    rated = [(_rate(text, s, kind), s) for s in found]
    main = max(rated, key=lambda pair: (pair[0], pair[1].value if kind in ("claim", "counterclaim") else 0,
                                      -pair[1].start if kind == "settlement" else pair[1].start))[1]
    if kind == "settlement" and (whole := _of_parts(text, found)) is not None:
        main = whole
    ordered = [main, *[s for _, s in rated if s is not main]]
    facts = []
    extra = {"claim": "amount_claimed", "counterclaim": "amount_claimed", "settlement": "settlement_amount"}.get(kind)
    for s in ordered:
        rate, basis = (0.9, "total or sum named as due") if s is main and _rate(text, s, kind) >= 2 else (0.6,
            "only or largest sum") if s is main else (0.3, "a sum in the text")
        passage = doc.passage(s.start, s.end)
        if s is main and extra:
            facts.append(Fact(extra, str(s.value), (passage,), basis, s.currency or fallback, confidence=rate))
        facts.append(Fact("amount", str(s.value), (passage,), basis, s.currency or fallback, confidence=rate))
    return tuple(facts)


def _of_parts(text: str, found: list[Sum]) -> Sum | None:
    """Return the first sum that those right behind it make up: what is paid in instalments is the whole, not the first of them.

    A sum of which a part is given up is what was claimed.
    """
    for at, whole in enumerate(found):
        total, count = Decimal(0), 0
        for part in found[at + 1:at + 26]:
            total, count = total + part.value, count + 1
            if part.value >= whole.value or total >= whole.value:
                break
        if count >= 2 and total == whole.value and not _GIVEN_UP.search(text, whole.end, found[at + count].end + _SENTENCE):
            return whole
    return None


def _rate(text: str, s: Sum, kind: str) -> int:
    before = text[max(0, s.start - 160):s.start]
    line = before[before.rfind("\n") + 1:]
    if not line.strip():  # in a table read cell by cell the label is the line above
        line = before.rstrip()
        line = line[line.rfind("\n") + 1:] + " "
    if _NOW.search(line):
        return 5
    if kind == "settlement" and _SETTLED.search(before):
        return 5 if _PAYS.search(before) else 4
    if re.match(r"\W{0,3}(?:total|gesamt|summe)", line) or _TOTAL.search(line):
        return 4 if re.match(r"\W{0,3}(?:total|gesamt|summe)", line) else 3
    if kind == "counterclaim":
        if _DENIED_SUM.search(before):
            return 0  # what the other side asks for, or what this claim takes the place of
        if _CLAIMS_IT.search(before) or _SET_OFF_BEHIND.match(text[s.end:s.end + 120]):
            return 4
        if _COUNTERED.search(before):
            return 3
    return 2 if kind in ("claim", "counterclaim") and _CLAIMED.search(before) else 1
