"""Personal data taken out of a text before it leaves the house, and places in what was sent found again in the text itself.

Masked are mail addresses, telephone numbers, account and card numbers, postal addresses, and the names that are known. A name that nobody knows
stays: it is not looked for.  Where it is unclear whether a number is one of a person, it is masked.
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_MAIL = r"(?<![\w.+%'-])[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+"
_HANDLE = r"(?<![\w/])@[A-Za-z]\w{2,}"
_IBAN = r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{2,4}){3,8}(?![A-Za-z0-9])"
_NAMED_ACCOUNT = (
    r"(?i:\b(?:account|acct|a/c|iban|bic|swift|sort code|routing|konto|kto|blz|bankleitzahl|compte|rib|cuenta|card|karte|carte|tarjeta|tax id|"
    r"steuer-?id|ssn|nif|dni|nie|vat|ust-?id(?:nr)?)\b\.?[^\n\d]{0,24}?)"
    r"(?P<account>(?<![A-Za-z0-9])(?:[A-Z]{1,6}[ -]?)?\d[A-Z0-9]{0,30}(?:[ ./-][A-Z0-9]{0,12}\d[A-Z0-9]{0,12})*)")
_NUMBER = r"(?<!\d)[+(]{0,2}\d(?:(?:[ \t\u00a0\u202f()/\u2010-\u2013-]|\.(?!\s)){0,3}\d){6,}"
_STREET = (
    r"\b\d{1,5}[a-zA-Z]?,? (?:[A-ZÀ-Þ][\w'’.-]{0,30}[ ]){1,4}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|"
    r"Way|Terrace|Close|Crescent|Quay|Row|Parkway|Pkwy|Highway|Hwy|Walk|Hill|Park)\b\.?"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]{0,40}(?: [A-ZÄÖÜ][\wäöüß.-]{0,40}){0,2}?"
    r" ?(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|[Ww]eg|[Pp]latz|[Aa]llee|[Gg]asse|[Rr]ing|[Dd]amm|[Uu]fer) ?\d{1,4} ?[a-zA-Z]?\b"
    r"|\b\d{1,4}(?: ?(?:bis|ter))?,? (?i:rue|avenue|boulevard|place|chemin|impasse|allée|quai|route|cours) (?:[\wÀ-ÿ'’-]{1,40} ?){1,5}"
    r"|\b(?i:calle|c/|avenida|avda\.?|plaza|paseo|camino|carrer|ronda) (?:[\wÀ-ÿ'’.-]{1,40} ){0,4}[\wÀ-ÿ'’.-]{1,40},? (?:n\.?º ?)?\d{1,4}\b")
_TOWN = (
    r"\b(?:[A-Z]{1,2}-)\d{4,5} [A-ZÀ-Þ][\wÀ-ÿ'’-]+|(?<![\d.,-])\d{5} [A-ZÀ-Þ][a-zà-ÿ'’-]+(?: (?:am|an der|en|sur|de|del) [A-ZÀ-Þ][\wÀ-ÿ-]+)?"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\bP\.? ?O\.? Box \d+")
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in (
    ("EMAIL", _MAIL), ("EMAIL", _HANDLE), ("ACCOUNT", _IBAN), ("ACCOUNT", _NAMED_ACCOUNT), ("ADDRESS", _STREET), ("ADDRESS", _TOWN), ("NUMBER", _NUMBER)))

_DAY = re.compile(
    r"(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)\d\d(?!\d)")
_SUM = re.compile(r"(?<![\d.,])(?:0|[1-9]\d{0,2})(?:[ .,'\u00a0\u202f]\d{3})*[.,]\d{2}(?![.,]?\d)")
_CURRENCY_BEFORE = re.compile(r"(?:[€$£¥]|\b(?:EUR|USD|GBP|CHF|CAD|AUD|MXN|JPY|PLN|SEK|NOK|DKK))[ \u00a0]?$")
_CURRENCY_AFTER = re.compile(r"[ \u00a0]?(?:[€$£¥]|(?:EUR|USD|GBP|CHF|CAD|AUD|MXN|JPY|PLN|SEK|NOK|DKK|euros?|dollars?)\b)")
_OFFICES = frozenset((
    "team", "support", "billing", "service", "services", "desk", "department", "accounts", "accounting", "legal", "sales", "office", "customer", "client",
    "help", "info", "admin", "operations", "finance", "invoicing", "noreply", "mailbox", "group", "kundenservice", "buchhaltung", "rechnung", "vertrieb",
    "abteilung", "équipe", "facturation", "servicio", "equipo", "ltd", "limited", "inc", "llc", "llp", "plc", "corp", "corporation", "company", "gmbh", "ag",
    "kg", "sa", "sas", "sarl", "sl", "srl", "bv", "centre", "center", "contact", "agent", "system", "the", "und", "and"))
"""A name with one of these is an office's: it is masked as a whole, its parts are not."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """One stretch that was taken out: `start` and `end` in the text, `at` where `placeholder` begins in what is sent."""
    start: int
    end: int
    at: int
    placeholder: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as it is sent, and what was taken out of it, in order. Equal words have equal placeholders."""
    text: str
    original: str
    hidden: tuple[Hidden, ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of what was sent stands in the text; a placeholder that is cut stands for the whole of what it hides."""
        return self._back(start, False), self._back(end, True)

    def _back(self, at: int, is_end: bool) -> int:
        moved = 0
        for h in self.hidden:
            close = h.at + len(h.placeholder)
            if at >= close:
                moved = h.end - close
            elif at > h.at or (at == h.at and not is_end):
                return h.end if is_end else h.start
            else:
                break
        return at + moved

    def shortened(self, chars: int) -> Masked:
        """Return the first `chars` characters of the text as they are sent, without what is hidden across the end."""
        kept = tuple(h for h in self.hidden if h.end <= chars)
        last = kept[-1] if kept else None
        end = chars + (last.at + len(last.placeholder) - last.end if last else 0)
        across = next((h for h in self.hidden if h.start < chars < h.end), None)
        return Masked(self.text[:across.at if across else end], self.original, kept)

    def restored(self, words: str) -> str:
        """Return words of an answer with what placeholders stand for in their place."""
        told = {h.placeholder: self.original[h.start:h.end] for h in reversed(self.hidden)}
        return re.sub(r"\[[A-Z]+_\d+\]", lambda m: told.get(m[0], m[0]), words)


