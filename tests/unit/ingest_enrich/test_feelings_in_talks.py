"""How the people of a client feel in calls, chats and notes, in four languages; conversations written for this test."""
from __future__ import annotations

import pytest

from archive.model.extracted import Extracted, Identified, Segment
from archive.model.outcome import Done
from ingest.enrich.doc import Doc
from ingest.enrich.sentiment import sentiment
from ingest.given import Given

TALKS = [
    ("negative", "call", [
        ("Kim Lane", "Good morning Nora, thanks for taking the time, wonderful."),
        ("Nora Fielding", "Let me be frank. We have had three outages since March and each time we heard nothing for hours."),
        ("Kim Lane", "I understand."),
        ("Nora Fielding", "My board is asking why we still pay for this."),
    ]),
    ("positive", "call", [
        ("Kim Lane", "How are things?"),
        ("Nora Fielding", "Really well. The new team lead is great and the queue is down to twenty seconds."),
        ("Kim Lane", "Sorry again about January."),
        ("Nora Fielding", "That is forgotten. We would like to extend."),
    ]),
    ("neutral", "call", [
        ("Kim Lane", "Which days do you need?"),
        ("Nora Fielding", "Monday to Friday, nine to six. And the list by Thursday."),
        ("Kim Lane", "Fine."),
    ]),
    ("negative", "chat", [
        ("Ann (visitor)", "I have been waiting for forty minutes and nobody answers"),
        ("Bo (agent)", "Sorry!"),
        ("Ann (visitor)", "This is ridiculous"),
    ]),
    ("positive", "chat", [
        ("Ann (visitor)", "My order is late"),
        ("Bo (agent)", "I have sent a new one by express."),
        ("Ann (visitor)", "Oh brilliant, thank you so much!"),
    ]),
    ("negative", "chat", [
        ("Kundin", "Seit drei Wochen warte ich auf meine Gutschrift, das ist unmöglich"),
        ("Mitarbeiter", "Das tut mir leid."),
    ]),
    ("negative", "chat", [
        ("client", "Ça fait deux semaines que j'attends, c'est inadmissible"),
        ("conseiller", "Je suis désolé."),
    ]),
    ("positive", "chat", [
        ("cliente", "¡Muchas gracias, todo perfecto, muy amable!"),
        ("agente", "A usted."),
    ]),
    ("neutral", "chat", [
        ("Kim", "rota for wk 20 is up"),
        ("Lee", "thanks, 14 on monday then"),
        ("Kim", "yes"),
    ]),
    ("negative", "chat", [
        ("Kim", "client just rang, they are livid about saturday"),
        ("Lee", "third time this month. this is going to cost us"),
        ("Kim", "yep"),
    ]),
    ("mixed", "chat", [
        ("Ann (end-user)", "The agents are lovely but your website is terrible and crashed twice"),
        ("Bo (agent)", "noted"),
    ]),
    ("negative", "call", [
        ("Kim Lane", "Thanks for the call."),
        ("Nora Fielding", "I'll keep it short. Saturday was a disaster and your manager hung up on my deputy."),
        ("Kim Lane", "I am really sorry."),
    ]),
    ("mixed", "call", [
        ("Kim Lane", "How was it?"),
        ("Nora Fielding", "The people are excellent. What I cannot live with is the billing, it's been wrong every single month."),
        ("Kim Lane", "OK."),
    ]),
    ("neutral", "call", [
        ("Kim Lane", "When is the switch?"),
        ("Nora Fielding", "On the thirtieth at four. The test is the day before."),
        ("Kim Lane", "Fine, thanks."),
    ]),
    ("negative", "chat", [
        ("Ann (visitor)", "third time I write. still no refund"),
        ("Bo (agent)", "I am checking."),
    ]),
    ("positive", "chat", [
        ("Ann (visitor)", "wow that was quick, you made my day"),
        ("Bo (agent)", "My pleasure."),
    ]),
    ("neutral", "chat", [
        ("Ann (visitor)", "what is the return address"),
        ("Bo (agent)", "12 Mill Road"),
    ]),
    ("negative", "chat", [
        ("Kundin", "Ich habe jetzt dreimal angerufen und bin jedes Mal aus der Leitung geflogen."),
        ("Mitarbeiter", "Oh."),
    ]),
    ("negative", "chat", [
        ("client", "Toujours aucune nouvelle de mon colis, c'est vraiment n'importe quoi"),
        ("conseiller", "Je regarde."),
    ]),
    ("positive", "chat", [
        ("cliente", "Qué rápido, me habéis salvado el día"),
        ("agente", "Encantado."),
    ]),
    ("negative", "chat", [
        ("cliente", "Me habéis cobrado dos veces y nadie me devuelve el dinero"),
        ("agente", "Lo miro."),
    ]),
    ("neutral", "chat", [
        ("Kundin", "Wie lautet die Rücksendeadresse?"),
        ("Mitarbeiter", "Mühlweg 3"),
    ]),
    ("positive", "chat", [
        ("client", "Super, merci infiniment pour votre aide, vous êtes au top"),
        ("conseiller", "Avec plaisir."),
    ]),
    ("negative", "call", [
        ("Kim Lane", "Did the credit arrive?"),
        ("Nora Fielding", "No. And frankly I am tired of asking for it. It was promised for May."),
        ("Kim Lane", "I'll check."),
    ]),
    ("neutral", "call", [
        ("Kim Lane", "Shall we go through the list?"),
        ("Nora Fielding", "Yes. Item one is done, item two is with IT."),
        ("Kim Lane", "Good."),
    ]),
    ("positive", "chat", [
        ("Ann (visitor)", "thanks, that fixed it, you are a star"),
        ("Bo (agent)", "Good."),
    ]),
    ("negative", "chat", [
        ("Ann (visitor)", "your app keeps logging me out, I give up"),
        ("Bo (agent)", "Which version?"),
    ]),
    ("negative", "chat", [
        ("Kundin", "Das Paket kam beschädigt an und niemand fühlt sich zuständig."),
        ("Mitarbeiter", "Oje."),
    ]),
    ("positive", "chat", [
        ("Kundin", "Hat geklappt, vielen lieben Dank für die schnelle Hilfe!"),
        ("Mitarbeiter", "Gern."),
    ]),
    ("negative", "chat", [
        ("client", "Votre service est nul, je veux être remboursé"),
        ("conseiller", "Je comprends."),
    ]),
    ("neutral", "chat", [
        ("client", "Quel est le délai de livraison ?"),
        ("conseiller", "Trois jours."),
    ]),
    ("negative", "chat", [
        ("cliente", "El paquete llegó roto y encima me echan la culpa"),
        ("agente", "Lo siento."),
    ]),
]
NOTES = [
    ("neutral",
     "File note\n4 May\nNora rang about the invoice address. New address from June. Will send a form."),
    ("positive",
     "File note\n4 May\nNora rang. Said the weekend went better than ever and asked us to thank the team."),
    ("negative",
     "File note\n4 May\nNora rang, very annoyed. Says nobody called her back and she is thinking of leaving."),
    ("negative",
     "Gesprächsnotiz\nFrau Roth war sehr verärgert, die Auswertung fehlt wieder. Sie will nicht mehr lange warten."),
    ("positive",
     "Note d'appel\nMme Roy est ravie de l'équipe et veut prolonger d'un an."),
    ("negative",
     "Note\\n12 June\\nSpoke to Nora. She feels we have stopped caring since the merger; half her questions go unanswered. Considering "
     "a tender."),
    ("negative",
     "Aktennotiz\\nHerr Kern hat heute deutlich gemacht, dass er mit der Erreichbarkeit überhaupt nicht einverstanden ist. Er erwartet "
     "bis Freitag einen Plan."),
    ("neutral",
     "Aktennotiz\\nHerr Kern bittet um die Liste der Rufnummern bis Freitag."),
    ("negative",
     "Call note\\n3 July\\nNora cancelled the review, says there is no point as long as the June numbers are not explained."),
    ("positive",
     "Call note\\n3 July\\nNora pleased with the new reports, wants the same format for the other brand."),
]


def talk(form, turns, context):
    text, segments = "", []
    for who, said in turns:
        line = f"{who}: {said}\n"
        at = "00:00:01" if form == "call" else "2024-03-04T10:00:00"
        segments.append(Segment("turn", len(text), len(text) + len(line) - 1, who, at))
        text += line
    return Doc(Extracted(Done(), text, segments=tuple(segments)), Identified({"call": "vtt", "chat": "chat"}[form], "", "name"), Given("x", "x"), context)


@pytest.mark.parametrize(("feeling", "form", "turns"), TALKS)
def test_conversation_shows_how_the_clients_people_feel(context, feeling, form, turns):
    found = sentiment(talk(form, turns, context), {"call": "call_transcript", "chat": "chat"}[form])
    assert found is not None
    assert found.value == feeling, found.basis


@pytest.mark.parametrize(("feeling", "text"), NOTES)
def test_note_tells_how_the_client_was_said_to_feel(paper, feeling, text):
    found = sentiment(paper(text, format="docx"), "call_note")
    assert found is not None
    assert found.value == feeling, found.basis
