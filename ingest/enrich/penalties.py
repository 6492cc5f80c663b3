"""`penalty`: what invoices, ledgers, credit notes, claims, settlements and rulings say of sums beyond the price of the services (`penalty_words`).

The value is a JSON object: `kind` ("" where a credit note or a settlement names only the invoice), `act`, and where they stand there `amount`, `number`
(of the invoice or credit note itself) and `reference` (the number of another paper).  `act` is one of

    charged     an invoice, or its line in a ledger      credited    a credit note, or its line in a ledger
    claimed     a demand                                 granted     a ruling or settlement allows it with a sum
    withdrawn   the sum is given up                      settled     a settlement, or a mail that accepts one, names what it settles
    denied      a ruling refuses it                       contested   a letter or mail denies that it is owed
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.amounts import Sum, currency_of, decimal_from, sums
from ingest.enrich.doc import Doc
from ingest.enrich.penalty_words import CONTEST_HINTS, HINTS, MAIL_HINTS, about_data, early_end, kinds_in
from ingest.enrich.row_values import row
from ingest.enrich.spans import cut

_READ = frozenset({"invoice", "credit_note", "ledger", "claim", "counterclaim", "settlement", "notice", "legal_letter", "email", "other", "call_note"})
_BY_NUMBER = frozenset({"credit_note", "ledger"})
"""What may speak of such a sum by the number of its invoice alone."""

_CLAIMS = frozenset({"claim", "counterclaim", "notice", "legal_letter"})
_LIMIT = 40_000
_MOST = 60
_OF_CLIENT = frozenset({"service_level_credits", "contractual_penalty", "contractual_penalty_data_deletion", "liquidated_damages"})
_BY_CREDIT_NOTE = re.compile(r"\b(?:issue|raise|give)s? (?:a |the )?credit (?:notes?|memos?)|\bgutschrift\w*\b|\b(?:emet\w*|etabli\w*) (?:un |des |"
                             r"les )?avoirs?\b|"
                             r"\b(?:emit\w*|expid\w*) (?:una |las )?notas? de (?:credito|abono)\b")
"""Words by which a settlement takes back what was invoiced."""
_IN_RESPECT = re.compile(r"\W{0,3}(?:\w+ )?(?:in respect of|on account of|by way of|for|as|als|fur|auf|au titre d\w+|a titre de|pour|en concepto de|por|"
                         r"a cuenta de)\s"
                         r"(?:the |all |any |accrued |die |den |der |les |des |los |las )*")
"""What stands between a sum and what it is paid for."""
_PAYS = re.compile(r"\b(?:shall|will|agrees? to|must|undertakes? to) (?:\w+ )?pay\b|\bpays?\b|\bzahlt\b|\bvers(?:e|era)\b|\bpaiera?\b|\b(?:paga|pagara|"
                   r"abona|abonara)\b")
_AROUND = 400
"""How far around its name it may be said what a contractual penalty is for."""

NUMBER = re.compile(r"(?<![\w-])(?=[a-z0-9/-]*\d{2})[a-z]{1,6}(?:\d{1,6}(?=[-/]))?(?:[-/][a-z0-9]{1,6}| \d{1,6}){0,3}[-/ ]?\d{2,8}[a-z]?(?![\w-])")
"""The number of an invoice or credit note: letters, then groups with digits (`INV-25-0611`, `RE-2025-0119`, `CM 2301`)."""

_OWN = re.compile(
    r"\b(?:invoice|credit (?:note|memo|memorandum)|rechnung|gutschrift|facture|note de credit|avoir|factura|nota de (?:credito|abono)|abono)"
    r"\s?(?:(?:no|nr|number|nummer|n|num|numero)\b[.°º]?)?\s?[:#]?\s{0,2}(?=[a-z]*[\d/-])"
)
_LABEL = re.compile(r"^[^\S\n]*(?:n[.°ºo]{1,2}|nr\.?|num(?:ero|mer|ber)?\.?|document(?:o)?(?: no\.?| number)?|folio|beleg(?:nr\.?|nummer)?)[^\S\n]*[:#|"
    r"]?[^\S\n]*", re.MULTILINE)
_TAX_ID = re.compile(r"\b(?:nif|cif|rfc|vat|tva|iva|ust|steuer\w*|tax|ein|gstin|gst|pan|siret|siren|cuit|nit|uid|abn|hst|iban|"
    r"tel)\b[^a-z]{0,6}(?:[a-z]{1,8}\b[^a-z]{0,4}){0,2}$")
"""What stands before the number of a company, not of its paper."""

_TOTAL = re.compile(r"^\W*(?:sub-?)?(?:net\b|total|gesamt|summe|zwischensumme|vat\b|ust\b|mwst|tva\b|tps\b|tvq\b|tvh\b|gst\b|hst\b|iva\b|tax\b|"
                    r"montant (?:ht|ttc)|base)")
_GIVES_UP = re.compile(
    r"\b(?:(?:is|are|be|was|were|hereby) (?:hereby )?(?:withdrawn|waived|cancelled|abandoned|dropped|released)|waives?|withdraws?|"
    r"(?:wird|werden|ist|sind) (?:hiermit )?(?:zuruckgenommen|erlassen|storniert|fallen ?gelassen)|verzicht\w+|entfallt|entfallen|"
    r"(?:est|sont) (?:retiree?s?|abandonnee?s?|annulee?s?)|renonce\w*|"
    r"(?:se retira|queda\w* (?:retirad|anulad|condonad)\w+|renuncia\w*|condona\w*))\b|\b(?:withdrawn|waived|erlassen|zuruckgenommen|annulee?|"
    r"condonad[oa])\s*(?:[$€£\d]|$)"
)
_OTHER_THING = re.compile(r"\b(?:and|und|et|y|claims?|forderung\w*|demandes?|reclamacion\w*)\b|;")
_SETTLES = re.compile(
    r"\b(?:(?:full|final) settlement of|settles?|settled|in satisfaction of|compromise of|abgegolten|abgeltung|erledigt|erledigung|beigelegt|vergleich\w*|"
    r"pour solde|reglee?|transaction|solde de tout compte|saldo y finiquito|queda\w* (?:saldad|resuelt|liquidad)\w+|transaccion\w*)\b"
)
_AGREED = re.compile(
    r"\b(?:per|under|as per|pursuant to|in accordance with|by) (?:the |our )?(?:\w+ )?(?:settlement|agreement|compromise|e-?mail)|\bsettle\w*|"
    r"\bcompromise|\bas agreed|"
    r"\bvergleich\w*|\b(?:gemass|laut) (?:\w+ )?(?:vereinbarung|e-?mail|absprache|vergleich)|\bvereinbarungsgemass|\bkulanz\w*|"
    r"\bselon (?:l')?(?:accord|entente|courriel)|"
    r"\btransaction|\bsegun (?:el )?(?:acuerdo|correo)|\bconforme al acuerdo"
)
_DENIES = re.compile(
    r"\bno\b[^.;]{0,60}\b(?:is|are) (?:payable|due|owed)|\b(?:is|are) (?:not (?:payable|due|owed)|denied|dismissed|unenforceable)|"
    r"\b(?:ist|sind) (?:nicht (?:geschuldet|fallig)|abgewiesen|unwirksam)|\bkeine?\b[^.;]{0,50}\bgeschuldet|\bn'est pas (?:due?|exigible)|"
    r"\bno (?:procede|es exigible|se debe)|\b(?:rejetee?|desestimad[oa])\b"
)
_ASSERTED = re.compile(
    r"\b(?:claims?|claimed|assert\w*|alleg\w+|seeks?|sought|demand\w*|geltend|fordert|gefordert|beansprucht|verlangt|reclam\w+|invoqu\w+|pretend\w+|"
    r"demande\w*|exig\w+)\b"
)
"""Before a sum of a settlement: what was asked for, not what it gives."""

_ASSERTED_BEHIND = re.compile(r"[^.;\d]{0,40}\b(?:geltend (?:gemacht|macht)|gefordert|fordert|verlangt|beansprucht|begehrt|claimed|demanded|sought|"
                              r"reclamee?s?|exigee?s?|"
                              r"reclamad[oa]s?|exigid[oa]s?)\b")

_A_RATE = re.compile(r"[^.;]{0,20}\b(?:per ?cent|prozent|a year|per annum|p\.a|base rate|\d{1,2}\s?%)")
_CONTESTS = re.compile(
    r"\b(?:dispute[sd]?|deny|denies|denied|contest(?:s|ed)?|reject(?:s|ed)?|refuse[sd]?|(?:do|does|cannot|will) not (?:accept|agree|owe|pay)|"
    r"not (?:due|payable|owed|enforceable)|"
    r"no basis for|unenforceable|bestreite\w*|bestritten|weisen\b[^.;]{0,80}\bzuruck|zuruckgewiesen|zuruckweisen|nicht (?:geschuldet|berechtigt|"
    r"fallig|anerkannt)|"
    r"widersprech\w*|widerspruch|unberechtigt|contestons|conteste|rejetons|refusons|n'est pas (?:due?|exigible|fondee?)|ne (?:devons|doit) pas|infondee?|"
    r"rechaz\w+|impugna\w*|negamos|no (?:procede|debemos|debe|reconocemos|aceptamos|es exigible)|improcedente)\b"
)
_ASKS = re.compile(
    r"\b(?:please|if|unless|would|could|should|might|can you|will you|asks? you|want you|propos\w+|bitte|falls|wenn|sofern|wurden?|konnten?|schlagen|"
    r"si|veuillez|pourriez|"
    r"proposons|por favor|podrian?|proponemos)\b|\?"
)
_RULING = re.compile(
    r"\b(?:award|judg(?:e)?ment|adjudicat\w+|arbitrator|determination|urteil|schiedsspruch|schlichterspruch|sentence arbitrale|jugement|laudo|sentencia)\b"
)
_SERVICES = re.compile(r"[a-z]{3,}")
_DATE_WORDS = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|"
    r"januar|februar|"
    r"marz|mai|juni|juli|oktober|dezember|janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|"
    r"mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre|monat|month|mois|mes|for|fur|pour|the|der|die|das)\b"
)


def penalties(doc: Doc, kind: str, read: tuple[Fact, ...], evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return what an item of this kind says of such sums. `read` are its other facts: a ledger's lines, an invoice's total."""
    if kind not in _READ or not (kind in _BY_NUMBER or _may_name_one(doc, kind)):
        return ()
    if kind == "ledger":
        return tuple(_of_ledger(read))[:_MOST]
    made = (
        _of_invoice(doc, read) if kind == "invoice" else _of_credit_note(doc, read) if kind == "credit_note" else _of_words(doc, kind)
    )
    fallback = currency_of(doc, evidence)
    out = []
    for fact in made:
        out.append(fact if fact.unit else Fact(fact.name, fact.value, fact.passages, fact.basis, fallback, confidence=fact.confidence))
        if len(out) >= _MOST:
            break
    return tuple(out)


