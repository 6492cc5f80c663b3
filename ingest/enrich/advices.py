"""What a remittance, or a mail that tells of one, says was paid: facts `advice` (JSON: `day`, `amount`, `reference`), one for each payment.

Also what a mail about the account says went wrong: facts `account_says` (JSON: `kind` as a discrepancy, `amount`, `reference`), by its own words.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from archive.model.fact import ClientEvidence, Derived, Fact
from ingest.enrich.amounts import amounts, currency_of, sums
from ingest.enrich.day_forms import days, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row
from ingest.enrich.settlement_terms import REFERENCE, within

_VALUE_DAY = re.compile(r"(?:value (?:date|day)|valuta|wertstellung|date de valeur|fecha valor|payment date|paid on|credited on|zahlungsdatum|"
    r"date de paiement|fecha de pago|on the way[^.\n]{0,20})\W{0,6}(?:is|am|vom|on|du|le|del|el)?\W{0,3}$")
_FAR: Final = 25
_NEAR: Final = 10
"""Days between a remittance and the day on which it pays: what no remittance has, and what most have."""
SIGNS: Final = (
    ("other", within(r"\b(?:paid|payed|payment)\b[^.]{0,60}\b(?:twice|double|two times)|\bpaid\b[^.]{0,80}\bagain\b|\bduplicate payment|"
    r"\bdouble payment|doppelt (?:be|ge|uber)\w*|\bdoppelzahlung|zweimal (?:bezahlt|uberwiesen|gezahlt)|"
            r"(?:pay|regl|vire|verse)\w*[^.]{0,80}\b(?:deux fois|en double)|paiement en double|double (?:paiement|reglement)|(?:pag|"
            r"abon)\w*[^.]{0,80}\b(?:dos veces|por duplicado|duplicad\w+)")),
    ("duplicate_invoice", within(r"\b(?:same (?:invoice|month|period|saturdays?|services?)|billed (?:us )?twice|invoiced (?:us )?twice|"
    r"duplicate invoice|duplicated|charged (?:us )?twice|double[- ](?:billed|invoiced|charged))\b|"
            r"doppelt (?:berechnet|fakturiert|abgerechnet|in rechnung)|doppelte rechnung|factur\w+[^.]{0,60}(?:deux fois|en double)|"
            r"facture en double|doublon|factur\w+[^.]{0,60}(?:dos veces|por duplicado)|factura duplicada")),
    ("fx", within(r"\b(?:exchange (?:rate|loss|difference)|fx|conversion|converted at|rate difference|bank charges?|correspondent bank|"
    r"wechselkurs\w*|kursdifferenz\w*|kursverlust|umrechnung\w*|bankspesen|"
            r"taux de change|ecart de change|frais bancaires|conversion|tipo de cambio|diferencia de cambio|gastos bancarios)\b")),
    ("unapplied_payment", within(r"\b(?:unapplied|unallocated|not (?:been )?(?:applied|allocated|matched|posted|booked)|in suspense|"
    r"suspense account|without (?:a )?reference|cannot (?:be )?match\w*|cannot (?:allocate|identify)|wrong account|another (?:customer|account)|"
            r"nicht (?:zugeordnet|zuordenbar|verbucht|gebucht)|klarungskonto|verrechnungskonto|ohne (?:verwendungszweck|zuordnung)|falsch(?:es|"
            r"em)? konto|"
            r"non (?:affecte|impute|rapproche|lettre)\w*|compte d'attente|sans reference|sin (?:aplicar|asignar|imputar|identificar)|"
            r"cuenta (?:puente|transitoria))\b")),
    ("unrecorded_credit", within(r"\b(?:credit (?:note|memo)?[^.]{0,60}(?:not (?:been )?(?:posted|booked|recorded|issued|shown|received)|missing)|"
    "(?:missing|never (?:got|received|booked))[^.]{0,40}credit|gutschrift[^.]{0,80}(?:fehlt|nicht (?:gebucht|verbucht|erhalten|berucksichtigt))|"
            r"avoir[^.]{0,60}(?:manqu\w+|pas (?:ete )?(?:comptabilise|enregistre|recu))|(?:abono|nota de credito)[^.]{0,60}(?:falta|no (?:se ha |"
            r"ha sido )?(?:contabilizad|registrad|recibid)\w*))")),
    ("missing_invoice", within(r"\binvoice[^.]{0,60}(?:never (?:arrived|received|issued|sent|reached)|not (?:been )?(?:received|issued|sent)|"
    "missing|not (?:on|in) (?:our|the|your) (?:ledger|system|statement|account))|never (?:got|received|invoiced|billed)|"
            r"rechnung[^.]{0,60}(?:fehlt|nie erhalten|nicht erhalten|nicht gestellt)|"
            r"facture[^.]{0,60}(?:jamais (?:recue?|emise?)|manquante|pas recue)|factura[^.]{0,60}(?:nunca (?:recibida|llego|emitida)|no recibida|"
            r"falta)")),
    ("amount_mismatch", within(r"\b(?:short(?:[- ]paid|fall| by)?|overcharged|over-?billed|under-?paid|differs?|should (?:be|have been)|instead of|"
    "does not (?:match|agree)|doesn't match|keyed|zu wenig|zu viel|statt|differenz|abweichung|weicht|"
            r"au lieu de|ecart|trop[- ]percu|moins-?percu|manque|en vez de|en lugar de|diferencia|de mas|de menos|too (?:much|little|high|low)|"
            r"over the (?:rate|order|quote|agreed)|"
            r"zu (?:hoch|niedrig)|trop (?:eleve|cher|facture|haut)\w*|baile de cifras|faltan|cobrado[^.]{0,40}(?:de mas|incorrect\w+))\b|"
            r"\b(?:invoice|bill|rechnung|facture|factura)\b[^.]{0,50}\d[^.]{0,60}\b(?:received|got|erhalten|bekommen|recu|recibid\w+)\b[^.]{0,30}\d")),
)


def advices(doc: Doc, kind: str, dated: Derived | None, language: str | None, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the payments that a remittance tells, and for mails about the account what they say is wrong with it."""
    if kind == "payment_advice":
        return tuple(_paid(doc, dated, language, evidence))
    if kind == "email":
        return tuple(_wrong(doc, evidence))
    return ()


