"""What is new in a mail body, what is quoted, what is a signature or a notice; and what is told of the mails that are quoted."""
from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

import pytest

from archive.model.extracted import Identified
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.markup import show
from ingest.extract.quotes import segments, split
from ingest.given import Given


def parts(text: str) -> list[tuple[str, str]]:
    return [(s.kind, text[s.start:s.end]) for s in segments(text)]


def quoted(text: str) -> list[tuple[str, str, str, str]]:
    """Return the quoted words, sender, date and subject of each mail that a body quotes."""
    return [(text[q.start:q.end], q.sender, q.date, q.subject) for q in split(text)[1]]


@pytest.mark.parametrize(("attribution", "sender", "date"), [
    ("On Mon, Apr 2, 2012 at 6:26 PM, Megan One <m@x.example> wrote:", "m@x.example", "2012-04-02T18:26"),
    ("On 2 Apr 2012, at 18:26, Megan One wrote:", "Megan One", "2012-04-02T18:26"),
    ("On 04/02/2012 06:26 PM, Megan One wrote:", "Megan One", "2012-04-02T18:26"),
    ("On Monday, April 2, 2012, Megan One <m@x.example>\nwrote:", "m@x.example", "2012-04-02"),
    ("Am 02.04.2012 um 18:26 schrieb Bob Maier:", "Bob Maier", "2012-04-02T18:26"),
    ("Am Mo., 2. Apr. 2012 um 18:26 Uhr schrieb Bob Maier <bob@x.example>:", "bob@x.example", "2012-04-02T18:26"),
    ("Bob Maier <bob@x.example> schrieb am Mo., 2. Apr. 2012, 18:26:", "bob@x.example", "2012-04-02T18:26"),
    ("Le lun. 2 avr. 2012 à 18:26, Anne Dupont <anne@x.example> a écrit :", "anne@x.example", "2012-04-02T18:26"),
    ("Le 02/04/2012 à 18:26, Anne Dupont a écrit :", "Anne Dupont", "2012-04-02T18:26"),
    ("El lun, 2 abr 2012 a las 18:26, Ana Ruiz (<ana@x.example>) escribió:", "ana@x.example", "2012-04-02T18:26"),
    ("El 2 de abril de 2012, 18:26, Ana Ruiz escribió:", "Ana Ruiz", "2012-04-02T18:26"),
    ("Il giorno lun 2 apr 2012 alle ore 18:26 Ugo Bo <ugo@x.example> ha scritto:", "ugo@x.example", "2012-04-02T18:26"),
    ("Op ma 2 apr. 2012 om 18:26 schreef Jan <jan@x.example>:", "jan@x.example", "2012-04-02T18:26"),
    ("Den mån 2 apr. 2012 kl 18:26 skrev Per <per@x.example>:", "per@x.example", "2012-04-02T18:26"),
    ("02.04.2012 18:26 пользователь \"bob\" <bob@x.example> написал:", "bob@x.example", "2012-04-02T18:26"),
    ("2012/4/2 Megan One <m@x.example>", "m@x.example", "2012-04-02"),
])
def test_attribution_is_told_in_many_languages(attribution: str, sender: str, date: str) -> None:
    text = f"New words.\n\n{attribution}\n\n> Old words\n> and more\n"
    assert [kind for kind, _ in parts(text)] == ["new", "quoted"] and parts(text)[0][1] == "New words."
    assert quoted(text) == [("> Old words\n> and more", sender, date, "")]