def _may_name_one(doc: Doc, kind: str) -> bool:
    if kind != "email":
        return HINTS.may_be_in(doc.mask, doc.said) or CONTEST_HINTS.may_be_in(doc.mask, doc.said)
    flat = doc.said.replace("\n", " ")
    return MAIL_HINTS.may_be_in(doc.mask, flat) or (CONTEST_HINTS.may_be_in(doc.mask, flat) and NUMBER.search(flat) is not None)


def _fact(
    doc: Doc, kind: str, act: str, amount: Decimal | None, where: tuple[tuple[int, int], ...], basis: str, unit: str, sure: float, **more: str | None
) -> Fact:
    value = row(kind=kind, act=act, amount=format(amount, "f") if amount is not None else None, **more)
    return Fact("penalty", value, tuple(doc.passage(a, b) for a, b in where), basis, unit, confidence=sure)


def _of_ledger(read: tuple[Fact, ...]) -> Iterator[Fact]:
    from ingest.enrich.fold import fold

    for fact in read:
        if fact.name != "ledger_row" or not isinstance(fact.value, str):
            continue
        line = json.loads(fact.value)
        said = fold(str(line.get("details") or "")).replace("\n", " ")
        named = [k for k in kinds_in(said, 0, len(said)) if k[0] != "minimum_commitment" or not _of_services(said[: k[1]])]
        act = {"invoice": "charged", "credit": "credited"}.get(str(line.get("kind")))
        reference = next((m[0].upper() for m in NUMBER.finditer(said)), None) if act == "credited" else None
        if act and (named or reference):
            name = _kind(said, named[0]) if named else ""
            value = row(
                kind=name, act=act, amount=line.get("amount"), number=line.get("number"), reference=reference, day=line.get("day"),
                agreed="yes" if _AGREED.search(said) else None,
            )
            yield Fact("penalty", value, fact.passages, f"line of the ledger that names it: {act}", fact.unit, confidence=0.85)


