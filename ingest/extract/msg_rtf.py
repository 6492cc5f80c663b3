"""RTF as Outlook keeps it: compressed ([MS-OXRTFCP]), with the HTML or text that it was made from wrapped inside ([MS-OXRTFEX])."""
from __future__ import annotations

import re
import struct

from ingest.extract.base import CannotRead
from ingest.extract.msg_properties import codec_of_page

_DICTIONARY = (rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArialTimes New Roman"
               rb"Courier{\colortbl\red0\green0\blue0" b"\r\n" rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx")
_PACKED, _PLAIN = b"LZFu", b"MELA"


def unpacked(content: bytes, limit_bytes: int) -> bytes:
    """Return RTF unpacked ([MS-OXRTFCP] 3.1). Raises CannotRead: damaged, over_limit. A stream cut short gives what there is."""
    if len(content) < 16:
        raise CannotRead("damaged", "The compressed text is too short.")
    _, size, kind, _ = struct.unpack_from("<II4sI", content)
    if size > limit_bytes:
        raise CannotRead("over_limit", f"The text unpacks to {size} bytes; {limit_bytes} are allowed.")
    if kind == _PLAIN:
        return content[16:16 + size]
    if kind != _PACKED:
        raise CannotRead("damaged", "The text is packed in an unknown way.")
    window, at = bytearray(_DICTIONARY.ljust(4096, b"\0")), len(_DICTIONARY)
    out, position, end = bytearray(), 16, len(content)
    while position < end and len(out) <= size:
        control = content[position]
        position += 1
        for bit in range(8):
            if control >> bit & 1:
                if position + 1 >= end:
                    return bytes(out[:size])
                token = content[position] << 8 | content[position + 1]
                position += 2
                offset, length = token >> 4, (token & 15) + 2
                if offset == at:
                    return bytes(out[:size])
                for _ in range(length):
                    byte = window[offset]
                    offset = offset + 1 & 4095
                    window[at] = byte
                    at = at + 1 & 4095
                    out.append(byte)
            else:
                if position >= end:
                    return bytes(out[:size])
                byte = content[position]
                position += 1
                window[at] = byte
                at = at + 1 & 4095
                out.append(byte)
    return bytes(out[:size])


_TOKEN = re.compile(rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|(.))|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.DOTALL)
_SKIPPED = frozenset(b"fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable listoverridetable revtbl "
                     b"generator themedata colorschememapping latentstyles datastore xmlnstbl filetbl rsidtbl mmathPr fldinst bkmkstart bkmkend".split())
_SAID = {b"par": "\n", b"line": "\n", b"row": "\n", b"page": "\n", b"sect": "\n", b"tab": "\t", b"cell": "\t", b"lquote": "‘", b"rquote": "’",
         b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—", b"emspace": " ", b"enspace": " ", b"qmspace": " "}
_CHARSETS = {0: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256,
             186: 1257, 204: 1251, 222: 874, 238: 1250, 255: 850}
_GROUPS_MAX = 100_000


def opened(rtf: bytes) -> tuple[str, bool]:
    """Return what RTF says, and whether that is HTML: the original that was wrapped inside it, else the words that it shows.

    Never raises; time grows with the length.
    """
    from_html = re.search(rb"\\fromhtml1\b", rtf[:4096]) is not None
    from_text = not from_html and re.search(rb"\\fromtext\b", rtf[:4096]) is not None
    codec = codec_of_page(_page(rtf)) or "cp1252"
    fonts = _fonts(rtf)
    out: list[str] = []
    pending = bytearray()
    pending_codec = codec
    # of each group: whether it is skipped, whether it is hidden by \htmlrtf, whether it holds a tag, skip after \u, codec
    skip, hidden, tag, after_unicode, current = False, False, False, 1, codec
    stack: list[tuple[bool, bool, bool, int, str]] = []
    starred, owed, fresh = False, 0, False

    def flush() -> None:
        if pending:
            out.append(pending.decode(pending_codec, "replace"))
            pending.clear()

    def say(text: str) -> None:
        flush()
        out.append(text)

    for found in _TOKEN.finditer(rtf):
        word, number, hexed, symbol, brace, words = found.groups()
        if brace == b"{":
            if len(stack) < _GROUPS_MAX:
                stack.append((skip, hidden, tag, after_unicode, current))
            fresh, owed = True, 0
            continue
        if brace == b"}":
            if stack:
                skip, hidden, tag, after_unicode, current = stack.pop()
            starred = fresh = False
            owed = 0
            continue
        shown = not skip and not hidden
        if word is not None:
            value = int(number) if number else None
            if fresh and (word in _SKIPPED or starred) and word != b"htmltag":
                skip = skip or word != b"mhtmltag" or from_html
                if word == b"pntext":
                    skip = skip or from_html
            if word == b"htmltag":
                tag, skip = True, skip and not starred
            elif word == b"htmlrtf":
                hidden = value != 0
            elif word == b"uc":
                after_unicode = max(0, min(value or 0, 10))
            elif word == b"f" and value is not None:
                current = fonts.get(value, codec)
            elif word == b"plain":
                pass
            elif word == b"u" and value is not None:
                if shown:
                    flush()
                    out.append(chr(value & 0xFFFF))
                owed = after_unicode
            elif word == b"bin" and value and value > 0:
                pass
            elif shown and word in _SAID and (not tag or word in (b"tab", b"par", b"line")):
                say("\r\n" if from_html and _SAID[word] == "\n" else _SAID[word])
            starred = fresh = False
            continue
        if hexed is not None:
            if owed:
                owed -= 1
            elif shown:
                if pending and pending_codec != current:
                    flush()
                pending_codec = current
                pending.append(int(hexed, 16))
        elif symbol is not None:
            if symbol == b"*":
                starred = True
                continue
            if shown:
                if symbol in b"{}\\":
                    if pending_codec != current:
                        flush()
                    pending_codec = current
                    pending.extend(symbol)
                elif symbol == b"~":
                    say("\xa0")
                elif symbol == b"_":
                    say("\xad")
                elif symbol in b"\r\n":
                    say("\n")
        elif words is not None and shown:
            if owed:
                words, owed = words[owed:], max(0, owed - len(words))
            if pending and pending_codec != current:
                flush()
            pending_codec = current
            pending.extend(words)
        starred = fresh = False
    flush()
    said = "".join(out).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if from_text or not from_html:
        said = said.replace("\r\n", "\n")
    return said.strip("\0"), from_html


def _page(rtf: bytes) -> int:
    found = re.search(rb"\\ansicpg(\d{1,5})", rtf[:4096])
    return int(found.group(1)) if found else 1252


def _fonts(rtf: bytes) -> dict[int, str]:
    """Return the codec of each font that has a character set of its own."""
    start = rtf.find(b"{\\fonttbl", 0, 1 << 16)
    if start < 0:
        return {}
    found: dict[int, str] = {}
    for font, charset in re.findall(rb"\\f(\d{1,5})(?:\\[a-z]+(?:-?\d+)? ?)*?\\fcharset(\d{1,3})", rtf[start:start + (1 << 16)]):
        codec = codec_of_page(_CHARSETS.get(int(charset), 0)) if int(charset) not in (0, 1, 2) else ""
        if codec:
            found[int(font)] = codec
    return found