def _paid(doc: Doc, dated: Derived | None, language: str | None, evidence: tuple[ClientEvidence, ...]) -> Iterator[Fact]:
    surest = next((f for f in amounts(doc, "payment_advice", evidence) if f.name == "amount"), None)
    if surest is None:
        return
    order = order_of(doc.folded, language)
    told = [d for d in days(doc.said, order) if _VALUE_DAY.search(doc.said[max(0, d.start - 60):d.start])]
    if told and dated and _apart(told[0].value, dated.value) > _FAR:    # a payment is told about when it is made: the other reading is meant
        turned = days(doc.said, "dmy" if order == "mdy" else "mdy")
        told = next(([d] for d in turned if d.start == told[0].start and _apart(d.value, dated.value) <= _NEAR), told)
    reference = REFERENCE.search(doc.said)
    passages = (surest.passages[0], *((doc.passage(told[0].start, told[0].end),) if told else ()))
    day = told[0].value if told else dated.value[:10] if dated else None
    value = row(day=day, amount=str(surest.value), reference=reference[0].upper() if reference else None)
    yield Fact("advice", value, passages, "total of the advice, value date", surest.unit, confidence=surest.confidence)


def _apart(one: str, two: str) -> int:
    return abs((date.fromisoformat(one[:10]) - date.fromisoformat(two[:10])).days)


def _wrong(doc: Doc, evidence: tuple[ClientEvidence, ...]) -> Iterator[Fact]:
    """Yield what a mail with a sum or the number of an invoice says is wrong: the sentence, the sum in it or next to it, the number."""
    text = doc.said[:8000]
    numbers = [m[0].upper() for m in REFERENCE.finditer(text)]
    held = list(sums(text))
    if not (numbers or held):
        return
    currency = currency_of(doc, evidence)
    for kind, pattern in SIGNS:
        m = pattern.search(text)
        if m is None:
            continue
        near = sorted((s for s in held if abs(s.start - m.start()) <= 250), key=lambda s: abs(s.start - m.start()))
        close = [x.group(0).upper() for x in REFERENCE.finditer(text, max(0, m.start() - 200), m.end() + 200)] or numbers
        told = list(sums(text, m.start(), m.end() + 30)) if kind == "amount_mismatch" else []
        amount = near[0].value if near else None
        if len(told) == 2 and told[0].start >= m.start() and told[0].value != told[1].value and told[1].start < m.end() + 12 and " " in m[0]:
            amount = abs(told[0].value - told[1].value)  # billed one sum, received another: by how much it is wrong is what lies between them
        value = row(kind=kind, amount=format(amount, "f") if amount is not None else None, reference=" ".join(dict.fromkeys(close)) or None)
        passages = (doc.passage(m.start(), m.end()), *((doc.passage(near[0].start, near[0].end),) if near else ()))
        yield Fact("account_says", value, passages, f"words about the account: {m[0][:60]}", (near[0].currency if near else "") or currency, confidence=0.5)
