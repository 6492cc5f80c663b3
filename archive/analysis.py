"""Analysis: how text becomes tokens. Done once, here, in front of every engine, so that all engines hold the same tokens.

A *word* is a run of letters, digits and the marks that belong to them; everything else separates, the underscore too.  Characters of
Chinese and Japanese that are written without blanks are words of their own (UAX #29 treats them alike).  A word is put into NFKC
and lower case, stemmed by the language of the document (Snowball: en, de, fr, es; no stemming else), and then loses its accents;
the *exact* stream leaves out the stemming.  So an identifier is several tokens in a row (`INV-25-0331` -> `inv 25 0331`, `14.2` ->
`14 2`, `j.doe@okv.example` -> `j doe okv example`), and to look for it is to look for that phrase: `INV 25/0331` is found as well,
and `5.000` finds `5,000`.  Tokens are cut at 64 characters.  `ANALYSIS_VERSION` stands in the meta data of every index: another
version means another stream, so that the index must be rebuilt.  Sources: UAX #15 (NFKC), UAX #29, Snowball 3 (PyStemmer).
"""
from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from mappings import analysis as settings

STEMMED = settings().stemmed_languages
"""Languages (ISO 639-1) whose words are stemmed, and the Snowball algorithm for each."""

ANALYSIS_VERSION = f"2+snowball-{Stemmer.version()}"
"""Number of these rules and of how engines hold their streams (`archive.streams`), and the version of the stemmer whose tables they use."""

TOKEN_CHARS = settings().token_chars
KEYWORD_CHARS = settings().keyword_chars
_CACHE_WORDS = 100_000
_NAME_CHARS = 200
"""Names of people come again and again."""
_SCAN_CHARS = 30_000

# What cannot be seen as a letter by `\w` but belongs to the word: combining marks of the scripts in use.
_MARKS = ("\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
          "\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0b82\u0bbe-\u0bcd\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
          "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff")
_VOICED = "\u3099\u309a"
_SINGLE = "\u3040-\u3098\u309d-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(f"[{_SINGLE}][{_VOICED}]?|(?:[^\\W_{_SINGLE}]|[{_MARKS}])+")

# Most texts have neither marks nor such characters, and are cut twice as fast without asking for them.
_SPECIAL = re.compile(f"[{_SINGLE}{_VOICED}{_MARKS}]")
_PLAIN_WORD = re.compile(r"[^\W_]+")

_ALONE = re.compile(f"[{_SINGLE}]")

_ASCII = bytes(ord(chr(b).lower()) if chr(b).isascii() and chr(b).isalnum() else 0x20 for b in range(256))
_UNACCENTED = dict.fromkeys(range(0x300, 0x370))
_PLAIN_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
                                "þ": "th", "ŋ": "n", "ς": "σ"})


def fold(word: str) -> str:
    """Return the word in NFKC and lower case, without accents on its letters (`Édith` -> `edith`, `Straße` -> `strasse`)."""
    if word.isascii():
        return word.lower()
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", word).lower())
    return unicodedata.normalize("NFC", lowered.translate(_UNACCENTED)).translate(_PLAIN_LETTERS)


def _cut(text: str) -> list[str]:
    """Return the words of a text in order."""
    return (_WORD if _SPECIAL.search(text) else _PLAIN_WORD).findall(text)


def key_of(value: str) -> str:
    """Return a name as it is compared when case, accents and blanks do not count: folded, blanks single, cut at KEYWORD_CHARS."""
    return " ".join(fold(value).split())[:KEYWORD_CHARS]


class _Words(dict[str, str]):
    """What each word becomes: tokens joined by blanks ("" when nothing is left). Remembers the words it met, up to a number."""

    def __init__(self, stem: Callable[[str], str] | None) -> None:
        super().__init__()
        self._stem = stem

    def __missing__(self, word: str) -> str:
        if len(self) >= _CACHE_WORDS:
            self.clear()
        self[word] = out = self._analyse(word)
        return out

    def _analyse(self, word: str) -> str:
        if word.isascii():
            lowered = word.lower()[:TOKEN_CHARS]
            return lowered if self._stem is None or len(lowered) >= TOKEN_CHARS else self._stem(lowered) or lowered
        # NFKC may turn one word into several (`½` -> `1⁄2`) or into none that could be a token.
        parts = _WORD.findall(unicodedata.normalize("NFKC", word).lower())
        if self._stem is not None:
            parts = [part if len(part) >= TOKEN_CHARS else self._stem(part) or part for part in parts]
        folded = (token for part in parts for token in _WORD.findall(fold(part)))
        return " ".join(token[:TOKEN_CHARS] for token in folded)


