"""The grammar of Rich Text (RTF 1.9.1, "RTF Syntax"): groups, control words and characters, told to a sink with where they belong."""
from __future__ import annotations

import codecs
import functools
import re
from dataclasses import dataclass
from typing import Protocol

from ingest.extract.base import CannotRead

Aim = str
"""Where words go: "text", "header", "footer", "deleted", "picture", "created", "nothing", or the name of a property."""

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|((?:\\'[0-9a-fA-F]{2})+)|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL)
_WORD, _NUMBERED, _HEXED, _SYMBOL, _BRACE, _PLAIN = range(1, 7)
"""Which group of the expression a token ended in."""
_INERT = re.compile(rb"(?>(?:[^{}\\]++|(?!\\bin\d)\\[\s\S]){0,9999})(?:([{}])|\\bin(\d{1,10}) ?)?")
"""What stands up to the next brace, in a group of which nothing is read, or up to bytes that are counted and not spelt, or a good part of it.

An atomic group, no possessive repeat of what may fail half-way: Python before 3.11.5 goes on from the half (gh-106052). It keeps a place
for every turn until it ends, hence their number."""
_FONT = re.compile(rb"\\(f|fcharset|cpg)(-?\d{1,10})(?!\d)")
_DEPTH_MAX = 2000

_PASSED = frozenset(b"colortbl stylesheet listtable listoverridetable rsidtbl generator xmlnstbl mmathPr filetbl revtbl pgdsctbl themedata "
                    b"colorschememapping datastore latentstyles pntext pntxta pntxtb nonshppict objdata objclass objname fldinst bkmkstart bkmkend xe "
                    b"tc txe rxe fontemb background blipuid picprop userprops docvar wgrffmtfilter ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn "
                    b"panose falt sp atnref atndate atntime atnicn atrfstart atrfend template passwordhash ud".split())
_KEPT_STARRED = frozenset(b"shppict shpinst footnote annotation atnauthor atnid nesttableprops hlinkbase result shptxt".split())
_PROPERTIES = {b"title": "dc:title", b"subject": "dc:subject", b"author": "dc:creator", b"company": "app:Company", b"keywords": "cp:keywords",
               b"doccomm": "dc:description", b"operator": "cp:lastModifiedBy", b"manager": "app:Manager"}
_SIGNS = {b"line": "\n", b"softline": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
          b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ", b"qmspace": " "}
_ENDS = frozenset((b"par", b"sect", b"page", b"column"))
_CELLS, _ROWS = frozenset((b"cell", b"nestcell")), frozenset((b"row", b"nestrow"))
_OPENING = frozenset(b"fonttbl info creatim pict footnote annotation atnauthor atnid header headerl headerr headerf footer footerl footerr footerf "
                     b"ansicpg mac pc pca yr mo dy hr min pngblip jpegblip".split()) | _PROPERTIES.keys()
_MEANT = _OPENING | _PASSED | _SIGNS.keys() | _ENDS | _CELLS | _ROWS | frozenset(b"u f uc intbl pard plain v deleted".split())
"""The words that change anything; most say how letters look and are passed over."""
_MARKS = {b"~": "\u00a0", b"_": "-"}
_CHARSETS = {0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
             186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850}
_NAMED = {10000: "mac_roman", 1361: "johab", 65001: "utf-8", 936: "gb18030", 708: "iso8859_6"}


class Sink(Protocol):
    """Takes what the grammar gives."""

    def words(self, text: str, aim: Aim) -> None: ...
    def paragraph(self, aim: Aim, in_table: bool) -> None: ...
    def cell(self, aim: Aim) -> None: ...
    def row(self, aim: Aim) -> None: ...
    def closed(self, aim: Aim) -> None: ...
    def picture(self, kind: str, hexed: bytes) -> None: ...
    def moment(self, part: str, number: int) -> None: ...


@functools.cache
def codec_of_page(page: int) -> str:
    """Return Python's codec of a code page, Windows-1252 for an unknown one."""
    try:
        return codecs.lookup(_NAMED.get(page, f"cp{page}")).name
    except LookupError:
        return "cp1252"


@dataclass(slots=True)
class _State:
    """What a group inherits and its end undoes. `opened`: the aim that this very group opened; `ends`: what is written at its end."""
    aim: Aim = "text"
    codec: str = "cp1252"
    skip: int = 1
    hidden: bool = False
    deleted: bool = False
    table: bool = False
    info: bool = False
    starred: bool = False
    opened: Aim = ""
    ends: str = ""


class Parser:
    """Reads one document into a sink. What makes no sense is passed over; `cut` says that the end was missing."""

    def __init__(self, content: bytes, sink: Sink) -> None:
        self._content, self._sink = content, sink
        self.cut = self._ended = False
        self._stack: list[_State] = []
        self._passed = -1
        self._state = _State()
        self._pending = bytearray()
        self._fonts: dict[int, str] = {}
        self._default = "cp1252"
        self._left_out = 0
        self._high = 0
        self._picture = bytearray()
        self._picture_kind = ""

    def read(self) -> None:
        """Raises CannotRead(over_limit) for groups too deep in each other."""
        content, at, size = self._content, 0, len(self._content)
        while at < size and not self._ended:
            at = self._tokens(content, at)
        self.cut = bool(self._stack) and not self._ended
        self._flush()

    def _tokens(self, content: bytes, at: int) -> int:
        """Read on from `at`, and return where to read on when something was passed over as a whole, else the end."""
        for token in _TOKEN.finditer(content, at):
            kind = token.lastindex
            if kind == _PLAIN:
                self._plain(token[_PLAIN])
            elif kind in (_WORD, _NUMBERED):
                word, number = token[_WORD], token[_NUMBERED] if kind == _NUMBERED else None
                if word in _MEANT:
                    self._flush()
                    self._passed = -1
                    self._word(word, None if number is None else int(number), token.end())
                    self._state.starred = False
                    if self._passed >= 0:
                        return self._passed
                elif word == b"bin" and number is not None:
                    return token.end() + max(0, int(number))
                elif self._state.starred:
                    self._state.starred = False
                    if word not in _KEPT_STARRED:
                        self._flush()
                        self._state.aim = "nothing"
                        if len(self._stack) > 1:
                            return self._group_end(token.end())
            elif kind == _BRACE:
                self._flush()
                if token[_BRACE] == b"{":
                    self._open()
                elif self._close():
                    break
            elif kind == _HEXED:
                self._hexed(token[_HEXED])
            elif kind == _SYMBOL:
                self._symbol(token[_SYMBOL])
        return len(content)

    def _open(self) -> None:
        if len(self._stack) >= _DEPTH_MAX:
            raise CannotRead("over_limit", f"Its groups lie deeper in each other than {_DEPTH_MAX}.")
        s = self._state
        self._stack.append(s)
        self._state = _State(s.aim, s.codec, s.skip, s.hidden, s.deleted, s.table, s.info)

    def _group_end(self, at: int) -> int:
        """Return where the brace stands that closes the group in which `at` lies, the end of the document without one."""
        content, depth, limit = self._content, 1, _DEPTH_MAX + 1 - len(self._stack)
        while depth:
            found = _INERT.match(content, at)
            if found is None or found.end() == at:
                return len(content)
            at = found.end()
            if not found.lastindex:
                continue
            if found.lastindex == 2:
                at += int(found[2])
            elif found[1] == b"{":
                depth += 1
                if depth > limit:
                    raise CannotRead("over_limit", f"Its groups lie deeper in each other than {_DEPTH_MAX}.")
            else:
                depth -= 1
        return at - 1

    # ------------------------------------------------------------ characters

    def _plain(self, plain: bytes) -> None:
        if self._left_out:
            taken = min(self._left_out, len(plain))
            self._left_out -= taken
            plain = plain[taken:]
        if self._state.aim == "picture":
            self._picture += plain
        else:
            self._pending += plain

    def _hexed(self, run: bytes) -> None:
        """Take bytes that are spelt \\'e4."""
        spelt = bytes.fromhex(run.decode("ascii").replace("\\'", ""))
        if self._left_out:
            taken = min(self._left_out, len(spelt))
            self._left_out -= taken
            spelt = spelt[taken:]
        self._pending += spelt

    def _flush(self) -> None:
        if self._pending:
            words = bytes(self._pending)
            self._pending.clear()
            self._say(words.decode("ascii") if words.isascii() else words.decode(self._state.codec, "replace"))

    def _say(self, text: str) -> None:
        state = self._state
        if state.aim == "nothing" or state.hidden or state.aim == "picture" or not text:
            return
        self._sink.words(text, "deleted" if state.deleted and state.aim == "text" else state.aim)

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._state.starred = True
        elif symbol in (b"\\", b"{", b"}"):
            self._plain(symbol)
        elif symbol in (b"\n", b"\r"):
            self._flush()
            self._sink.paragraph(self._state.aim, self._state.table)
        elif symbol in _MARKS:
            self._flush()
            self._say(_MARKS[symbol])

    def _unicode(self, number: int) -> None:
        self._left_out = self._state.skip
        code = number & 0xFFFF if number < 0 else number
        if 0xF020 <= code <= 0xF0FF:  # in a font of symbols
            code -= 0xF000
        high, self._high = self._high, 0
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                self._say(chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00))
        elif code < 0x110000:
            self._say(chr(code))

    # ------------------------------------------------------------ control words

    def _word(self, word: bytes, number: int | None, end: int) -> None:
        """Do what a word says that stands before `end`; `_passed` is then where to read on, when a group is passed over with it."""
        state = self._state
        if word == b"u":
            if number is not None:
                self._unicode(number)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in _ENDS:
            if not state.hidden and not state.deleted:
                self._sink.paragraph(state.aim, state.table)
        elif word in _CELLS:
            self._sink.cell(state.aim)
        elif word in _ROWS:
            self._sink.row(state.aim)
        elif word == b"f":
            if number is not None:
                state.codec = self._fonts.get(number) or self._default
        elif word == b"uc":
            state.skip = max(0, min(1 if number is None else number, 100))
        elif word == b"intbl":
            state.table = True
        elif word == b"pard":
            state.table = False
        elif word == b"plain":
            state.hidden = state.deleted = False
        elif word == b"v":
            state.hidden = number != 0
        elif word == b"deleted":
            state.deleted = number != 0
        elif word in _PASSED or (state.starred and word not in _KEPT_STARRED):
            state.aim = "nothing"
            if len(self._stack) > 1 and word != b"pgdsctbl":  # the descriptions of pages may hold their headers
                self._passed = self._group_end(end)
        elif word == b"fonttbl":
            self._passed = self._group_end(end)
            self._name_fonts(self._content[end:self._passed])
        elif not self._opens(word, state):
            self._charsets(word, number, state)

    def _name_fonts(self, table: bytes) -> None:
        """Take from a table of fonts in which code page the bytes of each are."""
        font = 0
        for word, digits in _FONT.findall(table):
            number = int(digits)
            if word == b"f":
                font = number
            elif word == b"cpg":
                self._fonts[font] = codec_of_page(number)
            else:
                page = _CHARSETS.get(number, 0)
                self._fonts[font] = codec_of_page(page) if page else ""

    def _charsets(self, word: bytes, number: int | None, state: _State) -> None:
        if word == b"ansicpg" and number is not None:
            self._default = state.codec = codec_of_page(number)
        elif word in (b"mac", b"pc", b"pca"):
            self._default = state.codec = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}[word]
        elif state.aim == "created" and word in (b"yr", b"mo", b"dy", b"hr", b"min") and number is not None:
            self._sink.moment(word.decode(), number)
        elif state.aim == "picture" and word in (b"pngblip", b"jpegblip"):
            self._picture_kind = "png" if word == b"pngblip" else "jpg"

    def _opens(self, word: bytes, state: _State) -> bool:
        """Turn a group to the destination that a word names; False for a word that names none."""
        if word == b"info":
            state.info, state.aim = True, "nothing"
        elif state.info and word in _PROPERTIES:
            state.aim = _PROPERTIES[word]
        elif state.info and word == b"creatim":
            state.aim = "created"
        elif word == b"pict":
            if state.aim != "nothing":
                state.aim = state.opened = "picture"
                self._picture.clear()
                self._picture_kind = ""
        elif word.startswith((b"header", b"footer")) and word[6:] in (b"", b"l", b"r", b"f"):
            state.aim = state.opened = word[:6].decode()
        elif word == b"footnote":
            self._say(" [")
            state.ends = "]"
        elif word == b"annotation":
            self._say(" [Comment: ")
            state.ends = "]"
        elif word == b"atnauthor":
            self._say(" [Comment by ")
            state.ends = "]"
        elif word == b"atnid":
            state.aim = "nothing"
        else:
            return False
        return True

    def _close(self) -> bool:
        """End a group, and say whether it was the last: what follows its brace is no text."""
        state = self._state
        if state.ends:
            self._say(state.ends)
        if state.opened == "picture" and self._picture_kind and self._picture:
            self._sink.picture(self._picture_kind, bytes(self._picture).translate(None, b" \t\r\n"))
            self._picture.clear()
        elif state.opened:
            self._sink.closed(state.opened)
        self._left_out = 0
        if self._stack:
            self._state = self._stack.pop()
        self._ended = not self._stack
        return self._ended
