"""From HTML to lines of text, in one pass over the tags and without a tree.

A tree costs up to forty times the size of the file and time that grows with the square of the depth of nesting (docs/formats.md,
"HTML"); for text neither is needed.  Block elements begin a line, paragraphs are set off by a blank one, cells by a tab; what is not
shown (script, style, comments) is dropped.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BREAK = _names("br div li tr dt dd section article header footer nav aside main form fieldset figcaption option address summary "
                "details caption thead tbody tfoot center body optgroup legend hr")
_PARAGRAPH = _names("p h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure")
_CELL = frozenset(("td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN = frozenset(("script", "style", "template", "noscript", "svg", "math", "object", "iframe"))
_RAW = frozenset(("script", "style", "title", "textarea", "xmp"))
_IS_PASSED, _IS_BREAK, _IS_CELL, _IS_PARAGRAPH, _IS_RAW, _IS_HIDDEN, _IS_META = range(7)
_KINDS = {name: kind for names, kind in ((_names("a b i u em strong span font img input link label small sup sub o:p html head button"), _IS_PASSED),
                                         (_BREAK, _IS_BREAK), (_PARAGRAPH, _IS_PARAGRAPH), (_CELL, _IS_CELL), (_HIDDEN, _IS_HIDDEN), (_RAW, _IS_RAW),
                                         (("meta",), _IS_META)) for name in names}
"""What is done about an element: nothing about those that do not stand here, as about the commonest of them, which do."""
_NAME = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:_-]*)")
_BLANKS = " \t\n\f\r"
_SPACES = re.compile(f"[{_BLANKS}]+")
_WORDS_AND_TAG = re.compile(r"""([^<]*+)(?:<(/?)([a-zA-Z][a-zA-Z0-9:_-]*+)([^<>"']*+(?>(?:(?<=[= \t\n\r])(?:"[^"<>]*+"|'[^'<>]*+')[^<>"']*+)*))>)?""")
"""Words and the tag behind them, as nearly all are written; a tag that it does not match is looked at step by step.
(Why an atomic group: see `rtf_words`.)"""
_ATTRIBUTE = re.compile(r"([a-zA-Z_:-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)")
_ATTRIBUTES_CHARS = 8192


@dataclass(frozen=True, slots=True)
class Shown:
    """What a reader of the page sees. `headings` and `quotes` (blockquote) are offsets into the text; `meta` the named meta elements."""
    text: str
    title: str
    meta: tuple[tuple[str, str], ...]
    headings: tuple[tuple[int, int], ...]
    quotes: tuple[tuple[int, int], ...]


class _Lines:
    """Text as it grows: blanks are folded, line ends are owed until something is shown."""
    __slots__ = ("_gap", "_owed", "kept", "length", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length, self._owed, self._gap, self.kept = 0, 0, "", 0

    def say(self, text: str) -> None:
        after = ""
        if not self.kept:
            bare = text.strip(_BLANKS)
            if not bare:
                if text and not self._gap:
                    self._gap = " "
                return
            if not self._gap and text[0] in _BLANKS:
                self._gap = " "
            if text[-1] in _BLANKS:
                after = " "
            text = " ".join(bare.split()) if bare.isascii() else _SPACES.sub(" ", bare)
        elif not text:
            return
        if self.length:
            before = "\n" * self._owed if self._owed else self._gap
            if before:
                self.parts.append(before)
                self.length += len(before)
        self._owed, self._gap = 0, after
        self.parts.append(text)
        self.length += len(text)

    def end_line(self, lines: int) -> None:
        if lines > self._owed:
            self._owed = lines
        self._gap = ""

    def cell(self) -> None:
        if not self._owed:
            self._gap = "\t"

    @property
    def next_start(self) -> int:
        """Return where the next word will stand."""
        return self.length + (self._owed or len(self._gap)) if self.length else 0


def _tag_end(text: str, start: int, quotes_left: dict[str, int]) -> int:
    """Return the position of the ">" that ends the tag at `start`, -1 when nothing does. ">" inside a quoted value does not count.

    `quotes_left` remembers the last quote of each kind in the text, so that a lost quote costs no search to the end each time.
    """
    end = text.find(">", start)
    if end < 0 or (text.find('"', start, end) < 0 and text.find("'", start, end) < 0):
        return end
    at = start
    while True:
        double, single = text.find('"', at, end), text.find("'", at, end)
        if double < 0 and single < 0:
            return end
        quote, opened = ('"', double) if single < 0 or 0 <= double < single else ("'", single)
        if text[opened - 1:opened] not in "= \t\n\r":
            at = opened + 1  # an apostrophe in a broken tag opens nothing
            continue
        closed = text.find(quote, opened + 1, min(quotes_left[quote] + 1, opened + 100_000))
        if closed < 0:
            return end
        at = closed + 1
        if closed > end:
            end = text.find(">", at)
            if end < 0:
                return -1


def _raw_end(html: str, name: str, at: int) -> tuple[int, int]:
    """Return where the end tag of an element stands that holds no tags, and where what follows begins; (-1, -1) without one."""
    size = len(name)
    while (at := html.find("</", at)) >= 0:
        at += 2
        behind = html[at + size:at + size + 1]
        if html[at:at + size].lower() == name and not (behind.isalnum() or behind == "_"):
            closed = html.find(">", at + size)
            return (-1, -1) if closed < 0 else (at - 2, closed + 1)
    return -1, -1


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes in the inside of a tag, names in lower case."""
    return {name.lower(): unescape(value.strip("\"'")) for name, value in _ATTRIBUTE.findall(tag[:_ATTRIBUTES_CHARS])}


