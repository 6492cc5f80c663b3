"""Text made comparable without moving a single offset: lower case, no accents, one character for one character."""
from __future__ import annotations

import re
import unicodedata

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_PLAIN = {"ß": "s", "ø": "o", "æ": "a", "œ": "o", "đ": "d", "ł": "l", "ð": "d", "þ": "t", "’": "'", "‘": "'", "ʼ": "'", "´": "'",
          "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
          "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u200e": " ", "\u200f": " ", "\ufeff": " "}
_WRAPPED = re.compile(r"(?<=[^\n.:;!?|])\n(?=[^\W_]|[(\"'€£$])")
_PROSE_CHARS = 55
_WORD = re.compile(r"[^\W_]+")
_NO_WORD = {n: " " for n in range(128) if not chr(n).isalnum()}


def _plain(character: str) -> str:
    """Return one character for one: without its accent, typographic quotes, dashes and blanks as their ASCII ones."""
    known = _PLAIN.get(character)
    if known is None:
        known = unicodedata.normalize("NFD", character)[0]
        _PLAIN[character] = known
    return known


def fold(text: str) -> str:
    """Return the text in lower case without accents; the length is unchanged, so offsets into it are offsets into `text`."""
    low = text.lower()
    if len(low) != len(text):  # a few capitals (U+0130) become two characters
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low if low.isascii() else _NOT_ASCII.sub(lambda m: _plain(m[0]), low)


def flowed(text: str) -> str:
    """Return a text with a blank for every line break at which running text was wrapped; offsets hold.

    A line is taken for wrapped when it is long, does not end a sentence, and the next one begins with a word.
    """
    if "\n" not in text:
        return text

    def joined(m: re.Match[str]) -> str:
        return " " if m.start() - text.rfind("\n", 0, m.start()) > _PROSE_CHARS else "\n"

    return _WRAPPED.sub(joined, text)


def words(folded: str) -> list[str]:
    """Return the words of a folded text: runs of letters and digits."""
    return folded.translate(_NO_WORD).split() if folded.isascii() else _WORD.findall(folded)


def vocabulary(listed: str) -> frozenset[str]:
    """Return the words of a list written as one text, separated by blanks."""
    return frozenset(listed.split())


def word_places(folded: str) -> list[tuple[str, int, int]]:
    """Return the words of a folded text with their offsets."""
    return [(m[0], m.start(), m.end()) for m in _WORD.finditer(folded)]


def spellings(word: str) -> set[str]:
    """Return the folded forms under which a written word may be met: with its accents dropped, and with German umlauts spelled out or not.

    `Fährmann` and `Faehrmann` meet in `fahrmann` and `faehrmann`; `Straße` and `Strasse` in `strase` and `strasse`.
    """
    low = word.lower()
    out = {fold(low)}
    spelled = low.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    out.add(fold(spelled))
    for form in tuple(out):
        out.add(form.replace("ae", "a").replace("oe", "o").replace("ue", "u"))
        out.add(form.replace("ss", "s"))
    return out