HEADERS = {
    "en": "From: Bob Maier <bob@x.example>\nSent: Thursday, February 09, 2012 1:36 PM\nTo: Ann\nSubject: The notice",
    "en bold": "*From:* Bob Maier [mailto:bob@x.example]\n*Sent:* Thursday, February 09, 2012 1:36 PM\n*To:* Ann\n*Subject:* The notice",
    "de": "Von: Bob Maier <bob@x.example>\nGesendet: Donnerstag, 9. Februar 2012 13:36\nAn: Ann\nCc: Eva\nBetreff: The notice",
    "fr": "De : Bob Maier <bob@x.example>\nEnvoyé : jeudi 9 février 2012 13:36\nÀ : Ann\nObjet : The notice",
    "es": "De: Bob Maier <bob@x.example>\nEnviado el: jueves, 9 de febrero de 2012 13:36\nPara: Ann\nAsunto: The notice",
    "it": "Da: Bob Maier <bob@x.example>\nInviato: giovedì 9 febbraio 2012 13:36\nA: Ann\nOggetto: The notice",
    "nl": "Van: Bob Maier <bob@x.example>\nVerzonden: donderdag 9 februari 2012 13:36\nAan: Ann\nOnderwerp: The notice",
    "pt": "De: Bob Maier <bob@x.example>\nEnviada em: quinta-feira, 9 de fevereiro de 2012 13:36\nPara: Ann\nAssunto: The notice",
    "other order": "Subject: The notice\nDate: Thu, 9 Feb 2012 13:36:00 +0000\nFrom: bob@x.example\nTo: Ann",
    "original": "-----Ursprüngliche Nachricht-----\nVon: Bob Maier <bob@x.example>\nGesendet: Donnerstag, 9. Februar 2012 13:36\nAn: Ann\nBetreff: The notice",
    "rule": "________________________________\nFrom: Bob Maier <bob@x.example>\nSent: 09 February 2012 13:36\nTo: Ann\nSubject: The notice",
    "wrapped": "From: Bob Maier <bob@x.example>\nTo: Ann; Eva;\n    Dan; Cec\nSent: Thu, Feb 9, 2012 1:36 pm\nSubject: The notice",
}


@pytest.mark.parametrize("style", HEADERS)
def test_header_block_is_told_in_many_languages(style: str) -> None:
    text = f"New words.\n\n{HEADERS[style]}\n\nOld words\n\nBob\n"
    assert [kind for kind, _ in parts(text)] == ["new", "quoted"] and parts(text)[0][1] == "New words."
    (words, sender, date, subject), = quoted(text)
    assert (words, sender, subject) == ("Old words\n\nBob", "bob@x.example", "The notice") and date.startswith("2012-02-09T13:36")


@pytest.mark.parametrize("mark", ["---------- Forwarded message ---------", "Begin forwarded message:", "-------- Weitergeleitete Nachricht --------",
                                  "-------- Message transféré --------", "---------- Mensaje reenviado ----------"])
def test_forwarded_mail_is_quoted_from_its_mark_on(mark: str) -> None:
    text = f"See below.\n\n{mark}\n{HEADERS['en']}\n\nOld words\n"
    assert parts(text)[0] == ("new", "See below.") and parts(text)[1][1].startswith(mark)
    assert quoted(text)[0][0] == "Old words"


def test_mail_of_lotus_notes_names_sender_and_time_above_its_fields() -> None:
    text = "fyi\n\n---------------------- Forwarded by Ann/HOU on 05/18/2001 12:34 PM ---------------------------\n\n\nBob Maier\n05/17/2001 09:12 AM\n" \
           "To: Ann/HOU\ncc: \nSubject: Draft\n\nhello there\n"
    assert parts(text)[0] == ("new", "fyi") and quoted(text) == [("hello there", "Bob Maier", "2001-05-17T09:12", "Draft")]


def test_mails_inside_one_another_are_told_each_with_its_own_words() -> None:
    text = f"New.\n\n{HEADERS['de']}\n\nMiddle.\n\nAm 01.02.2012 um 10:00 schrieb Ann:\n> Oldest.\n"
    assert [(words, sender, date) for words, sender, date, _ in quoted(text)] == [
        ("Middle.", "bob@x.example", "2012-02-09T13:36"), ("> Oldest.", "Ann", "2012-02-01T10:00")]