def _kind(folded: str, found: tuple[str, int, int], low: int | None = None, high: int | None = None) -> str:
    """Return the kind, of a contractual penalty with what it is for where the words around it say it."""
    name, start, end = found
    if name == "contractual_penalty" and about_data(folded, max(0, start - 200) if low is None else low, end + 200 if high is None else high):
        return "contractual_penalty_data_deletion"
    if name == "contractual_penalty" and early_end(folded, start - _AROUND, end + _AROUND):
        return "early_termination_fee"
    return name


def _of_services(before: str) -> bool:
    """Say whether words before a minimum name services: then it is the least price of these, and no sum beyond it."""
    return bool(_SERVICES.search(_DATE_WORDS.sub(" ", before)))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text[:_LIMIT].split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _own_number(doc: Doc) -> str | None:
    head = doc.flat[:1500]
    for cue in _OWN.finditer(head):
        if m := NUMBER.match(head, cue.end()):
            return m[0].upper()
    for cue in _LABEL.finditer(doc.folded[:1500]):
        if m := NUMBER.match(doc.folded, cue.end()):
            return m[0].upper()
    m = next((m for m in NUMBER.finditer(doc.flat, 0, 200) if not _TAX_ID.search(doc.flat[max(0, m.start() - 24):m.start()])), None)
    return m[0].upper() if m else None


