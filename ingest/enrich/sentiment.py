"""How the author feels: words of feeling, turned by negations and strengthened, in what a person wrote; of chats and calls what the "
        "client's people say.

None for formal papers, tables, automatic mails and where nothing was said.  Plain news is neutral, not unknown; irony and what stands between
the lines are not read, so the confidence is never high.
"""
from __future__ import annotations

import itertools
import re
from typing import Final

from archive.model.fact import Derived
from ingest.enrich.automatic import is_automatic
from ingest.enrich.clients import side_of
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold, words
from ingest.enrich.hints import Hints
from ingest.enrich.valence_words import STRENGTHENS, TURNS, VALENCE

_SPOKEN: Final = frozenset({"email", "chat", "call_transcript", "call_note", "meeting_note", "review"})
_BY_MAIL: Final = frozenset({"claim", "settlement"})
_FEELING = VALENCE.keys()
_LIMIT: Final = 3000
_GOOD_SIGNS: Final = (":)", ":-)", ";)", "🙏", "😊", "👍", "❤", "🎉", "😀", "🙂", ":+1:")
_BAD_SIGNS: Final = (":(", ":-(", "😡", "😳", "😠", "🙁", "😞", "👎", ":-1:", "🤬")
_THEIRS = re.compile(r"\b(?:end-user|visitor|customer|requester|user|lead|kunde|kundin|besucher|visiteur|cliente?|visitante|usuario)\b")
_OURS = re.compile(r"\b(?:agent|operator|bot|admin|internal note|teammate|support|mitarbeiter|conseiller|agente|operador)\b")

_GLAD_HINTS: Final = Hints("stay|happy to|forward to|well done|good job|good work|good news|keep it up|keep this up|big thank|many "
        "thanks|thank you very|"
                           "thank you so|bleibe|bleiben|freuen|gute arbeit|gute nachricht|weiter so|herzlichen|reste|bon travail|bonne "
                           "nouvelle|"
                           "beau travail|merci beaucoup|merci infiniment|merci a toute|plaisir|quedamos|buen trabajo|buenas noticias|"
                           "muchas gracias|muchisimas")
_CROSS_HINTS: Final = Hints("not good enough|not happy|no excuse|fed up|last straw|had enough|patience|us down|me down|waste of|out of "
        "control|cancel us|"
                            "leaving|off sick|breath|in the mood|nicht hinnehm|nicht akzept|nicht zufrieden|nicht tragbar|reicht|"
                            "bedauern|geduld|"
                            "im stich|pas content|pas acceptable|pas satisfait|pas normal|pas serieux|ras le bol|on arrete|suffit|"
                            "aceptable|"
                            "contentos|satisfechos|de acuerdo|hartos|ya basta|paciencia")
_RATED_HINTS: Final = Hints("rating|csat|satisfaction")
_ACTS: Final = (
    # what somebody does or says of staying and leaving, of trust and of fault: stronger than single words
    (2.0, _GLAD_HINTS, re.compile(r"\b(?:we (?:would like to |want to |will |'ll )?stay|happy to (?:stay|continue|help)|look(?:ing)? "
            r"forward to|well done|good (?:job|work|news)|"
                     r"keep (?:it|this) up|big thank|many thanks|thank you (?:so|very) much|"
                     r"(?:wir|ich) bleiben?|freuen uns auf|gute (?:arbeit|nachricht\w*)|weiter so|herzlichen dank|"
                     r"(?:nous|on) reste(?:rons|ns)?|bon(?:ne)? (?:travail|nouvelle)|beau travail|merci (?:beaucoup|infiniment|a toute)|"
                     r"avec plaisir|"
                     r"nos quedamos|buen trabajo|buenas noticias|muchas gracias|muchisimas gracias)\b")),
    (-2.0, _CROSS_HINTS, re.compile(r"\b(?:not good enough|not happy|no excuse|fed up|last straw|had enough|run out of patience|let "
            r"(?:us|me) down|waste of|out of control|"
                      r"cancel us|we(?:'re| are) leaving|off sick|hold (?:my|your) breath|in the mood|"
                      r"nicht (?:hinnehm\w*|akzept\w*|zufrieden|tragbar)|reicht (?:es|uns)|mit (?:grossem )?bedauern|geduld (?:ist|am) "
                      r"ende|im stich|"
                      r"pas (?:content\w*|acceptable|satisfait\w*|normal|serieux)|ras le bol|on arrete|ca suffit|(?:perdu|perdre) patience|"
                      r"no (?:es|estamos) (?:aceptable|contentos|satisfechos|de acuerdo)|estamos hartos|ya basta|perdido la paciencia)\b")),
    (3.0, _RATED_HINTS, re.compile(r"^(?:rating|csat|satisfaction)[\w. ]*: ?(?:[45]|good|great|amazing)\b", re.MULTILINE)),
    (-3.0, _RATED_HINTS, re.compile(r"^(?:rating|csat|satisfaction)[\w. ]*: ?(?:[12]|bad|terrible)\b", re.MULTILINE)),
)


