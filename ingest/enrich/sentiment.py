"""How the author feels: words of feeling, turned by negations and strengthened, in what a person wrote; of chats and calls what the "
        "client's people say.

None for formal papers, tables, automatic mails and where nothing was said.  Plain news is neutral, not unknown; irony and what stands between
the lines are not read, so the confidence is never high.
"""
from __future__ import annotations

import re
from typing import Final, Literal

from archive.model.fact import Derived
from ingest.enrich.automatic import is_automatic
from ingest.enrich.client_index import client_index
from ingest.enrich.clients import side_of
from ingest.enrich.dispute_words import COUNSEL
from ingest.enrich.doc import Doc, is_forward
from ingest.enrich.feeling_acts import MEETS_HALFWAY, acts_in
from ingest.enrich.fold import fold, words
from ingest.enrich.hints import Hints
from ingest.enrich.targets import met_and_missed
from ingest.enrich.valence_words import GREETED, GREETING, STRENGTHENS, SUPPOSES, TURNS, VALENCE

_SPOKEN: Final = frozenset({"email", "chat", "call_transcript", "call_note", "meeting_note", "review"})
_BY_MAIL: Final = frozenset({"claim", "settlement"})
_FEELING = VALENCE.keys()
_LIMIT: Final = 3000
_GOOD_SIGNS: Final = (":)", ":-)", ";)", "🙏", "😊", "👍", "❤", "🎉", "😀", "🙂", ":+1:")
_BAD_SIGNS: Final = (":(", ":-(", "😡", "😳", "😠", "🙁", "😞", "👎", ":-1:", "🤬")
_THEIRS = re.compile(r"\b(?:extern|external|externe?|externo|guest|gast|invitee?|invitado|end-user|visitor|customer|requester|user|lead|kunde|kundin|"
    r"besucher|visiteur|cliente?|visitante|usuario)\b")
_OURS = re.compile(r"\b(?:agent|operator|bot|admin|internal note|teammate|support|mitarbeiter|conseiller|agente|operador)\b")

_RATED_HINTS: Final = Hints("rating|csat|satisfaction")
_RATED = re.compile(r"^(?:[\w]+[._])*(?:rating|csat|satisfaction)[\w. ]*: ?(?:(?P<good>[45]|good|great|amazing)|(?P<bad>[12]|bad|terrible))\b", re.MULTILINE)
_ABSENT = re.compile(r"valued|members|readers|subscribers|mitglieder|leser|abonnent|membres|lecteurs|lectrices|abonnes|socios|lectores|suscriptores|"
    r"unsubscribe|abbestellen|abmelden|desabonner|darse de baja|newsletter|automatic reply|out of office|auto-?reply|"
    r"automatische antwort|abwesen|"
                     r"reponse automatique|absence|absent|respuesta automatica|away until|on leave|on vacation|en vacances|im urlaub")
_LEAST: Final = {"chat": 30}
"""Messages are short: one plain word in thirty says as much as two in a mail."""
_LITTLE: Final = 45
_CHARS: Final = 6000
"""Nobody waits for longer to say how he feels; what is long is a newsletter or a report."""
_DECLINES = re.compile(r"\b(?:not (?:prepared|willing|able|agree|accept)|cannot|can not|declin\w+|reject\w*|refus\w+|nicht (?:bereit|annehm\w*|zustimm\w*)|"
                       r"lehn\w+|ne (?:peut|saurait|souhaite)|no (?:puede|acepta|esta))\b")
_REFUSES = re.compile(r"acceptable|akzept|aceptable")
_SOBER: Final = 0.6
_SUPPOSED: Final = 0.4


def sentiment(doc: Doc, kind: str) -> Derived | None:
    """Return negative, neutral, positive or mixed, or None for what has no feeling."""
    if not doc.words or not (kind in _SPOKEN or (kind in _BY_MAIL and doc.form == "mail")):
        return None
    if doc.form == "mail" and is_automatic(doc):
        return Derived("neutral", "sent to many, or while away", 0.4) if _ABSENT.search(f"{doc.subject}\n{doc.said[:20_000]}") else None
    rated = _rated(doc) if doc.form == "chat" else None
    if rated:
        return rated
    tokens, said = (doc.words, doc.said) if doc.form not in ("chat", "call") else _clients_words(doc)
    if doc.form == "mail":
        tokens, said = _with_forwarded(doc, tokens, said)
    voice = _voice(doc)
    feels = not _FEELING.isdisjoint(doc.own_vocabulary if tokens is doc.words else tokens)
    good, bad, shown = _weighed(tokens[:_LIMIT], _SOBER if voice == "outward" else 1.0) if feels else (0.0, 0.0, [])
    good, bad = good + _signs(said, _GOOD_SIGNS, 0.8), bad + _signs(said, _BAD_SIGNS, 0.8)
    if "!" in said and bad == 0.0 and len(tokens) < 300:
        good += 0.5 * min(2, said.count("!"))
    mask, said = doc.mask if said is doc.said else doc.mask_of_all, said[:_CHARS]
    for a, m in acts_in(mask, said):
        if a.contests and voice not in ("theirs", "between"):
            continue
        if _DECLINES.search(m[0]) and COUNSEL.search(said):
            continue  # a lawyer refuses an offer as his business is
        if (a.contests or _REFUSES.search(m[0])) and next(MEETS_HALFWAY.found(mask, said), None):
            continue
        weight = a.weight * (_SUPPOSED if not SUPPOSES.isdisjoint(words(said[max(0, m.start() - 25):m.start()])) else 1.0)
        good, bad = (good + weight, bad) if weight > 0 else (good, bad - weight)
        shown.insert(0, " ".join(m[0].split()))
    if kind == "claim":
        bad += 2.0
    if kind == "review":
        met, missed = met_and_missed(doc, kind)
        good, bad = good + 2.0 * bool(met), bad + 2.0 * bool(missed)
        shown = [*missed[:2], *met[:2], *shown]
    size = max(len(tokens), _LEAST.get(doc.form, 60))
    return _concluded(good, bad, size, "words: " + ", ".join(dict.fromkeys(shown[:6])) if shown else "no words of feeling")