def _totals(read: tuple[Fact, ...]) -> Decimal | None:
    found = max((f for f in read if f.name == "amount"), key=lambda f: f.confidence, default=None)
    return decimal_from(str(found.value)) if found and found.confidence >= 0.6 else None


def _items(doc: Doc) -> list[tuple[int, int, Sum]]:
    """Return the lines of an invoice or credit note that end with a sum, without those of totals and taxes."""
    out = []
    for start, end in _lines(doc.said):
        if _TOTAL.match(doc.said[start:end]):
            continue
        found = list(sums(doc.said, start, end, bare=True))
        if found and not doc.said[found[-1].end : end].strip(" |\t.;"):
            out.append((start, end, found[-1]))
    return out


def _of_invoice(doc: Doc, read: tuple[Fact, ...]) -> Iterator[Fact]:
    text, number, total, items = doc.flat, _own_number(doc), _totals(read), _items(doc)
    charged = [(start, end, item, kinds) for start, end, item in items if (kinds := kinds_in(text, start, item.start))]
    for start, end, item, kinds in charged:
        if kinds[0][0] == "minimum_commitment" and _of_services(text[start : kinds[0][1]]):
            continue
        # The only item: its sum with the tax is the total of the invoice.
        amount = total if len(items) == 1 and total is not None and total >= item.value else item.value
        yield _fact(doc, _kind(text, kinds[0], start, end), "charged", amount, ((start, end),), "line of an invoice", item.currency, 0.85, number=number)
    if not charged and total is not None:
        first = items[0][0] if items else 0
        for start, end in _lines(doc.said[:first]):
            for found in kinds_in(text, start, end):
                if found[0] != "minimum_commitment":
                    yield _fact(doc, _kind(text, found), "charged", total, ((start, end),), "heading of an invoice, with its total", "", 0.8, number=number)
                    return


