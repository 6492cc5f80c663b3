"""From bytes to text: which charset, on what basis, and what a text may contain.

Texts are Unicode without lone surrogates, NULs and other control characters except tab, newline and form feed; lines end in "\\n".
"""
from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from archive.model.extracted import Extracted, Identified
from archive.model.outcome import Done, Failed
from ingest.extract.base import Extractor, Part, Work, bids

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNWANTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ASCII_UNWANTED = bytes(c for c in (*range(32), 127) if c not in b"\t\n\f\r")
_SNIFF_BYTES = 1 << 18

# Names that mail programs write and Python does not know, or knows as less than what is meant (WHATWG Encoding Standard, 4.2).
_ALIASES = {"ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "iso8859-1": "cp1252",
            "iso-8859-8-i": "iso-8859-8", "iso-8859-8-e": "iso-8859-8", "x-sjis": "shift_jis", "x-gbk": "gb18030", "gb2312": "gb18030",
            "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "x-mac-roman": "mac_roman", "macintosh": "mac_roman",
            "unicode-1-1-utf-7": "utf-7", "unknown-8bit": "", "x-unknown": "", "binary": "", "default": "", "utf8mb4": "utf-8",
            "windows-874": "cp874", "x-user-defined": "", "ansi": "cp1252", "cp-850": "cp850"}
_NO_CHARSETS = frozenset(("idna", "punycode", "undefined", "unicode-escape", "unicode_escape", "raw-unicode-escape", "raw_unicode_escape"))
_TEXT_CODECS: dict[str, str] = {}


def clean(text: str) -> str:
    """Return the text with "\\n" as line end and without what no text holds (NUL, other controls, lone surrogates)."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            text = text.replace("\r", "\n")
    return text if _sound(text) else _UNWANTED.sub("", text)


def _sound(text: str) -> bool:
    """Say whether a text has nothing to be taken out. In UTF-8 no byte of a longer character is a control, and surrogates cannot be written."""
    if text.isascii():
        return plain(text)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _ASCII_UNWANTED)) == len(data) and "\ufffe" not in text and "\uffff" not in text


def plain(text: str) -> bool:
    """Say whether a text is known to be free of controls at a glance: ASCII, with tab, line feed, form feed and return as its only controls.

    Looking at bytes is ten times as fast as an expression, and most texts are plain.
    """
    if not text.isascii():
        return False
    data = text.encode("ascii")
    return len(data.translate(None, _ASCII_UNWANTED)) == len(data)


def codec_of(charset: str) -> str:
    """Return the name of Python's codec for a charset as declared, "" when there is none or it is no text encoding."""
    charset = charset.strip().strip("\"'").lower()
    if charset in _TEXT_CODECS:
        return _TEXT_CODECS[charset]
    name = _ALIASES.get(charset, charset)
    try:
        info = codecs.lookup(name) if name and len(name) < 40 else None
    except (LookupError, ValueError):
        info = None
    # `_is_text_encoding` is False for codecs such as base64 and zlib, which would be a way around the limits.
    found = info.name if info is not None and getattr(info, "_is_text_encoding", False) and info.name not in _NO_CHARSETS else ""
    if len(_TEXT_CODECS) < 1000:
        _TEXT_CODECS[charset] = found
    return found


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    """Return the cleaned text and the charset with its basis: "utf-8 (declared)".

    In order: byte order mark, the declared charset where the bytes obey it, UTF-8, a guess by statistics, Windows-1252.
    """
    for mark, name in _BOMS:
        if content.startswith(mark):
            return clean(content[len(mark):].decode(name, "replace")), f"{name} (byte order mark)"
    codec = codec_of(declared) if declared else ""
    if codec and codec != "cp1252":
        try:
            return clean(content.decode(codec)), f"{codec} (declared)"
        except (UnicodeDecodeError, ValueError):
            pass
    try:
        return clean(content.decode("utf-8")), "utf-8 (valid)"
    except UnicodeDecodeError as error:
        # a text cut in the middle of its last character is UTF-8 still
        if error.start >= len(content) - 3 and error.reason == "unexpected end of data":
            return clean(content.decode("utf-8", "replace")), "utf-8 (cut)"
    if codec:
        return clean(content.decode(codec, "replace")), f"{codec} (declared)"
    guessed = _guess(content)
    return clean(content.decode(guessed or "cp1252", "replace")), f"{guessed or 'cp1252'} ({'guessed' if guessed else 'assumed'})"


