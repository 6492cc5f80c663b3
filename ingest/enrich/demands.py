"""What is asked for in the ordinary course, and what is said against it: final statements, statements of account, reminders and their answers.

Facts: `demand` (JSON: `amount`, `statement` true for a statement of the account) where an item asks for an open sum; `contests` (JSON: `says` what the writer
owes by its own books, `against` the sum that it denies, `statement` true where it speaks of a statement) where one denies such a sum.  Neither is an act
in a dispute by itself: an open sum becomes a claim only when the other side contests it (`history.contested`).
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich import dispute_words as say
from ingest.enrich.amounts import Sum, currency_of, sums
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row
from ingest.enrich.sentences import sentences
from ingest.enrich.settlement_terms import within
from ingest.enrich.total_lines import label_lines

_STATEMENT = re.compile(
    r"\b(?:final (?:statement|account|invoice|reckoning)|closing (?:statement|account|balance)|statement of (?:the )?account|account statement|"
    r"schlussabrechnung|schlussrechnung|abschlussrechnung|endabrechnung|saldenbestatigung|saldenabstimmung|saldenmitteilung|kontoauszug|"
    r"decompte (?:final|definitif|general)|arrete de compte|releve de compte|facture de cloture|"
    r"liquidacion final|cierre de cuenta|estado de cuenta|extracto de cuenta|saldo final)\b")
_ASKS = within(
    r"\bplease (?:settle|pay|remit|clear|arrange (?:for )?payment|let us have)|\b(?:we|i) (?:must )?(?:ask|request|look forward to|"
    r"expect)\b[^.]{0,60}\b(?:payment|settlement|remittance)|"
    r"\b(?:remains?|is|are) (?:still |now )?(?:open|outstanding|unpaid|overdue|due for payment)\b|\bpayment (?:is|was) due\b|"
    r"\b(?:bitten|bitte)\b[^.]{0,90}\b(?:ausgleich|gleichen|ausgleichen|zahl\w+|uberweis\w+|begleich\w+)|\b(?:weiterhin|noch|"
    r"immer noch)\b[^.]{0,60}\b(?:offen|fallig|unbezahlt)|"
    r"\b(?:merci de|veuillez|nous vous prions de|prions de bien vouloir)\b[^.]{0,30}\b(?:regler|payer|solder|virer|verser|nous faire parvenir)|"
    r"\breste(?:nt)? (?:du|dus|impayee?s?|ouverte?s?|a payer)|"
    r"\brogamos\b[^.]{0,60}\b(?:pago|abono|abonen|paguen|liquiden|regularicen)|\b(?:queda|sigue|permanece)n? (?:pendiente|impagad\w|sin pagar)")
_TOTAL = re.compile(r"(?:grand )?(?:total|balance)(?: (?:due|outstanding|payable|open|amount due))?\b|amount due|(?:closing|final|"
    r"outstanding) balance|gesamt(?:betrag|summe|forderung)?\b|summe\b|saldo\b|offener (?:saldo|betrag)|"
                    r"zahlbetrag|total (?:du|general|a payer)|solde(?: du| a payer)?\b|net a payer|total (?:pendiente|a pagar)|saldo pendiente|"
                    r"importe pendiente")
_UNCONFIRMED = within(
    r"\b(?:cannot|can not|could not) be (?:confirmed|agreed|accepted|reconciled|recogni[sz]ed)|"
    r"\b(?:cannot|can't|can not|do not|don't|unable to|not able to) (?:confirm|agree|accept|reconcile|recogni[sz]e|approve)\b|\b(?:does|"
    r"do) not (?:agree|match|reconcile|tally)\b|\bis (?:wrong|incorrect)\b|"
    r"\bnicht (?:bestatigen|anerkennen|akzeptieren|nachvollziehen|teilen|bestatigt|richtig|korrekt)|\bstimmt (?:so )?nicht\b|\b(?:weicht|"
    r"weichen)\b[^.]{0,40}\bab\b|"
    r"\bne (?:pouvons|peux|sommes) (?:pas )?(?:confirmer|valider|accepter|d'accord)|\bn'est pas (?:conforme|exacte?|correcte?)|\best (?:erronee?|"
    r"inexacte?)\b|"
    r"\bno (?:podemos |puedo )?(?:confirmar|conformar|aceptar|validar)|\bno (?:estamos|estoy) (?:de acuerdo|conformes?)|\bno (?:es correct|coincide|"
    r"cuadra)\w*|\bes incorrect\w+")
_NOT = within(r"\b(?:and not|not|but not|rather than|not the|instead of|as opposed to|und nicht|statt|anstatt|anstelle von|nicht|et non(?: pas)?|"
    r"au lieu de|plutot que|y no|en (?:lugar|vez) de)\b\W{0,3}(?:the |den |die |von |der |les |los |of )?$")
_OWE = re.compile(r"\b(?:we|i) owe\b|\bowed?\b|\bour (?:books|records|ledger)|\bschulden\b|\bnach unseren (?:buchern|unterlagen)|"
    r"\blaut unserer buchhaltung|\bdevons\b|\bselon (?:nos livres|notre comptabilite)|\bdebemos\b|"
                  r"\bsegun (?:nuestros (?:libros|registros)|nuestra contabilidad)|\badeudamos\b")
_BILLED = re.compile(r"\b(?:your |ihre?r? |votre |vos |su |sus )?(?:statement|invoices?|account|balance|reminder|abrechnung|schlussabrechnung|"
    r"rechnung\w*|mahnung|saldo|forderung|"
                     r"decompte|releve|factures?|relance|solde|liquidacion|facturas?|extracto|recordatorio)\b")
_KINDS = frozenset({"email", "legal_letter", "other", "claim", "payment_advice", "ledger", "invoice"})
_ANSWERS = frozenset({"email", "legal_letter", "claim"})
_CUES = ("statement", "balance", "outstanding", "overdue", "open", "abrechnung", "saldo", "salden", "mahnung", "offen", "decompte", "releve",
         "solde", "impay", "reste", "pendiente", "extracto",
         "impagad", "due", "unpaid", "owe", "schulden", "devons", "debemos", "rechnung", "invoice", "factur")
_LIMIT = 12_000


def demands(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...]) -> tuple[Fact, ...]:
    """Return the `demand` or the `contests` of an item, or () for one that asks for nothing and denies nothing."""
    if kind not in _KINDS or doc.form not in ("mail", "paper") or (kind == "invoice" and not _STATEMENT.search(doc.title)):
        return ()
    text = doc.said[:_LIMIT]
    if not any(cue in text for cue in _CUES):
        return ()
    stretches = list(sentences(text))
    found = (list(_contested(doc, text, stretches)) if kind in _ANSWERS else []) or list(_asked(doc, text, stretches))
    currency = currency_of(doc, evidence) if found else ""
    return tuple(Fact(f.name, f.value, f.passages, f.basis, f.unit or currency, confidence=f.confidence) for f in found)


def _asked(doc: Doc, text: str, stretches: list[tuple[int, int]]) -> Iterator[Fact]:
    """Yield the demand: the sum of the sentence that asks, for a statement on paper its total."""
    asks = [(a, b) for a, b in stretches if _ASKS.search(text, a, b)]
    if not asks:
        return
    statement = bool(_STATEMENT.search(doc.title) or _STATEMENT.search(doc.subject))
    asked: Sum | None = next((s for a, b in asks for s in sums(text, a, b)), None)
    if asked is None and statement:
        lines = list(label_lines(text, _TOTAL))
        asked = lines[-1][2] if lines else None
    if asked is None or asked.value <= 0:
        return
    passages = [doc.passage(*asks[0])]
    if not asks[0][0] <= asked.start < asks[0][1]:
        passages.append(doc.passage(asked.start, asked.end))
    value = row(amount=format(asked.value, "f"), statement=statement or None)
    basis = "a statement that asks for its balance" if statement else "words that ask for an open sum"
    yield Fact("demand", value, tuple(passages), basis, asked.currency, confidence=0.6)


def _contested(doc: Doc, text: str, stretches: list[tuple[int, int]]) -> Iterator[Fact]:
    """Yield the denial of an open sum, with the sum that the writer's own books show where it says so."""
    denied = [(a, b) for a, b in stretches if (_UNCONFIRMED.search(text, a, b) or say.DENIAL.search(text, a, b)) and _BILLED.search(text, a, b)]
    says = against = None
    passages = [doc.passage(*denied[0])] if denied else []
    for a, b in stretches:
        held = list(sums(text, a, b))
        if len(held) < 2 or not _OWE.search(text, a, b):
            continue
        one, two = held[0], held[1]
        if _NOT.search(text[max(a, two.start - 40):two.start]):
            says, against = one, two
        elif _NOT.search(text[max(a, one.start - 40):one.start]):
            says, against = two, one
        if says is not None:
            passages.append(doc.passage(a, b))
            break
    if not denied and says is None:
        return
    spoken = " ".join(text[a:b] for a, b in denied)
    if against is None:
        against = next((s for a, b in denied for s in sums(text, a, b)), None)
    value = row(says=format(says.value, "f") if says else None, against=format(against.value, "f") if against else None,
                statement=bool(_STATEMENT.search(spoken) or _STATEMENT.search(doc.subject)) or None)
    unit = says.currency if says else against.currency if against else ""
    yield Fact("contests", value, tuple(dict.fromkeys(passages)), "words that deny an open sum", unit, confidence=0.65)