def _of_credit_note(doc: Doc, read: tuple[Fact, ...]) -> Iterator[Fact]:
    text, number, total, items = doc.flat, _own_number(doc), _totals(read), _items(doc)
    agreed = "yes" if _AGREED.search(text) else None
    for start, end, item in items:
        kinds = kinds_in(text, start, item.start)
        reference = next((m[0].upper() for m in NUMBER.finditer(text, start, item.start) if m[0].upper() != number), None)
        if not kinds and not reference:
            continue
        amount = total if len(items) == 1 and total is not None and total >= item.value else item.value
        kind = _kind(text, kinds[0], start, end) if kinds else ""
        more = {"number": number, "reference": reference, "agreed": agreed}
        yield _fact(doc, kind, "credited", amount, ((start, end),), "line of a credit note", item.currency, 0.85, **more)


def _of_words(doc: Doc, kind: str) -> Iterator[Fact]:
    text = doc.said
    flat = text.replace("\n", " ")
    ruling = kind == "other" and bool(_RULING.search(doc.title))
    seen: set[tuple[str, str, str]] = set()
    named = kinds_in(flat, 0, min(len(text), _LIMIT))
    if kind in _CLAIMS | {"email"}:
        yield from _contested_by_number(doc, flat, named)
    if not named:
        return
    spans = list(_lines(text)) if kind in _CLAIMS else []
    for start, end in (*cut(text, 0, min(len(text), _LIMIT)), *spans):
        for found in (n for n in named if start <= n[1] and n[2] <= end):
            fact = _said_of(doc, flat, kind, ruling, start, end, found)
            if fact is None:
                continue
            value = json.loads(str(fact.value))
            key = (value["act"], value["kind"], value.get("amount", ""))
            if key not in seen:
                seen.add(key)
                yield fact
    if kind in _CLAIMS:
        yield from _heading(doc, flat, seen)


def _contested_by_number(doc: Doc, flat: str, named: list[tuple[str, int, int]]) -> Iterator[Fact]:
    """Yield the invoices that a letter or mail contests by their number, whatever they are for."""
    if not _CONTESTS.search(flat, 0, min(len(flat), _LIMIT)):
        return
    for start, end in cut(doc.said, 0, min(len(flat), _LIMIT)):
        if _CONTESTS.search(flat, start, end) and not any(start <= n[1] < end for n in named):
            for m in NUMBER.finditer(flat, start, end):
                yield _fact(doc, "", "contested", None, ((start, end),), "words that contest an invoice", "", 0.7, reference=m[0].upper())


