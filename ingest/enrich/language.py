"""In which language the sender wrote: by the small words of each, a trained identifier only for running text in none of these.

Quoted mails, signatures and disclaimers do not count.  In chats and calls every message votes with its length, so that two who write in
different languages are told apart; in tables every text counts once, however often a column repeats it.
"""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from archive.model.fact import Derived
from archive.model.outcome import Done
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold, words
from ingest.enrich.small_words import LABEL_WORDS, LANGUAGES, LETTER, SMALL_WORDS

_SMALL = SMALL_WORDS.keys()
_SAMPLE_WORDS = 3000
_MODEL_CHARS = 2000
_MODEL_WORDS = 25
_TURNS_READ = 2000
_LOGO_WORDS = 3
_SHORT = 2
"""How often a word of up to three letters counts in a table, where it may be a code of its bookings."""
_CHARS = 60_000
_ADDRESSES = re.compile(r"(?:https?://|www\.)\S{1,300}|[\w.+-]{1,64}@[\w.-]{1,200}")
_FIRST_LETTER = re.compile(r"\b[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Found:
    """`weights` a language, `best` the position of the first, `weight` its own, `second` that of the next by words which the best does not have."""
    weights: list[float]
    best: int
    weight: float
    second: float
    total: float

    def said(self, basis: str) -> Derived:
        return Derived(LANGUAGES[self.best], basis, round(self.weight / self.total, 3))


def language(doc: Doc) -> Derived | None:
    """Return the language (ISO 639-1, `zxx` for no text) of what the sender wrote, or None where there is none clear."""
    if not doc.words:
        silent = isinstance(doc.extracted.outcome, Done) and not doc.text.strip() and not doc.extracted.subject.strip()
        return Derived("zxx", "no text") if silent else None
    if doc.identified.mime.startswith("image/") and len(doc.words) <= _LOGO_WORDS and not doc.own_vocabulary & _SMALL:
        return Derived("zxx", "a picture with hardly a word", 0.7)
    if doc.form in ("chat", "call") and doc.turns:
        return _by_turns(doc)
    if doc.form == "table" and doc.extracted.tables:
        return _of_words(doc, _cell_words(doc))
    return _at_a_glance(doc) or _of_words(doc, _own_words(doc))


def _at_a_glance(doc: Doc) -> Derived | None:
    """Decide by which small words stand in the text at all: enough for nearly every mail, and far quicker than counting them."""
    found = _found((word, 1) for word in doc.own_vocabulary & _SMALL)
    if found.weight >= 6 and found.weight >= 4 * found.second and found.total >= 0.12 * len(doc.own_vocabulary):
        return found.said("small words")
    return None


def _own_words(doc: Doc) -> list[str]:
    """Return the sender's words, those of a subject too where they are few; without addresses, which are words of no language."""
    tokens = words(_ADDRESSES.sub(" ", doc.said[:_CHARS])) if "@" in doc.said or "www." in doc.said or "://" in doc.said else doc.words
    if len(tokens) > 2 * _SAMPLE_WORDS:
        return tokens[:_SAMPLE_WORDS] + tokens[-_SAMPLE_WORDS:]
    return tokens + words(doc.subject) if len(tokens) < _MODEL_WORDS else tokens


def _cell_words(doc: Doc) -> list[str]:
    """Return the words of the different texts in a table's cells and of its sheets' names."""
    texts = {c.value: None for t in doc.extracted.tables for row in t.rows[:5000] for c in row if isinstance(c.value, str)}
    found = Counter(w for text in texts for w in words(fold(text)))
    return [w for w, n in found.items() for _ in range(n if len(w) > 3 else min(n, _SHORT))][:2 * _SAMPLE_WORDS]


def _by_turns(doc: Doc) -> Derived | None:
    """Let each message vote for its language with its length; one language must have clearly more than the next."""
    votes = [0.0] * len(LANGUAGES)
    for turn in doc.turns[:_TURNS_READ]:
        tokens = words(turn)
        found = _found(Counter(w for w in tokens if w in SMALL_WORDS).items())
        if found.weight >= 0.5 and found.weight > 1.3 * found.second:
            votes[found.best] += len(turn)
    best = max(range(len(votes)), key=votes.__getitem__)
    rest = max(v for i, v in enumerate(votes) if i != best)
    if votes[best] >= 5 and votes[best] >= 1.15 * rest:
        return Derived(LANGUAGES[best], "small words, message by message", round(votes[best] / sum(votes), 3))
    if rest:
        return None
    return _of_words(doc, [w for turn in doc.turns[:_TURNS_READ] for w in words(turn)])


def _of_words(doc: Doc, tokens: list[str]) -> Derived | None:
    counts = Counter(tokens)
    found = _found((word, counts[word]) for word in counts.keys() & _SMALL)
    if found.total >= 4 and found.weight >= 2.2 * found.second and found.total >= 0.12 * len(tokens):
        return found.said("small words")
    if found.total >= 8 and found.second >= 0.55 * found.weight:
        return None  # two languages side by side
    return _by_labels(counts) or _by_model(doc, len(tokens), found.total) or _by_few(found, len(tokens))


def _found(counted: Iterable[tuple[str, int]]) -> _Found:
    """Return what small words say; a word of several languages is shared out."""
    votes = [(SMALL_WORDS[word], count if len(word) > 1 else LETTER) for word, count in counted]
    weights = [0.0] * len(LANGUAGES)
    for of, count in votes:
        share = count / len(of)
        for i in of:
            weights[i] += share
    best = max(range(len(weights)), key=weights.__getitem__)
    others = [0.0] * len(LANGUAGES)
    for of, count in votes:
        if best not in of:
            for i in of:
                others[i] += count / len(of)
    return _Found(weights, best, weights[best], max(others), sum(weights))


def _by_few(found: _Found, count: int) -> Derived | None:
    """Decide a text of few words by one or two of them, if these are no smaller part of it than chance would put into any list of names."""
    if found.weight >= (2 if found.second else 1) and found.weight >= max(2 * found.second, 0.06 * count):
        return Derived(LANGUAGES[found.best], "few small words", 0.6)
    return None


def _by_labels(counts: Counter[str]) -> Derived | None:
    """Decide by days, months and the names of columns, beside what few small words there are: by the words that only one of the first two has."""
    words_of = [(SMALL_WORDS[w], 0.5 * n if len(w) > 1 else LETTER) for w, n in counts.items() if w in SMALL_WORDS]
    words_of += [(LABEL_WORDS[w], 1.0) for w in counts if w in LABEL_WORDS]
    weights = [0.0] * len(LANGUAGES)
    for of, weight in words_of:
        for i in of:
            weights[i] += weight / len(of)
    best, second = sorted(range(len(weights)), key=weights.__getitem__)[:-3:-1]
    only = sum(weight for of, weight in words_of if best in of and second not in of)
    other = sum(weight for of, weight in words_of if second in of and best not in of)
    if weights[best] >= 1.5 and only >= 1 and only >= 1.5 * other:
        return Derived(LANGUAGES[best], "labels and months", 0.7)
    return None


def _by_model(doc: Doc, count: int, total: float) -> Derived | None:
    """Ask the trained identifier, whose import is slow: only for running text that has the small words of no known language."""
    if count < _MODEL_WORDS or total > 0.08 * count:
        return None
    firsts = _FIRST_LETTER.findall(doc.text[:_MODEL_CHARS])
    if sum(map(str.isupper, firsts)) > 0.4 * len(firsts):  # lists of names and headings are in no language
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    global _MODEL
    if _MODEL is None:
        _MODEL = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    code, probability = _MODEL.classify(" ".join(doc.said.split())[:_MODEL_CHARS])
    return Derived(str(code), "py3langid", round(float(probability), 3)) if float(probability) >= 0.9 else None


_MODEL = None