_EXACT = _Words(None)
_STEMS: dict[str, _Words] = {}


def _words(language: str | None) -> _Words:
    code = (language or "")[:2].lower() if language and (len(language) == 2 or language[2] in "-_") else ""
    if code not in STEMMED:
        return _EXACT
    if code not in _STEMS:
        # The cache is ours; that of the stemmer would be a second one.
        _STEMS[code] = _Words(Stemmer.Stemmer(STEMMED[code], 0).stemWord)
    return _STEMS[code]


def analyse_both(text: str, language: str | None) -> tuple[str, str]:
    """Return both streams of a text, stemmed and exact, each as tokens joined by blanks. Position n is the same word in both."""
    stems = _words(language)
    if text.isascii():
        exact = text.encode("ascii").translate(_ASCII).decode("ascii").split()
        if max(map(len, exact), default=0) > TOKEN_CHARS:
            exact = [token[:TOKEN_CHARS] for token in exact]
            return " ".join(map(_stems_of_cut(stems), exact)), " ".join(exact)
        joined = " ".join(exact)
        return joined if stems is _EXACT else " ".join(map(stems.__getitem__, exact)), joined
    words = _cut(text)
    joined = " ".join(filter(None, map(_EXACT.__getitem__, words)))
    return joined if stems is _EXACT else " ".join(filter(None, map(stems.__getitem__, words))), joined


def _stems_of_cut(stems: _Words) -> Callable[[str], str]:
    """Words that had to be cut are not stemmed, nor remembered; the others are."""
    return lambda token: token if len(token) >= TOKEN_CHARS else stems[token]


def analyse(text: str, language: str | None) -> str:
    """Return the stemmed stream of a text: tokens joined by blanks."""
    return analyse_both(text, language)[0]


def analyse_exact(text: str) -> str:
    """Return the exact stream of a text: tokens joined by blanks, folded and not stemmed."""
    return _known_exact(text) if len(text) <= _NAME_CHARS else analyse_both(text, None)[1]


@lru_cache(1 << 14)
def _known_exact(text: str) -> str:
    return analyse_both(text, None)[1]


def surfaces(text: str) -> set[str]:
    """Return the different words of a text as written."""
    return set(_cut(text))


def stream(language: str | None) -> Mapping[str, str]:
    """Return what gives each word as written its tokens joined by blanks: `stream("de")["Kündigungen"]`; None: the exact stream."""
    return _words(language)


def is_token(text: str) -> bool:
    """Say whether a folded text has only what a token may have: letters, digits and the marks that belong to them."""
    return all(map(_WORD.fullmatch, text))


def places(text: str, words: Collection[str], start: int, end: int) -> list[tuple[int, int, str]]:
    """Return where these words (as `surfaces` gives them) stand in a stretch of the text: first, last, word; in order."""
    if end - start < _SCAN_CHARS:
        # Going through every word costs less than a pattern made for these ones.
        found = (_WORD if _SPECIAL.search(text, start, end) else _PLAIN_WORD).finditer(text, start, end)
        return [(met.start(), met.end(), word) for met in found if (word := met.group()) in words]
    return [(met.start(), met.end(), met.group()) for met in _finder(words).finditer(text, start, end)]


def _finder(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds exactly these words, as written, as words of their own."""
    single: list[str] = []
    several: list[str] = []
    for word in sorted(words, key=len, reverse=True):
        (single if _ALONE.match(word) else several).append(re.escape(word))
    alone = f"(?:{'|'.join(single)})(?![{_VOICED}])" if single else ""
    runs = f"(?<![^\\W_{_SINGLE}])(?<![{_MARKS}])(?:{'|'.join(several)})(?![{_MARKS}]|[^\\W_{_SINGLE}])" if several else ""
    return re.compile("|".join(part for part in (alone, runs) if part) or r"(?!)")


@dataclass(frozen=True, slots=True)
class Span:
    """A token and the word that it stands for: `text[start:end]`, offsets in code points."""
    token: str
    start: int
    end: int


def spans(text: str, language: str | None, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Return the tokens of `analyse(text, language)` with the places of their words, in order; `language` None for the exact stream."""
    words = _words(language)
    for met in _WORD.finditer(text, start, len(text) if end is None else end):
        first, last = met.span()
        for token in words[met.group()].split(" "):
            if token:
                yield Span(token, first, last)


def variants(word: str) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which a word can stand in the stemmed stream: its tokens by each stemmer and unstemmed, without repeats.

    More than one token when the word is an identifier or has a hyphen; () when it has no letter or digit.
    """
    streams = [analyse(word, language) for language in (*STEMMED, None)]
    return tuple(dict.fromkeys(tuple(stream.split()) for stream in streams if stream))
