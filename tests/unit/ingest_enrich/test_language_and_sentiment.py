"""Language of what the sender wrote; feeling only where it is plain."""
from __future__ import annotations

import pytest

from archive.model.extracted import Extracted, Identified, Segment
from archive.model.outcome import Done, Skipped
from ingest.enrich.doc import Doc
from ingest.enrich.language import language
from ingest.enrich.sentiment import sentiment
from ingest.given import Context, Given


@pytest.mark.parametrize(("code", "text"), [
    ("en", "We have the report and will send it to you when the team is ready."),
    ("de", "Wir haben den Bericht und senden ihn Ihnen, sobald das Team fertig ist."),
    ("fr", "Nous avons le rapport et nous vous l'enverrons dès que l'équipe sera prête."),
    ("es", "Tenemos el informe y se lo enviaremos cuando el equipo esté listo para ello."),
    ("it", "Abbiamo il rapporto e lo invieremo alla squadra quando sono pronti anche gli altri, grazie."),
    ("nl", "Wij hebben het rapport en sturen het naar jullie als de mensen er klaar voor zijn."),
])
def test_language_is_told_by_small_words(paper, code, text):
    found = language(paper(text))
    assert found is not None
    assert found.value == code


def test_quoted_mails_do_not_count(mail):
    text = "Ja, das ist gut und wir machen es so.\n" + "The report is with you and we will have it for the team. " * 5
    found = language(mail(text, segments=(Segment("new", 0, 37), Segment("quoted", 38, len(text)))))
    assert found is not None
    assert found.value == "de"


def test_mixed_text_has_no_language(paper):
    text = "The report is with you and we will send it. " * 3 + "Wir haben den Bericht und senden ihn, das ist nicht gut. " * 3
    assert language(paper(text)) is None


def test_no_text_is_zxx_only_when_it_was_read():
    def empty(outcome):
        return Doc(Extracted(outcome), Identified("png", "", "name"), Given("a.png"), Context())
    assert language(empty(Done())).value == "zxx"
    assert language(empty(Skipped("needs_ocr", "a picture"))) is None


@pytest.mark.parametrize(("feeling", "text"), [
    ("negative", "This is unacceptable. We are disappointed, the queue was terrible and you failed again."),
    ("negative", "Das ist inakzeptabel und enttäuscht uns, schlechter Service, leider wieder Fehler."),
    ("positive", "Brilliant work, we are delighted. Excellent, love it."),
    ("positive", "C'est parfait, nous sommes ravis, bravo."),
    ("neutral", "The file is on the drive. The call is at three."),
])
def test_plain_feelings_are_told(mail, feeling, text):
    found = sentiment(mail(text), "email")
    assert found is not None
    assert found.value == feeling


@pytest.mark.parametrize("kind", ["contract", "invoice", "notice", "ledger", "legal_letter"])
def test_formal_papers_have_no_feeling(mail, kind):
    assert sentiment(mail("This is unacceptable and terrible and awful"), kind) is None


def test_automatic_mail_has_no_feeling(mail):
    assert sentiment(mail("Sorry, your mail could not be delivered. Terrible. Awful."), "email") is None