def unmasked(text: str) -> Masked:
    return Masked(text, text)


def masked(text: str, names: Iterable[str] = (), numbers: Iterable[str] = (), contracts: Iterable[str] = ()) -> Masked:
    """Return the text without personal data. `names` are of persons, `numbers` account numbers that are known.

    The numbers of `contracts` are nobody's, though they look like other numbers.
    """
    spans = [*_known(text, "NAME", _forms(_near(text, names))), *_known(text, "ACCOUNT", [re.escape(n) for n in numbers if len(n) > 3])]
    free = [(start, end) for start, end, _ in _known(text, "", [re.escape(n) for n in contracts if len(n) > 3])]
    for kind, pattern in _PATTERNS:
        for m in pattern.finditer(text):
            start, end = m.span("account") if "account" in pattern.groupindex else m.span()
            if kind == "NUMBER" and (_is_no_persons(text, start, end) or any(a <= start and end <= b for a, b in free)):
                continue
            if kind != "ACCOUNT" or sum(map(str.isalnum, text[start:end])) > 3:    # `on account of 60 days`
                spans.append((start, end, kind))
    out: list[str] = []
    hidden: list[Hidden] = []
    given: dict[str, str] = {}
    counts: dict[str, int] = {}
    at = size = 0
    for start, end, kind in _joined(spans):
        words = text[start:end]
        key = " ".join(words.split()).casefold()
        if key not in given:
            while True:
                counts[kind] = counts.get(kind, 0) + 1
                given[key] = f"[{kind}_{counts[kind]}]"
                if given[key] not in text:
                    break
        out += [text[at:start], given[key]]
        size += start - at
        hidden.append(Hidden(start, end, size, given[key]))
        size += len(given[key])
        at = end
    return Masked("".join((*out, text[at:])), text, tuple(hidden))


def _joined(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return spans in order, those that overlap as one."""
    out: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(spans, key=lambda s: (s[0], -s[1])):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]), out[-1][2])
        elif start < end:
            out.append((start, end, kind))
    return out


def _is_no_persons(text: str, start: int, end: int) -> bool:
    """Whether digits are plainly days or a sum of money, and nothing but."""
    left = _SUM.sub(" ", _DAY.sub(" ", text[start:end]))
    if len(re.sub(r"\D", "", left)) < 7 and not left.startswith(("+", "(")):
        return True
    grouped = re.fullmatch(r"\d{1,3}(?:[ .,'\u00a0\u202f]\d{3})+", text[start:end]) or text[start:end].isdigit()
    decimals = _SUM.fullmatch(text, start, min(len(text), end + 3))
    return bool(decimals or (grouped and (_CURRENCY_BEFORE.search(text[max(0, start - 5):start]) or _CURRENCY_AFTER.match(text, end))))


def _near(text: str, names: Iterable[str]) -> list[str]:
    """Return the names of which a word stands in the text at all: a client may have thousands."""
    words = _words(text)
    return [name for name in names if not words.isdisjoint(_words(name))]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold()))


def _known(text: str, kind: str, forms: list[str]) -> list[tuple[int, int, str]]:
    if not forms:
        return []
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(forms, key=len, reverse=True))})(?!\w)")
    return [(*m.span(), kind) for m in pattern.finditer(text)]


def _forms(names: Iterable[str]) -> list[str]:
    """Return patterns for names: whole in any case, and each part of a person's name as it is written, or in capitals."""
    out: set[str] = set()
    for name in names:
        for form in {unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}:
            parts = [p for p in (each.strip(".,;:()\"'<>[]") for each in form.split()) if p]
            offices = sum(p.casefold() in _OFFICES for p in parts)
            if "@" in form or offices == len(parts) or len("".join(parts)) < 3:
                continue
            gap = r"[\s,.]+"
            out.add(f"(?i:{gap.join(map(re.escape, parts))})")
            if offices or len(parts) > 5:
                continue
            for part in {p for whole in parts for p in (whole, *whole.split("-"))}:
                if len(part) >= 3 and (part[0].isupper() or form.islower()):
                    out |= {re.escape(part if part[0].isupper() else part.capitalize()), re.escape(part.upper())}
    return sorted(out)
