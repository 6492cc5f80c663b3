"""Languages of short texts, tables and chats; feelings with negations and of the client's people only."""
from __future__ import annotations

import pytest

from archive.model.extracted import Extracted, Identified, Segment
from archive.model.outcome import Done
from ingest.enrich.doc import Doc
from ingest.enrich.language import language
from ingest.enrich.sentiment import sentiment
from ingest.given import Context, Given


def turns(*lines: str) -> dict[str, object]:
    """Return text and segments of a chat; a line is `speaker: words`."""
    text, segments = "", []
    for line in lines:
        segments.append(Segment("turn", len(text), len(text) + len(line), line.split(":")[0].split(" (")[0], "2024-01-01T10:00:00Z"))
        text += line + "\n"
    return {"text": text, "segments": tuple(segments), "format": "chat-json"}


@pytest.mark.parametrize(("code", "text"), [
    ("nl", "Geachte mevrouw, wij hebben uw brief ontvangen en zullen die morgen beantwoorden. Met vriendelijke groet"),
    ("pt", "Prezado senhor, não recebemos a fatura e também não foi possível falar com você. Obrigado"),
    ("pl", "Dzień dobry, przesyłam umowę oraz fakturę, proszę o odpowiedź jak tylko będzie to możliwe. Pozdrawiam"),
    ("sv", "Hej, vi har inte fått svar och vill gärna veta när det blir av. Vänliga hälsningar"),
    ("it", "Buongiorno, abbiamo ricevuto la lettera e rispondiamo domani. Cordiali saluti"),
    ("de", "Danke!"), ("fr", "Merci beaucoup"), ("es", "Muchas gracias"), ("en", "Thanks"),
    ("en", "Week 19\nDay Dish\nMonday leek soup\nTuesday dal, rice\nWednesday fish"),
    ("fr", "NOTE DE CRÉDIT / CREDIT NOTE CN-1\nCompte 77\nMontant 776.00\nTotal 892.21\nPage 1 of 1"),
])
def test_short_and_foreign_texts_have_their_language(paper, code, text):
    found = language(paper(text))
    assert found is not None
    assert found.value == code


@pytest.mark.parametrize("text", ["http://gasfundy.dev.corp.example.com/", "A. Roe\nB. Poe\nC. Doe d/b/a D. Moe", "17 4,5 C D L N S J"])
def test_addresses_names_and_letters_have_no_language(paper, text):
    assert language(paper(text)) is None


@pytest.mark.parametrize(("code", "head"), [
    ("en", ["Invoice date", "Description", "Amount", "Account"]), ("de", ["Datum", "Beleg", "Betrag", "Bemerkung"]),
    ("fr", ["Date", "Libellé", "Débit", "Solde"]), ("es", ["Fecha", "Concepto", "Debe", "Saldo"]),
])
def test_table_is_told_by_its_headings_however_often_a_cell_repeats(sheet, code, head):
    found = language(sheet([head, *[["OK", "X", 1, 2]] * 40]))
    assert found is not None
    assert found.value == code


def test_each_message_of_a_chat_votes_with_its_length(paper):
    said = turns("Ada: Bonjour, ma commande est arrivée avec une bougie cassée et votre site est en français", "op: Hello, please write in English",
                 "Ada: Je vais en parler à la propriétaire de la boutique")
    assert language(paper(**said)).value == "fr"
    even = turns("Ada: Bonjour, nous avons la lettre", "op: We have your letter and you", "Ada: et vous avez le prix", "op: so that is the end of it")
    assert language(paper(**even)) is None


def test_logo_has_no_language():
    logo = Doc(Extracted(Done("1 page read by OCR"), "HARBOUR"), Identified("png", "image/png", "signature"), Given("logo.png"), Context())
    assert language(logo).value == "zxx"


@pytest.mark.parametrize(("feeling", "text"), [
    ("negative", "This is not good enough. The queue failed again and we are not happy."),
    ("negative", "Das ist untragbar, wir sind sehr enttäuscht, schon wieder ein Fehler."),
    ("negative", "C'est inacceptable, encore une erreur, je suis très déçue."),
    ("negative", "Es inaceptable, otra vez un error, estamos hartos de las quejas."),
    ("positive", "Herzlichen Dank, das Team war hervorragend und wir bleiben gern."),
    ("positive", "Muchas gracias, el equipo es excelente y estamos encantados."),
    ("mixed", "The team is wonderful and we love them. The invoices are a disaster, terrible errors again."),
    ("neutral", "No problem, no issues on our side. The file is on the drive."),
])
def test_feelings_are_weighed_with_what_turns_them(mail, feeling, text):
    assert sentiment(mail(text), "email").value == feeling


def test_in_a_chat_only_the_clients_people_count(paper):
    said = turns("Ada (visitor): thank you so much, excellent and lovely", "Bo (agent): so sorry for the terrible, awful problem, unacceptable")
    assert sentiment(paper(**said), "chat").value == "positive"


def test_codes_of_bookings_do_not_decide_the_language_of_a_ledger(sheet):
    rows = [["Kunde", "Belegdatum", "Belegart", "Text", "Soll", "Haben"]]
    rows += [[f"K {n}", f"2025-01-{n:02}", "ZE", f"ZE {n:02}.01. Zahlungseingang", "", 100.0 + n] for n in range(1, 20)]
    found = language(sheet(rows))
    assert found is not None
    assert found.value == "de"


@pytest.mark.parametrize(("code", "text"), [
    ("de", "Zahlungsavis 70\nEmpfänger 80 Corvus\nValuta 31.07.2025\nZahlbetrag 14.270,00 EUR"),
    ("fr", "Avis 70\nBénéficiaire 80 Corvus\nDate de valeur 31/07/2025\nMontant 14 270,00 EUR"),
    ("es", "Aviso 70\nBeneficiario 80 Corvus\nFecha 31/07/2025\nImporte 14.270,00 EUR"),
])
def test_labels_tell_the_language_of_an_advice(paper, code, text):
    found = language(paper(text))
    assert found is not None
    assert found.value == code
