"""Load files of productions: tables that say of each document where its file and its text lie, whose it was, and what it hangs on.

Concordance (`.dat`): the fields are parted by the control character 0x14 and quoted with þ, a line break inside a value is written ®.
Others are tables with commas, tabs, bars or carets.  Charset by byte order mark, else UTF-8 where it is valid, else Windows-1252.
What the columns are called differs from house to house; the usual names are known (`FIELDS`).
"""
from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

FIELD_PARTS = "\x14"
QUOTE, BREAK = "þ", "®"
_CELL_CHARS = 16 << 20
_SNIFF_BYTES = 1 << 16
_PARTS = ("|", "\t", "^", ";", ",", "~")

FIELDS: dict[str, frozenset[str]] = {kind: frozenset(names.split()) for kind, names in {
    "id": "begbates begdoc begno begdocno bates begcontrol begcontrolnumber controlnumber controlno docid documentid documentnumber docnumber upi "
          "productionbegbates prodbegbates begprod firstbates begbatesnumber batesbeg batesnumber startbates itemid identifier uniqueid artifactid",
    "end": "endbates enddoc endno endcontrol productionendbates prodendbates lastbates endbatesnumber batesend",
    "begin_family": "begattach begattachment begattachments attachstart begrange attachbeg batesattachbeg begfamily productionbegattach prodbegattach "
                    "begattachbates firstattach beginattachment groupidentifier attachrange",
    "end_family": "endattach endattachment endattachments attachend endrange endfamily productionendattach prodendattach lastattach",
    "parent": "parentid parent parentdocid parentbates attachmentparent parentdocumentid parentcontrolnumber parentuid attachparentid parentrecordid parentupi",
    "children": "attachids attachmentids attachdocids attachlist attachmentdocids childids",
    "custodian": "custodian custodianname primarycustodian docowner",
    "custodians": "allcustodians custodians dedupedcustodians dupcustodian othercustodians",
    "native": "nativelink native nativefile nativepath nativefilepath nativefilelink doclink documentlink filelink itempath nativelinkpath linktonative "
              "nativefilename producednativepath nativelocation",
    "text": "textlink textpath textfile textfilepath extractedtextpath ocrpath ocrlink fulltextpath extractedtextlink ocrtextpath texturl linktotext "
            "textprecedence fulltext extractedtext ocrtext",
}.items()}
"""The names of columns as houses write them: lower case, letters and digits only."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a load file is written: its charset, what parts its fields, its quotation mark ("" for none), and the names of its columns."""
    charset: str
    parts: str
    quote: str
    columns: tuple[str, ...]

    def column(self, kind: str) -> int | None:
        """Return the first column of a kind of FIELDS, None without one."""
        names = FIELDS[kind]
        return next((n for n, name in enumerate(self.columns) if plain(name) in names), None)


def plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def sheet_of(head: bytes) -> Sheet | None:
    """Return how a load file is written by its first bytes, None for what is no load file: it has to name files or texts by column."""
    charset = _charset(head)
    text = head.decode(charset, "replace").lstrip("\ufeff")
    first = re.split(r"\r?\n|\r", text, maxsplit=1)[0]
    if not first or len(first) > 20_000:
        return None
    if FIELD_PARTS in first:
        parts, quote = FIELD_PARTS, QUOTE if QUOTE in first else '"' if '"' in first else ""
    else:
        parts = max(_PARTS, key=first.count)
        if first.count(parts) < 2:
            return None
        quote = QUOTE if QUOTE in first else '"' if '"' in first or parts in ",;" else ""
    row = next(_rows(io.StringIO(first), parts, quote), [])
    sheet = Sheet(charset, parts, quote, tuple(cell.strip() for cell in row))
    links = sheet.column("native") is not None or sheet.column("text") is not None
    return sheet if links and len(sheet.columns) >= 3 else None


def is_concordance(head: bytes) -> bool:
    """Say whether bytes begin like a Concordance load file: a line of names in þ, parted by 0x14."""
    text = head[:4096].decode(_charset(head[:4096]), "replace").lstrip("\ufeff")
    first = text.split("\n", 1)[0]
    return first.startswith(QUOTE) and f"{QUOTE}{FIELD_PARTS}{QUOTE}" in first


def _charset(head: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return name
    if head[1:2] == b"\0":
        return "utf-16-le"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _rows(lines: Iterable[str], parts: str, quote: str) -> Iterator[list[str]]:
    csv.field_size_limit(_CELL_CHARS)
    if quote:
        yield from csv.reader(lines, delimiter=parts, quotechar=quote, doublequote=True)
    else:
        yield from csv.reader(lines, delimiter=parts, quoting=csv.QUOTE_NONE)


def rows_of(stream: BinaryIO, sheet: Sheet) -> Iterator[list[str]]:
    """Yield the rows below the line of names, each as many cells as there are columns. Raises csv.Error for cells beyond all bounds."""
    text = io.TextIOWrapper(stream, sheet.charset, errors="replace", newline="")
    try:
        size = len(sheet.columns)
        for number, row in enumerate(_rows((line.replace("\0", "") for line in text), sheet.parts, sheet.quote)):
            if number and any(cell.strip() for cell in row):
                cells = [cell.replace(BREAK, "\n") if sheet.quote == QUOTE else cell for cell in row[:size]]
                yield [*cells, *[""] * (size - len(cells))]
    finally:
        text.detach()


def read_sheet(stream: BinaryIO) -> Sheet | None:
    head = stream.read(_SNIFF_BYTES)
    stream.seek(0)
    return sheet_of(head)