def sentiment(doc: Doc, kind: str) -> Derived | None:
    """Return negative, neutral, positive or mixed, or None for what has no feeling."""
    if not doc.words or not (kind in _SPOKEN or (kind in _BY_MAIL and doc.form == "mail")) or (doc.form == "mail" and is_automatic(doc)):
        return None
    tokens, said = (doc.words, doc.said) if doc.form not in ("chat", "call") else _clients_words(doc)
    good, bad, shown = _weighed(tokens[:_LIMIT]) if not doc.own_vocabulary.isdisjoint(_FEELING) else (0.0, 0.0, [])
    good += 0.8 * sum(min(3, said.count(s)) for s in _GOOD_SIGNS if s in said)
    bad += 0.8 * sum(min(3, said.count(s)) for s in _BAD_SIGNS if s in said)
    for weight, hints, pattern in _ACTS:
        text = said if abs(weight) < 3 else doc.folded
        span = hints.span(doc.mask_of_all, text)
        for m in itertools.islice(pattern.finditer(text, *span), 3) if span else ():
            good, bad = (good + weight, bad) if weight > 0 else (good, bad - weight)
            shown.insert(0, m[0])
    if kind == "claim":
        bad += 2.0
    basis = "words: " + ", ".join(dict.fromkeys(shown[:6])) if shown else "no words of feeling"
    size = max(len(tokens), 60) / 60.0
    bar = 1.0 * size ** 0.7  # a long text holds some such words by chance
    if good >= bar and bad >= bar and 0.45 <= good / bad <= 2.2:
        return Derived("mixed", basis, 0.5)
    if bad >= 1.6 * bar and bad > 1.5 * good:
        return Derived("negative", basis, 0.55)
    if good >= 1.6 * bar and good > 1.5 * bad:
        return Derived("positive", basis, 0.55)
    return Derived("neutral", basis, 0.4)


def _weighed(tokens: list[str]) -> tuple[float, float, list[str]]:
    """Return how much good and bad is said, and the words that say it, the first six."""
    good = bad = 0.0
    shown: list[str] = []
    for at, word in enumerate(tokens):
        weight = VALENCE.get(word)
        if weight is None:
            continue
        before = tokens[max(0, at - 3):at]
        if not TURNS.isdisjoint(before):
            weight *= -0.5
        if not STRENGTHENS.isdisjoint(before[-2:]):
            weight *= 1.5
        if weight > 0:
            good += weight
        else:
            bad -= weight
        if len(shown) < 6 and abs(weight) >= 0.5:
            shown.append(word)
    return good, bad, shown


def _clients_words(doc: Doc) -> tuple[list[str], str]:
    """Return what the client's people said: by their address or role; where that is not known, all that was not said by ours."""
    from ingest.extract.turns import said
    theirs, others = list[str](), list[str]()
    known = {fold(p.name): side_of(doc, p.address) for p in doc.extracted.participants if p.address and p.name}
    for segment in doc.extracted.segments:
        if segment.kind == "turn":
            start, end = said(doc.text, segment)
            head = doc.folded[segment.start:start]
            if known.get(fold(segment.speaker)) or _THEIRS.search(head):
                theirs.append(doc.folded[start:end])
            elif not _OURS.search(head):
                others.append(doc.folded[start:end])
    text = "\n".join(theirs or others)
    return (words(text), text) if text else (doc.words, doc.said)
