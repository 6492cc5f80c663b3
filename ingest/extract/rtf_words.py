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

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL)
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
    fonts: bool = False
    info: bool = False
    starred: bool = False
    opened: Aim = ""
    ends: str = ""


class Parser:
    """Reads one document into a sink. What makes no sense is passed over; `cut` says that the end was missing."""

    def __init__(self, content: bytes, sink: Sink) -> None:
        self._content, self._sink = content, sink
        self.cut = False
        self._state = _State()
        self._pending = bytearray()
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._default = "cp1252"
        self._left_out = 0
        self._high = 0
        self._picture = bytearray()
        self._picture_kind = ""

    def read(self) -> None:
        """Raises CannotRead(over_limit) for groups too deep in each other."""
        content, at, size, stack, match = self._content, 0, len(self._content), list[_State](), _TOKEN.match
        while at < size:
            token = match(content, at)
            if token is None:  # a backslash at the very end
                at += 1
                continue
            at = token.end()
            word, number, hexed, symbol, brace, plain = token.groups()
            if plain is not None:
                self._plain(plain)
            elif word is not None:
                if word == b"bin" and number is not None:
                    at += max(0, int(number))
                    continue
                self._flush()
                self._word(word, None if number is None else int(number))
                self._state.starred = False
            elif hexed is not None:
                if self._left_out:
                    self._left_out -= 1
                else:
                    self._pending.append(int(hexed, 16))
            elif symbol is not None:
                self._symbol(symbol)
            elif brace == b"{":
                self._flush()
                if len(stack) >= _DEPTH_MAX:
                    raise CannotRead("over_limit", f"Its groups lie deeper in each other than {_DEPTH_MAX}.")
                stack.append(self._state)
                s = self._state
                self._state = _State(s.aim, s.codec, s.skip, s.hidden, s.deleted, s.table, s.fonts, s.info)
            elif brace == b"}":
                self._flush()
                self._close()
                self._left_out = 0
                if not stack:
                    return
                self._state = stack.pop()
                if not stack:  # what follows the last brace is no text
                    return
        self.cut = bool(stack)
        self._flush()

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

    def _flush(self) -> None:
        if self._pending:
            words = bytes(self._pending)
            self._pending.clear()
            self._say(words.decode("ascii") if words.isascii() else words.decode(self._state.codec, "replace"))

    def _say(self, text: str) -> None:
        state = self._state
        if state.aim == "nothing" or state.hidden or state.fonts or state.aim == "picture" or not text:
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

    def _word(self, word: bytes, number: int | None) -> None:
        state = self._state
        if word == b"u" and number is not None:
            self._unicode(number)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in _ENDS:
            if not state.hidden and not state.deleted:
                self._sink.paragraph(state.aim, state.table)
        elif word in (b"cell", b"nestcell"):
            self._sink.cell(state.aim)
        elif word in (b"row", b"nestrow"):
            self._sink.row(state.aim)
        elif word == b"f" and number is not None:
            self._font = number
            if not state.fonts:
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
        elif not self._opens(word, state):
            self._charsets(word, number, state)

    def _charsets(self, word: bytes, number: int | None, state: _State) -> None:
        if word == b"fcharset" and state.fonts and number is not None:
            page = _CHARSETS.get(number, 0)
            self._fonts[self._font] = codec_of_page(page) if page else ""
        elif word == b"cpg" and state.fonts and number is not None:
            self._fonts[self._font] = codec_of_page(number)
        elif word == b"ansicpg" and number is not None:
            self._default = state.codec = codec_of_page(number)
        elif word in (b"mac", b"pc", b"pca"):
            self._default = state.codec = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}[word]
        elif state.aim == "created" and word in (b"yr", b"mo", b"dy", b"hr", b"min") and number is not None:
            self._sink.moment(word.decode(), number)
        elif state.aim == "picture" and word in (b"pngblip", b"jpegblip"):
            self._picture_kind = "png" if word == b"pngblip" else "jpg"

    def _opens(self, word: bytes, state: _State) -> bool:
        """Turn a group to the destination that a word names; False for a word that names none."""
        if word == b"fonttbl":
            state.fonts = True
        elif word == b"info":
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

    def _close(self) -> None:
        state = self._state
        if state.ends:
            self._say(state.ends)
        if state.opened == "picture" and self._picture_kind and self._picture:
            self._sink.picture(self._picture_kind, bytes(self._picture).translate(None, b" \t\r\n"))
            self._picture.clear()
        elif state.opened:
            self._sink.closed(state.opened)