def _guess(content: bytes) -> str:
    if (wide := _utf16(content)):
        return wide
    if _is_western(content[:_SNIFF_BYTES]):
        return "cp1252"
    from charset_normalizer import from_bytes
    best = from_bytes(content[:_SNIFF_BYTES], steps=5, chunk_size=512, threshold=0.3, preemptive_behaviour=False,
                      enable_fallback=False, cp_isolation=_LIKELY).best()
    if best is None:
        return ""
    return codec_of(best.encoding)


_LIKELY = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "iso8859_2", "koi8_r", "cp850", "mac_roman", "shift_jis",
           "euc_jp", "gb18030", "big5", "cp949"]


_WESTERN = frozenset("àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŸ")
_WESTERN_MARKS = frozenset("€£§°«»“”„‘’‚–—…•·©®™±²³µ¿¡ºª´¨½¼¾\xa0\xad¢¥¶‰†")
_HIGH_RUN = re.compile("[\x80-\U0010ffff]+")
_MARK_IN_WORD = re.compile(r"[a-zA-Z][^\x00-\x7f’'´\xad\xa0àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜŸ][a-zA-Z]")


def _is_western(content: bytes) -> bool:
    """Say whether bytes are Windows-1252: statistics over short texts prefer its neighbours, which share the letters of most languages.

    Nearly all high bytes must be letters or marks of Western languages, mostly alone (Cyrillic and Greek stand in runs), marks
    outside words (in the code pages of DOS the letters lie where Windows has the marks).
    """
    text = content.decode("cp1252", "replace")
    runs = _HIGH_RUN.findall(text)
    high = sum(map(len, runs))
    known = sum(c in _WESTERN or c in _WESTERN_MARKS for run in runs for c in run)
    return bool(high) and known >= high * 0.97 and high <= len(runs) * 1.5 and len(_MARK_IN_WORD.findall(text)) <= high * 0.05


def _utf16(content: bytes) -> str:
    """Return the codec of UTF-16 without a mark: nearly every second byte of Western text is 0."""
    head = content[:4096]
    if len(head) < 4 or b"\0" not in head:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.35 and even < odd / 4:
        return "utf-16-le"
    if even > len(head) * 0.35 and odd < even / 4:
        return "utf-16-be"
    return ""


def looks_like_text(head: bytes) -> bool:
    """Say whether bytes look like text in any charset: no control characters but the usual ones, or UTF-16."""
    if not head:
        return False
    if head.startswith(tuple(mark for mark, _ in _BOMS)) or _utf16(head):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls * 200 < len(head)


_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\r\f\x1b")


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    if not text.strip():
        yield Extracted(Failed("empty", "The file holds no characters but blanks."), text=text)
        return
    yield Extracted(Done(), text=text, metadata={"charset": charset})


def _bid(identified: Identified) -> float:
    """Every text/* can be read as the text that it is, by those that know it better first."""
    known = bids({"txt": 1.0, "md": 1.0, "json": 0.9, "ndjson": 0.9, "vtt": 0.9, "srt": 0.9, "sbv": 0.9, "log": 1.0, "ics": 0.6, "vcf": 0.6,
                  "xml": 0.2, "yaml": 0.9, "csv": 0.1, "tsv": 0.1, "html": 0.05, "email": 0.02, "rtf": 0.01})(identified)
    return known or (0.5 if identified.mime.startswith("text/") or identified.mime in ("application/json", "application/x-ndjson") else 0.0)


EXTRACTORS = (Extractor("text", "1", _bid, _read),)