def test_answers_between_quoted_lines_are_new() -> None:
    text = "On 2 Apr 2012, at 18:26, Bob wrote:\n> Is it thirty days?\n\nNo, ninety.\n\n> Is it in writing?\n\nYes.\n"
    assert parts(text) == [("quoted", "On 2 Apr 2012, at 18:26, Bob wrote:\n> Is it thirty days?"), ("new", "No, ninety."),
                           ("quoted", "> Is it in writing?"), ("new", "Yes.")]


def test_sentences_about_writing_are_no_attributions() -> None:
    for text in ("Mr. Jones wrote: I agree.\nBut I do not.", "She wrote to us on 3 May.\nWe wrote back.", "Wie er schrieb, endet der Vertrag.\nGut."):
        assert [kind for kind, _ in parts(text)] == ["new"] and not quoted(text)


def test_lines_with_colons_are_no_header_block() -> None:
    text = "Agenda\nFrom: Berlin\nTo: Hamburg\nPrice: 30 EUR\n\nDate: to be set\n"
    assert [kind for kind, _ in parts(text)] == ["new"]


@pytest.mark.parametrize("signature", [
    "-- \nAnn Example", "--\nAnn Example\nHead of Service\nExample plc", "Kind regards,\nAnn", "Best regards\n\nAnn Example\nHead of Service", "Thanks,\nAnn",
    "Mit freundlichen Grüßen\nAnn Example\nLeiterin Service", "Cordialement,\nAnn", "Un saludo,\nAna", "Sent from my iPhone", "Von meinem iPhone gesendet",
    "Envoyé de mon iPhone", "Enviado desde mi iPhone", "Get Outlook for iOS", "Ann Example\nann@x.example\n+44 20 7946 0000"])
def test_signature_is_apart_from_what_is_said(signature: str) -> None:
    assert parts(f"The contract ends in May.\n\n{signature}\n") == [("new", "The contract ends in May."), ("signature", signature)]


@pytest.mark.parametrize("text", ["This is a correct -- sentence.", "Sent from my desk, this is easier than my phone.", "Thanks",
                                  "Points:\n\n-- one\n-- two", "Best regards to Bob from all of us in the office, he did well."])
def test_words_like_those_of_a_signature_stay_new(text: str) -> None:
    assert parts(text)[0][0] == "new" or text == "Thanks"


@pytest.mark.parametrize("notice", [
    "This e-mail is confidential and may be legally privileged. If you are not the intended recipient please delete this message.",
    "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind oder diese E-Mail irrtümlich erhalten haben, löschen Sie sie.",
    "Ce message est confidentiel et destiné à son seul destinataire. Si vous l'avez reçu par erreur, merci de le détruire sans le lire.",
    "Este mensaje es confidencial y va dirigido a su destinatario. Si lo ha recibido por error, le rogamos que lo elimine sin leerlo."])
def test_notice_of_confidentiality_is_no_part_of_what_is_said(notice: str) -> None:
    text = f"The contract ends in May.\n\nKind regards,\nAnn\n\n{notice}\n"
    assert parts(text) == [("new", "The contract ends in May."), ("signature", "Kind regards,\nAnn"), ("disclaimer", notice)]


def test_what_is_said_of_confidentiality_stays_new() -> None:
    text = "Please treat the confidential figures with care.\n\nThey are intended for the board."
    assert [kind for kind, _ in parts(text)] == ["new"]


def test_warning_that_a_mail_came_from_outside_is_no_part_of_what_is_said() -> None:
    text = "CAUTION: This email originated from outside of the organisation.\n\nThe contract ends in May."
    assert parts(text) == [("disclaimer", "CAUTION: This email originated from outside of the organisation."), ("new", "The contract ends in May.")]


