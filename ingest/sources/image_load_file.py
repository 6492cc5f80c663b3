"""Image load files of productions: which pictures are the pages of which document.

OPT (Opticon, beside a Concordance DAT): a line a page, `number,volume,path,Y where a document begins,folder,box,pages`.  LFP (IPRO):
`IM,number,D where a document begins (C a child),offset,@volume;folder;file;type`.  A document is known by the number of its first page.
"""
from __future__ import annotations

import codecs
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ENDINGS = (".opt", ".lfp")
SIZE_MAX = 256 << 20
_LINE_MAX = 4096
_PAGES_MAX = 2_000_000
_BEGINS = frozenset("DCA")


@dataclass(frozen=True, slots=True)
class PageOfImage:
    """A page: its number (Bates), the link to its picture as written, and whether a document begins with it."""
    number: str
    link: str
    begins: bool


def pages_of(lines: Iterable[str]) -> Iterator[PageOfImage]:
    """Yield the pages that an image load file lists; lines of any other form are passed over."""
    for line in lines:
        cells = [cell.strip().strip('"') for cell in line[:_LINE_MAX].strip().lstrip("\ufeff").split(",")]
        if cells[0].upper() == "IM" and len(cells) >= 5:
            parts = ",".join(cells[4:]).split(";")
            if cells[1] and parts[0].startswith("@") and len(parts) >= 3 and parts[2].strip():
                yield PageOfImage(cells[1], f"{parts[1].strip()}/{parts[2].strip()}", cells[2].upper() in _BEGINS)
        elif len(cells) >= 4 and cells[0] and cells[2] and cells[3].upper() in ("Y", "N", ""):
            yield PageOfImage(cells[0], cells[2], cells[3].upper() == "Y")


def documents_of(pages: Iterable[PageOfImage]) -> dict[str, tuple[str, ...]]:
    """Return for the number of the first page of each document the links of its pages in order; of a number that comes twice the first counts."""
    out: dict[str, list[str]] = {}
    current: list[str] = []
    for n, page in enumerate(pages):
        if n >= _PAGES_MAX:
            break
        if page.begins or not n:
            current = []
            out.setdefault(page.number, current)
        if not current or current[-1] != page.link:  # a picture of several pages is listed page by page
            current.append(page.link)
    return {number: tuple(links) for number, links in out.items()}


def images_beside(load_file: str, folder: str) -> dict[str, tuple[str, ...]]:
    """Return the documents of all image load files that lie beside a load file or in the folder of the production. Never raises."""
    out: dict[str, tuple[str, ...]] = {}
    for place in dict.fromkeys((os.path.dirname(load_file), folder)):  # noqa: PTH120
        try:
            files = sorted(p for p in Path(place).iterdir() if p.name.lower().endswith(ENDINGS) and p.is_file() and not p.is_symlink()
                           and p.stat().st_size <= SIZE_MAX)
        except OSError:
            continue
        for path in files:
            try:
                with path.open(encoding=_charset(path), errors="replace") as lines:
                    for number, links in documents_of(pages_of(iter(lambda lines=lines: lines.readline(_LINE_MAX), ""))).items():  # type: ignore[misc]
                        out.setdefault(number, links)
            except OSError:
                continue
    return out


def _charset(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"
