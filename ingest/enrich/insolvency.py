"""Claims in an insolvency: what a proof of debt claims and when it was signed, and what the office holder admits of it.

Forms: proof of debt and its adjudication (England, Singapore, Australia; U.S. Official Form 410), `Forderungsanmeldung` and the insolvency table
(InsO §§ 174-178), `declaration de creance` and its admission (Code de commerce, L622-24, L624-2), `comunicacion de creditos` and the list of creditors
(Ley Concursal, arts. 255, 292).
"""
from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.enrich.amounts import Sum, sums
from ingest.enrich.day_forms import Order, days
from ingest.enrich.settlement_terms import within
from ingest.enrich.speaker import names_client
from ingest.enrich.total_lines import label_lines

_PROOF = re.compile(r"\bproofs? of (?:debt|claim)\b|\bforderungsanmeldung\b|\banmeldung (?:einer |der |von )?(?:insolvenz)?forderung|"
    r"\bdeclaration de creances?\b|"
                    r"\bcomunicacion de creditos?\b|\binsinuacion de creditos?\b")
_DECIDED = re.compile(
    r"\badjudicat\w+|\b(?:notice|certificate) of (?:admission|rejection|adjudication|allowance|determination)\b|\border (?:allowing|on|"
    r"fixing)[^\n]{0,30}\bclaim|"
    r"\b(?:dis)?allowance of (?:the |your )?claim|\b(?:your|the) (?:proof|claim)[^\n]{0,60}\b(?:admitted|allowed|rejected)|\binsolvenztabelle\b|"
    r"\btabellenauszug\b|\bprufungstermin\b|"
    r"\bfeststellung\b[^\n]{0,40}\bforderung|\badmission (?:de|des|partielle de) (?:la |votre )?creances?|\betat des creances\b|"
    r"\bcreances?\b[^\n]{0,60}\badmise?s?\b|"
    r"\blista de acreedores\b|\breconocimiento (?:de|del) (?:su )?creditos?\b|\bcreditos?\b[^\n]{0,60}\breconocid\w+")
_CLAIMED_LINE = re.compile(
    r"(?:grand )?total (?:amount )?(?:of )?(?:the )?(?:claim(?:ed)?|debt|proved|due)\b|total amount claimed|amount of (?:the )?(?:claim|debt)|(?:sum|"
    r"amount) claimed|angemeldete\w* (?:gesamt)?(?:forderung|betrag|summe)|"
    r"gesamt(?:forderung|betrag|summe)|summe(?: der forderungen?)?\b|montant (?:total )?(?:de la creance )?declare\w*|total (?:de la creance|"
    r"declare\w*|general)|creance declaree|"
    r"(?:importe )?total (?:del credito|comunicado|reclamado|insinuado)|credito comunicado|total\b")
_ADMITTED_LINE = re.compile(
    r"(?:total |amount |sum |claim )?(?:admitted|allowed)\b(?! claims?\b)(?: (?:amount|sum|claim|in full|in part))?|(?:amount|sum|"
    r"claim)s? (?:admitted|allowed)|"
    r"festgestellt\w*(?: (?:betrag|forderung|summe))?|anerkannt\w*(?: (?:betrag|forderung|summe))?|montant admis|creances? admises?|admis\w*|"
    r"(?:importe |credito )?(?:reconocid|admitid)\w*")
_ADMITTED = within(
    r"\b(?:is|are|was|were|has been|have been|be|hereby|proof|claim) (?:hereby |partly |partially )?(?:admitted|allowed|"
    r"accepted) (?:as [^.]{0,60})?(?:for|in|at|to the extent of)\b|\badmit(?:s|ted)? (?:your|the) (?:claim|proof|debt)\b|"
    r"\bfestgestellt\b|\bin hohe von\b[^.]{0,60}\b(?:festgestellt|anerkannt)|\banerkannt\b|\badmise?s?\b[^.]{0,40}\b(?:pour|a hauteur de)\b|"
    r"\breconocid\w+\b[^.]{0,40}\bpor\b|\breconoce\b")
