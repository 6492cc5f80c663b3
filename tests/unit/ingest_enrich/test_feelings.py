"""How people say that they are content or cross, in four languages: mails to, from and inside the house, written for this test."""
from __future__ import annotations

import pytest

from archive.model.extracted import Extracted, Identified, Mail, Participant, QuotedMail, Segment
from archive.model.outcome import Done
from ingest.enrich.doc import Doc
from ingest.enrich.sentiment import sentiment
from ingest.enrich.targets import met_and_missed
from ingest.given import Context, Given

PEOPLE = {"theirs": ("nora.fielding@harbourpine.example", "kim@house.example"), "in": ("kim@house.example", "lee@house.example"),
          "out": ("kim@house.example", "nora.fielding@harbourpine.example")}
SAID = [
    ("negative", "theirs",
     "Hello Marc,\n\nThis is the third month in which the evening line was not staffed. Our members complain to us, not to "
     "you. I have asked for a plan twice and got nothing.\n\nHelen"),
    ("negative", "theirs",
     "Paul, I have been chasing this credit note since February. Your accounts team does not answer the phone. Please "
     "escalate."),
    ("negative", "theirs", "We do not recognise the invoice of 3 May. Nobody here ordered weekend cover and we will not be paying for it."),
    ("negative", "in",
     "Team, quick update after the call: the client is furious about Saturday. Half the calls were abandoned and the "
     "fallback number did not work. We look like amateurs."),
    ("negative", "theirs",
     "Sehr geehrter Herr Lang,\n\nzum wiederholten Mal ist die Auswertung nicht angekommen. So kann es nicht weitergehen, "
     "wir prüfen inzwischen Alternativen.\n\nB. Kern"),
    ("negative", "theirs", "Die Rechnung ist falsch, und das nicht zum ersten Mal. Bitte korrigieren Sie das umgehend."),
    ("negative", "theirs", "Nous sommes très déçus de la qualité des réponses. Les clients se plaignent et votre équipe ne rappelle jamais."),
    ("negative", "theirs", "Buenos días,\n\nLa factura sigue mal y ya son tres veces que lo pedimos. No entendemos cómo es posible.\n\nRaúl"),
    ("negative", "theirs",
     "Estamos muy decepcionados con el servicio de las últimas semanas. Los clientes se quejan y nadie nos da una "
     "explicación."),
    ("negative", "theirs",
     "Your figures cannot be right. According to our own records the queue was unstaffed for two hours on Monday, and that "
     "is what you promised would not happen."),
    ("positive", "theirs",
     "Hi Jo, just wanted to say the handover went really smoothly. Please pass my thanks to the team, they were a pleasure "
     "to work with."),
    ("positive", "theirs", "Sam, great numbers this month. Board is very pleased. Keep going!"),
    ("positive", "theirs", "Thanks to everyone who worked the weekend, you saved us. We owe you cake."),
    ("positive", "theirs",
     "Liebe Frau Roth,\n\ndas Team war während der Umstellung wirklich eine große Hilfe. Vielen Dank dafür, wir arbeiten "
     "gerne weiter mit Ihnen."),
    ("positive", "theirs", "Die Zahlen sind so gut wie nie, unsere Kunden loben Ihre Leute. Weiter so!"),
    ("positive", "theirs", "Bonjour Luc,\n\nUn grand merci à Sophie, nos clients l'adorent. Nous aimerions continuer avec elle l'an prochain."),
    ("positive", "theirs", "Muchas gracias por la ayuda de ayer, el equipo estuvo fantástico. Estamos encantados."),
    ("positive", "in", "Good news: they signed the renewal this morning and asked for two more agents. Congratulations all."),
    ("positive", "theirs", "After the last months I would recommend you to anyone. Honestly the best support desk we ever had."),
    ("mixed", "theirs",
     "Das Team am Telefon ist super, da gibt es nichts zu meckern. Aber die Abrechnung ist jeden Monat falsch und das "
     "ärgert uns."),
    ("mixed", "theirs",
     "L'équipe est formidable et nos clients l'apprécient. En revanche les retards de facturation sont pénibles et nous "
     "inquiètent."),
    ("mixed", "theirs", "El equipo es muy amable y rápido, eso nos gusta. Pero los informes llegan tarde y con errores, y eso es un problema."),
    ("neutral", "theirs",
     "Hi,\n\nPlease find attached the purchase order for the second quarter. Let me know if you need the cost "
     "centre.\n\nRegards\nAnn"),
    ("neutral", "theirs", "Could you send me the access list for the new site? The audit is on Thursday."),
    ("neutral", "out",
     "Dear Ms Fielding,\n\nYour letter of 3 March reached us on 6 March. Under clause 12 the notice period is ninety days, "
     "so the agreement will end on 30 June.\n\nYours sincerely"),
    ("neutral", "out", "Invoice 2231 over EUR 4,200.00 is 14 days overdue. Please let us know when we can expect payment."),
    ("neutral", "theirs",
     "Guten Tag,\n\nanbei die unterschriebene Leistungsübersicht für März. Die Abnahme ist am 12.04.\n\nMit freundlichen "
     "Grüßen"),
    ("neutral", "theirs", "Bonjour,\n\nVoici les horaires pour le mois de mai. Le 1er est férié, merci d'en tenir compte.\n\nCordialement"),
    ("neutral", "theirs", "Buenos días,\n\nAdjunto el listado de usuarios. La reunión queda para el martes a las diez.\n\nSaludos"),
    ("neutral", "in", "Notes from today: 1. Forecast for June is 9,400 calls. 2. Training room B from Monday. 3. Headsets arrive on the 14th."),
    ("neutral", "in",
     "Under clause 9 the fee falls due thirty days after receipt. I would put our chances at sixty per cent. Please do not "
     "forward."),
    ("neutral", "theirs", "We propose to end on 31 March and to share the cost of the transfer. Please tell me whether that is agreeable."),
    ("neutral", "theirs", "Wir bitten um Zusendung der offenen Posten per 30.06. für unseren Abschluss."),
    ("neutral", "in", "The client withdrew the claim for interest. I have asked accounts to issue the credit note."),
    ("negative", "theirs", "That is now the fourth month in a row, and I was told it would be sorted by Easter."),
    ("negative", "theirs", "So kann es nicht weitergehen, und Ihre Aufstellung können wir so nicht bestätigen."),
    ("negative", "theirs", "Nous n'avons jamais autorisé ces heures et ne paierons pas cette facture."),
    ("negative", "theirs", "Llevamos tres semanas esperando y nadie nos contesta. No podemos aceptar esta factura."),
    ("neutral", "out", "We cannot accept the deduction. The invoice of 4 May is correct and clause 9 excludes set-off."),
    ("positive", "in", "Yes to both. Go ahead."),
    ("positive", "theirs", "If the evening cover is in writing this time, we would look at it, and the door is open."),
    ("mixed", "theirs", "Hi Jo,\n\nthe floor was great, the invoices never were."),
    ("negative", "theirs", "The line is down again and nobody picks up."),
]