def _concluded(good: float, bad: float, size: int, basis: str) -> Derived:
    bar = (size / 60.0) ** 0.6  # a long text holds some such words by chance
    if good >= 0.8 * bar and bad >= 0.8 * bar and good + bad >= 2.0 * bar and 0.45 <= good / bad <= 2.2:
        return Derived("mixed", basis, 0.5)
    if bad >= 1.45 * bar and bad > 1.5 * good:
        return Derived("negative", basis, 0.55)
    if good >= 1.45 * bar and good > 1.5 * bad:
        return Derived("positive", basis, 0.55)
    return Derived("neutral", basis, 0.4)


def _rated(doc: Doc) -> Derived | None:
    """Return what the mark says that a customer gave to a conversation; one in the middle says nothing."""
    span = _RATED_HINTS.span(doc.mask_of_all, doc.folded)
    m = _RATED.search(doc.folded, *span) if span else None
    if m is None:
        return None
    return Derived("positive" if m["good"] else "negative", f"rated: {m[0].strip()[:60]}", 0.8, doc.passage(m.start(), m.end()))


def _voice(doc: Doc) -> Literal["theirs", "outward", "between", "inside"]:
    """Return whose words these are: a client's, ours to a client, those of one firm to another where neither is known, or anything else."""
    if doc.form in ("chat", "call"):
        return "theirs"
    if doc.form != "mail":
        return "inside"
    people = doc.extracted.participants
    senders = [p.address for p in people if p.role in ("from", "sender") and p.address]
    readers = [p.address for p in people if p.role == "to" and p.address]
    if any(side_of(doc, a) for a in senders):
        return "theirs"
    if any(side_of(doc, a) for a in readers):
        return "outward"
    return "between" if senders and readers and not any(_same_house(senders[0], a) for a in readers) else "inside"


def _same_house(a: str, b: str) -> bool:
    """Say whether two addresses are of one domain, or of two that begin alike (`firm.example`, `firm-de.example`)."""
    one, other = a.rpartition("@")[2].lower(), b.rpartition("@")[2].lower()
    return one == other or one.split(".")[0][:5] == other.split(".")[0][:5]


def _with_forwarded(doc: Doc, tokens: list[str], said: str) -> tuple[list[str], str]:
    """Return the words of a mail; of one that passes on another with little to say to it, those of the mail passed on as well."""
    quoted = next((q for q in doc.extracted.quoted if q.end > q.start), None)
    if quoted is None or len(tokens) > _LITTLE or not is_forward(doc.extracted.subject):
        return tokens, said
    following = next((q.start for q in doc.extracted.quoted if q.start > quoted.start), quoted.end)
    passed_on = doc.folded[quoted.start:min(quoted.end, max(following, quoted.start))]
    text = f"{said.strip()}\n{passed_on}"
    return words(text), text


def _signs(said: str, signs: tuple[str, ...], weight: float) -> float:
    return weight * sum(min(3, said.count(s)) for s in signs if s in said)


def _weighed(tokens: list[str], sober: float) -> tuple[float, float, list[str]]:
    """Return how much good and bad is said, and the words that say it, the first six. `sober` is what plain words for trouble count."""
    good = bad = 0.0
    shown: list[str] = []
    for at, word in enumerate(tokens):
        weight = VALENCE.get(word)
        if weight is None or (word in GREETING and at + 1 < len(tokens) and tokens[at + 1] in GREETED):
            continue
        before = tokens[max(0, at - 3):at]
        if not TURNS.isdisjoint(before):
            weight *= -0.7 if weight > 0 else -0.4
        if not STRENGTHENS.isdisjoint(before[-2:]):
            weight *= 1.5
        if not SUPPOSES.isdisjoint(tokens[max(0, at - 4):at]):
            weight *= _SUPPOSED
        if weight > 0:
            good += weight
        else:
            bad -= weight * (sober if weight > -1.5 else 1.0)
        if len(shown) < 6 and abs(weight) >= 0.4:
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
            if known.get(fold(segment.speaker)) or _is_contact(doc, segment.speaker) or _THEIRS.search(head):
                theirs.append(doc.folded[start:end])
            elif not _OURS.search(head):
                others.append(doc.folded[start:end])
    text = "\n".join(theirs or others)
    return (words(text), text) if text else (doc.words, doc.said)


def _is_contact(doc: Doc, name: str) -> bool:
    """Say whether a speaker bears the name of a contact in the directory."""
    return any(known.sort == "contact" for known, _, _ in client_index(doc.context).matches(words(fold(name))))