def _said_of(doc: Doc, flat: str, kind: str, ruling: bool, start: int, end: int, found: tuple[str, int, int]) -> Fact | None:
    name, at, stop = found
    if name == "late_interest" and kind != "claim" and _A_RATE.match(flat, stop):
        return None  # the rate of a clause, not a sum
    name = _kind(flat, found)
    near = _sum_of(doc.said, start, end, at, stop)
    before = [m for m in NUMBER.finditer(flat, max(start, at - 60), at) if not flat[m.end():at].strip(" (:,-")]
    other = _OTHER_THING.search(flat, stop, min(end, stop + 60))
    behind = NUMBER.search(flat, stop, other.start() if other else min(end, stop + 60))
    reference = before[-1][0].upper() if before else behind[0].upper() if behind else None
    passage = ((start, end),)
    gives_up = _gives_up(flat, start, end, at, stop) or (kind == "settlement" and name not in _OF_CLIENT and bool(_BY_CREDIT_NOTE.search(flat, start, at)))
    if kind == "email" and _ASKS.search(flat, start, end):
        gives_up = False  # what is asked for or depends on something is not given up
    if kind == "settlement" or (kind == "email" and not _CONTESTS.search(flat, start, end)):
        if gives_up:
            return _fact(doc, name, "withdrawn", near.value if near else None, passage, "words that give the sum up", near.currency if near else "", 0.8,
                         reference=reference)
        granted = near is not None and near.start > at and near.start - stop <= 30 and not _ASSERTED.search(flat, start, at) \
            and not _ASSERTED_BEHIND.match(flat, near.end, end) and not _OTHER_THING.search(flat, stop, near.start)
        paid_for = near is not None and near.end <= at and _IN_RESPECT.fullmatch(flat, near.end, at) and _PAYS.search(flat, start, near.start)
        if kind == "settlement" and near is not None and (granted or paid_for):
            return _fact(doc, name, "granted", near.value, passage, "sum that the settlement takes into account", near.currency, 0.8, reference=reference)
        if _SETTLES.search(flat, start, end) and not (kind == "email" and _ASKS.search(flat, start, end)):
            return _fact(doc, name, "settled", None, passage, "words that settle it", "", 0.75, reference=reference)
        return None
    if ruling:
        if _DENIES.search(flat, start, end):
            return _fact(doc, name, "denied", None, passage, "words of a ruling that refuse it", "", 0.8, reference=reference)
        return _fact(doc, name, "granted", near.value, passage, "sum that a ruling allows", near.currency, 0.75, reference=reference) if near else None
    if kind in _CLAIMS | {"email"} and _CONTESTS.search(flat, start, end):
        return _fact(doc, name, "contested", near.value if near else None, passage, "words that deny that it is owed", near.currency if near else "", 0.75,
                     reference=reference)
    if kind in _CLAIMS and near is not None:
        return _fact(doc, name, "claimed", near.value, passage, "sum that is asked for under that name", near.currency, 0.7, reference=reference)
    return None


def _gives_up(flat: str, start: int, end: int, at: int, stop: int) -> bool:
    """Say whether words of giving up speak of what stands between two offsets, not of something else named between them."""
    behind, before = _GIVES_UP.search(flat, stop, min(end, stop + 90)), _GIVES_UP.search(flat, max(start, at - 60), at)
    return bool(behind and not _OTHER_THING.search(flat, stop, behind.start())) or bool(before and not _OTHER_THING.search(flat, before.end(), at))


def _sum_of(said: str, start: int, end: int, at: int, stop: int) -> Sum | None:
    """Return the sum that belongs to words: the last one of their line in a table, else the first behind them, else the nearest before them."""
    line_end = said.find("\n", stop)
    line_end = end if line_end < 0 else min(end, line_end)
    behind = list(sums(said, stop, min(end, stop + 160), bare=True))
    on_line = [s for s in behind if s.end <= line_end]
    if on_line and not said[on_line[-1].end : line_end].strip(" |\t.$€£₹") and len(said[stop : on_line[0].start]) <= 70:
        return on_line[-1]
    near = [s for s in sums(said, max(start, at - 90), at) if not _OTHER_THING.search(said, s.end, at)]
    if behind and behind[0].start - stop <= 80 and not (near and _OTHER_THING.search(said, stop, behind[0].start)):
        return behind[0]
    return near[-1] if near and at - near[-1].end <= 60 else None


def _heading(doc: Doc, flat: str, seen: set[tuple[str, str, str]]) -> Iterator[Fact]:
    """Yield what a letter that claims is about where its heading names it and no line gives a sum for it: the sum is that of the claim."""
    subject = re.search(r"\b(?:dear|sehr geehrte\w*|madame|monsieur|messieurs|estimad\w+)\b", flat[:2500])
    for found in kinds_in(flat, 0, subject.start() if subject else min(len(flat), 900)):
        name = _kind(flat, found)
        if not any(act == "claimed" and kind == name for act, kind, _ in seen):
            start = doc.said.rfind("\n", 0, found[1]) + 1
            stop = doc.said.find("\n", found[2])
            yield _fact(doc, name, "claimed", None, ((start, stop if stop > 0 else len(flat)),), "heading of a letter", "", 0.6)
            return