@pytest.mark.parametrize(("feeling", "voice", "text"), SAID)
def test_what_people_say_shows_how_they_feel(mail, feeling, voice, text):
    sender, to = PEOPLE[voice]
    found = sentiment(mail(text, sender=sender, to=(to,)), "email")
    assert found is not None
    assert found.value == feeling, found.basis


def test_greetings_say_nothing_of_feeling(mail):
    for text in ("Guten Tag,\n\nanbei die Liste.", "Good morning, the list is attached.", "Buenos días, adjunto la lista.", "Bonne journée,\nA."):
        assert sentiment(mail(text), "email").basis == "no words of feeling"


def test_what_is_only_supposed_counts_for_little(mail):
    assert sentiment(mail("If the service were terrible we would of course tell you. The list is attached."), "email").value == "neutral"
    assert sentiment(mail("Otherwise there will be trouble with the auditors, so please send the list by Friday."), "email").value == "neutral"


def test_a_denial_is_a_complaint_of_the_client_and_sober_in_the_mouth_of_the_house(mail):
    text = "We cannot confirm this balance. We never received the invoice of 4 May."
    theirs, ours = PEOPLE["theirs"]
    assert sentiment(mail(text, sender=theirs, to=(ours,)), "email").value == "negative"
    assert sentiment(mail(text, sender=ours, to=(theirs,)), "email").value == "neutral"
    assert sentiment(mail(text, sender="a@other.example", to=(ours,)), "email").value == "negative"
    assert sentiment(mail(text, sender="lee@house.example", to=(ours,)), "email").value == "neutral"


