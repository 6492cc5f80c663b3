"""Papers that somebody misses: reports of an audit, invoices and credit notes by their number, in four languages; all texts invented."""
from __future__ import annotations

import json

import pytest

from ingest.enrich.missing import missing


def missed(doc, kind="email"):
    return [json.loads(f.value) for f in missing(doc, kind, None) if f.name == "missing_paper"]


@pytest.mark.parametrize("text", [
    "We have never received the internal audit report 2023/41 that you rely on.",
    "Den Bericht der Internen Revision 2023/41 haben wir trotz Bitte nie erhalten.",
    "Der Revisionsbericht 2023/41 wird nicht herausgegeben.",
    "Le rapport d'audit 2023/41 est introuvable chez nous.",
    "Nunca recibimos el informe de auditoría 2023/41.",
    "Does anyone have the audit report 2023/41?",
])
def test_report_of_an_audit_is_missed_with_its_number(mail, text):
    assert missed(mail(text)) == [{"paper": "audit_report", "number": "2023/41"}]


@pytest.mark.parametrize(("text", "paper", "number"), [
    ("Invoice NP-2024-118 never arrived here.", "invoice", "NP-2024-118"),
    ("Eine Rechnung RG-2024-118 haben wir nie erhalten.", "invoice", "RG-2024-118"),
    ("Nous n'avons jamais reçu la facture FA-24-118.", "invoice", "FA-24-118"),
    ("La factura F-24-118 nunca llegó.", "invoice", "F-24-118"),
    ("Credit note no. CN-24-07 is missing from our files.", "credit_note", "CN-24-07"),
    ("Ihre Gutschrift GS-24-007 ist nicht eingegangen.", "credit_note", "GS-24-007"),
])
def test_invoice_or_credit_note_is_missed_by_its_number(mail, text, paper, number):
    assert missed(mail(text)) == [{"paper": paper, "number": number}]


def test_of_two_invoices_the_one_beside_the_words_is_missed(mail):
    assert missed(mail("You sent invoice NP-2024-117, but invoice NP-2024-118 never arrived.")) == [{"paper": "invoice", "number": "NP-2024-118"}]


@pytest.mark.parametrize("text", [
    "Please pay invoice NP-2024-118 by Friday.",
    "The audit report 2023/41 is attached.",
    "We never received an invoice.",
    "Rechnung RG-2024-118 ist heute bezahlt worden.",
])
def test_paper_that_nobody_misses_is_not_missed(mail, text):
    assert missed(mail(text)) == []