def show(html: str) -> Shown:
    """Return what an HTML page shows. Never raises; takes time and memory that grow with the length only."""
    lines, title, meta = _Lines(), "", list[tuple[str, str]]()
    headings, quotes, open_quotes, heading_at = list[tuple[int, int]](), list[tuple[int, int]](), list[int](), -1
    quotes_left = {'"': html.rfind('"'), "'": html.rfind("'")}
    last_comment = html.rfind("-->")  # beyond it nothing is searched for, or many open comments would cost the square of their number
    size, hidden, depth, at = len(html), "", 0, 0
    tags = _WORDS_AND_TAG.finditer(html)
    while True:
        tag = next(tags)
        words, slash, name, inside = tag.groups()
        if words and not hidden:
            lines.say(_unescaped(words) if "&" in words or "\xa0" in words else words)
        if name is None:
            if tag.end() >= size:
                break
            said, slash, name, inside, at = _unusual(html, tag.end(), last_comment, quotes_left)
            if said and not hidden:
                lines.say(_unescaped(said))
            tags = _WORDS_AND_TAG.finditer(html, at)
        kind = _KINDS.get(name)
        if kind is None:
            name = name.lower()
            kind = _KINDS.get(name, _IS_PASSED)
        if hidden:
            if name == hidden:
                depth += -1 if slash else 1
                hidden = hidden if depth else ""
        elif kind == _IS_PASSED:
            continue
        elif kind == _IS_BREAK:
            lines.end_line(1)
        elif kind == _IS_CELL:
            if not slash:
                lines.cell()
        elif kind == _IS_RAW and not slash:
            at = at if tag[3] is None else tag.end()
            ended, behind = _raw_end(html, name, at)
            kept = html[at:ended] if ended >= 0 else html[at:]
            if name == "title":
                title = title or _SPACES.sub(" ", unescape(kept[:2000])).strip()
            elif name in ("textarea", "xmp"):
                lines.end_line(1)
                lines.say(_unescaped(kept))
            if ended < 0:  # the rest is in it
                break
            tags = _WORDS_AND_TAG.finditer(html, behind)
        elif kind == _IS_PARAGRAPH:
            if name == "blockquote":
                if not slash:
                    lines.end_line(2)
                    open_quotes.append(lines.next_start)
                elif open_quotes and (start := open_quotes.pop()) < lines.length and not open_quotes:
                    quotes.append((start, lines.length))
            elif name in _HEADINGS:
                if not slash:
                    lines.end_line(2)
                    heading_at = lines.next_start
                elif 0 <= heading_at < lines.length:
                    headings.append((heading_at, lines.length))
                    heading_at = -1
            elif name == "pre":
                lines.end_line(2)
                lines.kept = max(0, lines.kept + (-1 if slash else 1))
            lines.end_line(2)
        elif kind == _IS_HIDDEN:
            if not slash and not inside.endswith("/"):
                hidden, depth = name, 1
        elif kind == _IS_META and not slash and len(meta) < 100:
            found = attributes(inside)
            key = found.get("name") or found.get("property")
            if key and found.get("content"):
                meta.append((key[:100], found["content"][:2000]))
    if open_quotes and open_quotes[0] < lines.length:
        quotes.append((open_quotes[0], lines.length))
    return Shown("".join(lines.parts), title, tuple(meta), tuple(headings), tuple(quotes))


def _unusual(html: str, at: int, last_comment: int, quotes_left: dict[str, int]) -> tuple[str, str, str, str, int]:
    """Return what the "<" at `at` begins: words to be shown; slash, name and inside of a tag, "" for what is none; and where to read on."""
    if html.startswith("<!--", at):
        closed = html.find("-->", at + 4) if at + 4 <= last_comment else -1
        if closed >= 0:
            return "", "", "", "", closed + 3
        closed = html.find(">", at + 4)  # an unclosed comment ends at the first ">", as browsers of old did: better too much than nothing
        return "", "", "", "", len(html) if closed < 0 else closed + 1
    named = _NAME.match(html, at + 1)
    if named is None:
        if html[at + 1:at + 2] not in ("!", "?", "/"):
            return "<", "", "", "", at + 1
        closed = html.find(">", at)
        return "", "", "", "", len(html) if closed < 0 else closed + 1
    closed = _tag_end(html, named.end(), quotes_left)
    if closed < 0:
        return html[named.end():], "", "", "", len(html)
    return "", named[1], named[2], html[named.end():closed], closed + 1


def _unescaped(text: str) -> str:
    """Return words with the characters that stand for references to them; blanks that do not break are blanks."""
    if "&" in text:
        text = text.replace("&nbsp;", " ")
        if "&" in text:
            text = unescape(text)
    return text.replace("\xa0", " ")