def test_who_offers_to_meet_half_way_does_not_complain(mail):
    theirs, ours = PEOPLE["theirs"]
    text = "We say your notice is of no effect, but would you agree to a split of the difference?"
    assert sentiment(mail(text, sender=theirs, to=(ours,)), "email").value == "neutral"


def test_a_mail_passed_on_without_a_word_speaks_for_itself():
    text = "For you.\n\nFrom: Ann\nThis is unacceptable, we are very disappointed and will look elsewhere."
    start = text.index("This")
    quoted = (QuotedMail(start, len(text), "Ann"),)
    segments = (Segment("new", 0, 8), Segment("quoted", start, len(text)))

    def passed_on(subject):
        x = Extracted(Done(), text, (), segments, (), (Participant("from", "kim@house.example", ""),), subject, Mail("<1@h.example>"), quoted=quoted)
        return sentiment(Doc(x, Identified("email", "message/rfc822", "structure"), Given("a.eml", "a.eml"), Context()), "email")
    assert passed_on("FW: service").value == "negative"
    assert passed_on("WG: Service").value == "negative"
    assert passed_on("RE: service").value == "neutral"


def _chat(text, *turns):
    segments = tuple(Segment("turn", text.index(t), text.index(t) + len(t), t[1:].split("] ")[1].split(":")[0], "2024-03-04T10:00:00+00:00") for t in turns)
    return Doc(Extracted(Done(), text, (), segments), Identified("chat", "", "name"), Given("c.json", "c.json"), Context())


@pytest.mark.parametrize(("line", "feeling"), [
    ("conversation_rating.rating: 1", "negative"), ("rating.score: 2", "negative"), ("satisfaction_rating.score: good", "positive"), ("csat: 5", "positive")])
def test_the_mark_of_a_conversation_decides(line, feeling):
    turn = "[2024-03-04 10:00] Ann (visitor): Hello, thanks for the great help"
    assert sentiment(_chat(f"{turn}\n\n{line}\n", turn), "chat").value == feeling


def test_a_mark_that_was_only_offered_decides_nothing():
    turn = "[2024-03-04 10:00] Ann (visitor): Where do I find the form"
    assert sentiment(_chat(f"{turn}\n\nsatisfaction_rating.score: offered\n", turn), "chat").value == "neutral"


def test_what_our_people_say_in_a_chat_is_not_the_clients_feeling():
    ours = "[2024-03-04 10:00] Bo (agent): I am so sorry, this is terrible and awful"
    theirs = "[2024-03-04 10:01] Ann (end-user): the form is on page two"
    assert sentiment(_chat(f"{ours}\n{theirs}\n", ours, theirs), "chat").value == "neutral"


def test_figures_below_target_speak_in_a_review(paper):
    bad = paper("Quarterly review\nCSAT 3.2 of 5 (goal 4.2). NPS minus 12.\nNext meeting in May.")
    good = paper("Revue trimestrielle\nCSAT 4,7 sur 5 (cible 4,5). NPS +44.")
    assert sentiment(bad, "review").value == "negative"
    assert sentiment(good, "review").value == "positive"
    assert met_and_missed(good, "review")[1] == []


def test_less_time_is_better(paper):
    met, missed = met_and_missed(paper("Review\nFirst response 41 s (target 60 s). CSAT 4.1 (target 4.5)."), "review")
    assert [len(met), len(missed)] == [1, 1]


def test_absence_and_newsletters_are_neutral_and_machines_feel_nothing(mail):
    assert sentiment(mail("I am away until 4 May.", subject="Automatic reply: list"), "email").value == "neutral"
    assert sentiment(mail("Five great ideas. Unsubscribe here."), "email").value == "neutral"
    assert sentiment(mail("Terrible.", subject="Undeliverable: list"), "email") is None
