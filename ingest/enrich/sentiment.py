"""How the author feels, by plain words: a first version that says little rather than something wrong. None for formal papers, tables, automatic mails."""
from __future__ import annotations

from typing import Final

from archive.model.fact import Derived
from ingest.enrich.doc import Doc
from ingest.enrich.fold import vocabulary

_GOOD: Final = vocabulary("""
    thank thanks happy great brilliant excellent lovely pleased delighted glad perfect perfectly wonderful best love loved appreciate
    appreciated kind decent good cleanest helpful congratulations record incredible gentil gentils merci parfait parfaite excellent
    bravo content contente ravi ravie super formidable incroyable heureux heureuse apprecions satisfait satisfaite danke vielen
    zufrieden gut sehr gern gerne freue freuen hervorragend prima toll ausgezeichnet erfreut reibungslos lob gracias excelente contento
    contenta encantado encantada perfecto perfecta feliz satisfecho satisfecha estupendo genial enhorabuena agradecemos
""") - {
    "sehr", "vielen"}
_BAD: Final = vocabulary("""
    disappointed disappointing unacceptable terrible awful grim furious angry upset complain complaint complaints fail failed failing
    failure failures fails bad worse worst lost losing poor problem problems sorry unfortunately never wrong broken tired dropped
    dropping tight unhappy frustrated frustrating annoyed mess concern concerned worried worry blame shame refuse refused late missing
    short quit enttauscht inakzeptabel unzumutbar schlecht schlechter fehler leider mangel argerlich verargert beschwerde beschwerden
    unzufrieden probleme problem verspatet versaumt ausfall sauer mahnung decu decue inacceptable furieux furieuse mauvais mauvaise
    probleme problemes plainte mecontent malheureusement honteux merde pire retard erreur jamais fache fachee brisee contestons
    decepcionado decepcionada inaceptable terrible malo mala mal problema problemas queja quejas lamentablemente peor molesto retraso
    error fallo fallos vergonzoso enfadado
""")
_POLITE: Final = vocabulary("thank thanks merci danke gracias kind best")
_FEELING: Final = _GOOD | _BAD
_SPOKEN: Final = frozenset({"email", "chat", "call_transcript", "call_note", "meeting_note", "review"})
_AUTOMATIC: Final = ("unsubscribe", "automatic message", "do not reply", "could not be delivered", "delivery has failed",
    "out of office", "abwesenheit", "ne pas repondre", "no responda")


def sentiment(doc: Doc, kind: str) -> Derived | None:
    """Return negative, neutral, positive or mixed, or None for what has no feeling or where it is not plain."""
    if kind not in _SPOKEN or not doc.words:
        return None
    said = doc.said
    if any(w in said for w in _AUTOMATIC):
        return None
    good = bad = 0.0
    shown: list[str] = []
    for word in sorted(_FEELING.intersection(doc.words)):
        shown.append(word)
        times = doc.words.count(word)
        if word in _BAD:
            bad += times
        else:
            good += times * (0.25 if word in _POLITE else 1.0)
    good += 0.8 * min(3, said.count(":)") + said.count(":-)"))
    bad += 0.8 * min(3, said.count(":(") + said.count(":-("))
    if not said.isascii():
        good += 0.8 * min(3, sum(said.count(s) for s in ("🙏", "😊", "👍", "❤")))
        bad += 0.8 * min(3, sum(said.count(s) for s in ("😡", "😳", "😠")))
    basis = "words: " + ", ".join(dict.fromkeys(shown[:6])) if shown else "no words of feeling"
    size = max(len(doc.words), 40) / 100.0
    if good >= 2 and bad >= 2 and 0.4 <= good / bad <= 2.5:
        return Derived("mixed", basis, 0.5)
    if bad >= 2 and bad >= 1.6 * good and bad / size >= 0.8:
        return Derived("negative", basis, 0.55)
    if good >= 1.5 and good >= 1.6 * bad and good / size >= 0.8:
        return Derived("positive", basis, 0.55)
    return Derived("neutral", basis, 0.5) if kind == "email" else None