_REFUSED = re.compile(r"\b(?:nicht|kein\w*|not|disallow\w*|bestritten|rejete?e?s?|no)\b[^.\n]{0,24}$")
_SIGNED = re.compile(r"\b(?:signed|signature|dated?|unterzeichnet|unterschrift|ort, datum|ort und datum|fait (?:a|le)|signe\w*|firmad[oa]|firma|"
    r"lugar y fecha)\b")
_OFFICE = re.compile(r"\b(?:liquidat\w+|administrators?|insolven\w+|trustee|bankruptcy|receiver|mandataire|liquidateur|redressement|concurs\w+|"
    r"administrador)\b")
_ESTATE = re.compile(r"\b(?:in (?:[a-z']+ ){0,3}liquidation|in administration|in the matter of|bankruptcy|insolven\w+|en liquidation|"
    r"liquidation judiciaire|redressement|"
                     r"concurso|concursal|(?:debtor|schuldner(?:in)?|debiteur|deudora?)\b)")
_HEAD_CHARS = 1500


@dataclass(frozen=True, slots=True)
class Proved:
    """What was claimed or admitted: the words, the sum, the day of signing (ISO 8601, "" where none stands)."""
    start: int
    end: int
    sum: Sum
    day: str = ""


def is_proof(text: str) -> bool:
    """Say whether a folded paper is itself a proof of debt: its first lines say so, and nothing in them decides on one."""
    head = text[:_HEAD_CHARS // 3]
    return bool(_PROOF.search(head)) and not _DECIDED.search(head)


def proof(text: str, order: Order) -> Proved | None:
    """Return what a proof of debt claims: its total, else its only sum; None for another paper, or where no total can be read."""
    if not is_proof(text):
        return None
    totals = list(label_lines(text, _CLAIMED_LINE))
    if not totals:
        return None
    start, end, total = totals[-1]
    return Proved(start, end, total, signed_on(text, order))


def signed_on(text: str, order: Order) -> str:
    """Return the day that stands in the line of the signature, or "": of several the last."""
    found = ""
    for m in _SIGNED.finditer(text):
        stop = text.find("\n", m.end())
        line_end = len(text) if stop < 0 else stop
        begun = text.rfind("\n", 0, m.start()) + 1
        if line_end - begun <= 160 and not re.search(r"\bdated?\b|\bguarantee|\bcontract|\bagreement", text[begun:m.start()]):
            day = next((d.value for d in days(text, order, m.start(), line_end)), "")
            found = day if day and m[0] not in ("date", "dated") else found
    return found


def admitted(text: str, stretches: list[tuple[int, int]]) -> Proved | None:
    """Return what an office holder admits of a proof; None for a paper that decides on none, or where no sum is admitted."""
    if not (_DECIDED.search(text[:_HEAD_CHARS]) and _OFFICE.search(text)):
        return None
    lines = list(label_lines(text, _ADMITTED_LINE))
    if lines:
        start, end, sum_ = lines[-1]
        return Proved(start, end, sum_)
    for start, end in stretches:
        m = _ADMITTED.search(text, start, end)
        if m and not _REFUSED.search(text[max(start, m.start() - 40):m.start()]):
            behind, before = list(sums(text, m.end(), end)), list(sums(text, start, m.end()))
            if before and not (behind and re.search(r"(?:for|in|at|of|pour|hauteur de|por)\s*$", text[start:m.end()])):
                return Proved(start, end, before[-1])
            if behind:
                return Proved(start, end, behind[0])
    return None


def estate_of(text: str, names: tuple[str, ...]) -> str | None:
    """Return whose estate it is, `client` or `provider`, by the name beside the words for the proceedings; None where no such words stand."""
    for m in _ESTATE.finditer(text[:3000]):
        near = _line(text, m.start(), m.end())
        if names_client(near, names):
            return "client"
    return None


def _line(text: str, start: int, end: int) -> str:
    begun, stop = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return text[begun:len(text) if stop < 0 else stop]