def test_parts_are_in_order_and_cover_all_words() -> None:
    text = f"New.\n\nKind regards,\nAnn\n\n{HEADERS['en']}\n\nOld.\n"
    found = segments(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join(text.split()) == "".join("".join(text[s.start:s.end].split()) for s in found)


# ---------------------------------------------------------------- shared replies

def _score(got: str, expected: str) -> tuple[float, float]:
    g, e = Counter(re.findall(r"\w+", got)), Counter(re.findall(r"\w+", expected))
    common = sum((g & e).values())
    return common / max(1, sum(e.values())), common / max(1, sum(g.values()))


def _said(text: str, kinds: tuple[str, ...], quotes: tuple[tuple[int, int], ...] = ()) -> str:
    return "\n".join(text[s.start:s.end] for s in segments(text, quotes) if s.kind in kinds)


@pytest.mark.corpora
def test_shared_replies_are_found_to_the_word(shared: Path) -> None:
    """The expected replies of talon contain the signature; what its tests take for a reply is what is not quoted."""
    home, worst = shared / "corpora/reply-quotes/talon", []
    for file in sorted((home / "standard_replies").glob("*.eml")):
        beside = file.with_name(file.stem + "_reply_text")
        expected = beside.read_text("utf-8") if beside.is_file() else "Hello"
        given = Given(file.name)
        got = read_whole(Work(Content(data=file.read_bytes()), Identified("email", "message/rfc822", "structure"), given, Limits()))[1]
        worst.append((*_score("\n".join(got.text[s.start:s.end] for s in got.segments if s.kind in ("new", "signature")), expected), file.name))
    for file in sorted((home / "html_replies").glob("*.html")):
        page = show(file.read_text("utf-8", "replace"))
        worst.append((*_score(_said(page.text, ("new", "signature"), page.quotes), "Hi. I am fine.\n\nThanks,\nAlex"), file.name))
    assert len(worst) >= 20 and not [w for w in worst if w[0] < 0.97 or w[1] < 0.97], sorted(worst)[:5]


@pytest.mark.corpora
def test_shared_signatures_are_found_to_the_word(shared: Path) -> None:
    home, found = shared / "corpora/reply-quotes/talon/signature/emails/stripped", []
    for file in sorted(home.glob("*_signature")):
        body = file.with_name(file.name.replace("_signature", "_body"))
        if body.is_file() and file.read_text("utf-8").strip():
            found.append((*_score(_said(body.read_text("utf-8"), ("signature",)), file.read_text("utf-8")), file.name))
    assert len(found) >= 4 and not [f for f in found if f[0] < 0.97 or f[1] < 0.97], found


GITHUB = {  # what the tests of email_reply_parser say is visible, by the beginning and the end of it
    "email_1_1": ("Hi folks", "Java HTTP API."), "email_1_3": ("Oh thanks.", "would be great."), "email_1_4": ("Awesome!", "problem with it."),
    "email_1_5": ("One: Here's", "for a while."), "email_1_7": (":+1:", ":+1:"), "email_2_1": ("Outlook with", "a reply"),
    "email_2_2": ("Outlook with", "above line"), "email_2_3": ("Outlook with", "above line"), "email_BlackBerry": ("Here is", "another email"),
    "email_bullets": ("test 2", "and another"), "email_iPhone": ("Here is", "another email"), "email_one_is_not_on": ("Thank, this", "when I run..."),
    "email_multi_word_sent_from_my_mobile_device": ("Here is", "another email"), "correct_sig": ("this is", "-- signature."),
    "email_sent_from_my_not_signature": ("Here is", "mobile phone."), "email_sig_delimiter_in_middle_of_line": ("Hi there!", "kthxbai"),
    "greedy_on": ("On your remote", "not working."), "pathological": ("I think", "to a computer."), "email_1_8": ("I will reply", "under this."),
    "email_1_2": ("Hi,", "them all individually.\"")}


@pytest.mark.corpora
@pytest.mark.parametrize("name", GITHUB)
def test_shared_mails_of_github_show_what_is_visible(shared: Path, name: str) -> None:
    text = (shared / f"corpora/reply-quotes/github/test/emails/{name}.txt").read_text("utf-8")
    said = _said(text, ("new",))
    assert said.startswith(GITHUB[name][0]) and said.endswith(GITHUB[name][1]), said
