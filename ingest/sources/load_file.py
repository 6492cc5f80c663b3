"""Productions: a folder with a load file (DAT, CSV) beside the files that it lists, or in a folder `Data` below it.

The load file is met like any file.  Each file that it lists is met once, where it lies: with the custodian that the load file names, and as
a member of the family that it tells (a parent, a list of attachments, or a range of numbers), parents first.  The text beside a file is the
house's own reading of it: it is passed over by name, or met in place of a file that is not there or shows only a picture.  What is listed
and not there is refused.  Pictures that an image load file (OPT, LFP) beside it names as the pages of a document hang on that document, in order;
where there is no other file the first of them is the document.  All other files of the folder are met as they lie.
"""
from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.extract.loadfile_rows import Sheet, read_sheet, rows_of
from ingest.identify.formats import IMAGES, by_extension
from ingest.sources.base import Met, Refused, Source
from ingest.sources.files import Root, walk_folder
from ingest.sources.image_load_file import images_beside

_ENDINGS = (".dat", ".csv", ".txt", ".tsv")
_DATA_FOLDERS = frozenset(("data", "load", "loadfile", "loadfiles", "load files", "load_files", "dat"))
_PROBE_ROWS = 50
_CANDIDATES_MAX = 200
_PARENTS_MAX = 32


@dataclass(frozen=True, slots=True)
class LoadFile:
    """A load file: where it lies, and how it is written."""
    path: Path
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class _Row:
    """What one row tells: links as written, the id of the parent or "" ."""
    id: str
    native: str
    text: str
    custodian: str
    parent: str
    family: tuple[str, str]
    children: tuple[str, ...]


def load_file_of(folder: str) -> LoadFile | None:
    """Return the load file of a folder, None for a folder without one: a table that links to files, some of which are really there."""
    best: tuple[int, LoadFile] | None = None
    for path in _candidates(folder):
        try:
            with path.open("rb") as stream:
                sheet = read_sheet(stream)
                if sheet is None:
                    continue
                found = LoadFile(path, sheet)
                there = sum(_is_there(folder, path, row) for _, row in zip(range(_PROBE_ROWS), _rows(found, stream), strict=False))
        except (OSError, csv.Error, UnicodeError, ValueError):
            continue
        if there and (best is None or there > best[0]):
            best = (there, found)
    return best[1] if best else None


def _candidates(folder: str) -> list[Path]:
    """Return the files that may be load files, in order of name; those of the folder itself first."""
    out: list[Path] = []
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda e: e.name)
            out += [Path(e.path) for e in entries if e.name.lower().endswith(_ENDINGS) and e.is_file(follow_symlinks=False)]
            for entry in entries:
                if entry.name.lower() in _DATA_FOLDERS and entry.is_dir(follow_symlinks=False):
                    with os.scandir(entry.path) as inside:
                        out += sorted(Path(e.path) for e in inside if e.name.lower().endswith(_ENDINGS) and e.is_file(follow_symlinks=False))
    except OSError:
        return []
    return out if len(out) <= _CANDIDATES_MAX else [p for p in out if p.suffix.lower() == ".dat"][:_CANDIDATES_MAX]


def _is_there(folder: str, path: Path, row: _Row) -> bool:
    for link in filter(None, (row.native, row.text)):
        bare = _bare(link)
        if any(os.path.isfile(os.path.join(base, bare)) for base in (folder, path.parent)):  # noqa: PTH113, PTH118
            return True
        parts = bare.split("/")
        if any(os.path.isfile(os.path.join(folder, *parts[n:])) for n in range(1, min(len(parts) - 1, 6))):  # noqa: PTH113, PTH118
            return True
    return False


def _bare(link: str) -> str:
    """Return a link with `/` between its parts and without drive, leading slashes and dots."""
    link = link.strip().replace("\\", "/")
    if len(link) > 1 and link[1] == ":":
        link = link[2:]
    return "/".join(part for part in link.split("/") if part not in ("", ".", ".."))


def _rows(found: LoadFile, stream: object) -> Iterator[_Row]:
    sheet = found.sheet
    at = {kind: sheet.column(kind) for kind in ("id", "native", "text", "custodian", "custodians", "parent", "begin_family", "end_family", "children")}

    def cell(row: list[str], kind: str) -> str:
        index = at[kind]
        return row[index].strip() if index is not None else ""

    for row in rows_of(stream, sheet):  # type: ignore[arg-type]
        begin, end = cell(row, "begin_family"), cell(row, "end_family")
        if not end and " - " in begin:
            begin, _, end = begin.partition(" - ")
        text = cell(row, "text")
        custodian = cell(row, "custodian") or cell(row, "custodians").split(";")[0].strip()
        yield _Row(cell(row, "id"), cell(row, "native"), text if "\n" not in text and len(text) < 1000 else "", custodian, cell(row, "parent"),
                   (begin.strip(), end.strip()), tuple(c.strip() for c in cell(row, "children").replace(",", ";").split(";") if c.strip()))


# ---------------------------------------------------------------- the walk

def walk_load_folder(root: Root, folder: str, below: str, found: LoadFile, depth: int = 0) -> Iterator[Met | Refused]:
    """Yield the load file, the files that it lists with their families, what is listed and not there, and all other files."""
    all_there = list(walk_folder(root, folder, below, depth, productions=False))
    files = {str(met.file): met for met in all_there if isinstance(met, Met) and met.file is not None}
    finder = _Finder(folder, found, files)
    own = files.get(str(found.path))
    if own is not None:
        yield own
    done = {str(found.path)}
    rows, trouble = _all_rows(found)
    if trouble:
        yield Refused(own.place.path if own else str(found.path), "damaged", trouble)
    images = images_beside(str(found.path), folder)
    listed: dict[int, Met] = {}
    texts: dict[str, str] = {}
    shown: dict[int, list[Met]] = {}
    missing: list[Refused] = []
    for number, row in enumerate(rows):
        native, text = finder.find(row.native), finder.find(row.text)
        shown[number] = []
        for link in images.get(row.id, ()) if row.id else ():
            if (page := finder.find(link)) and page != native:
                shown[number].append(files[page])
            elif not page:
                missing.append(Refused(root.place(f"{below}/{_bare(link)}" if below else _bare(link)).path, "unreadable",
                                       f"The image load file lists it as a page of {row.id}, and it is not there."))
        met = files[native] if native else None
        if met is not None and text and native != text:
            if _is_picture(met):
                texts[text] = native
            else:
                texts.setdefault(text, "")
        if met is None and (row.native or not (text or shown[number])):
            where = root.place(f"{below}/{_bare(row.native)}" if below else _bare(row.native)).path if row.native else f"{found.path}#{row.id or number + 1}"
            missing.append(Refused(where, "unreadable", f"The load file lists it ({row.id or f'row {number + 1}'}), and it is not there."
                                   if row.native else f"The load file lists {row.id or f'row {number + 1}'} without a file."))
        if met is None and text:
            met = replace(files[text], declared_mime="text/plain")
        if met is None and shown[number]:
            met = shown[number].pop(0)
        if met is not None and str(met.file) not in done:
            done.add(str(met.file))
            listed[number] = replace(met, custodian=row.custodian)
    parents = _parents(rows, listed)
    yield from _in_order(listed, parents, texts, files, done, shown)
    yield from missing
    for each in all_there:
        if isinstance(each, Refused):
            yield each
        elif str(each.file) not in done:
            if str(each.file) in texts:
                yield Refused(each.place.path, "unsupported", "It is the text of a file beside it, as the load file says; the file itself is read.", "skipped")
            else:
                yield each


def _in_order(listed: dict[int, Met], parents: dict[int, int], texts: dict[str, str], files: dict[str, Met], done: set[str],
              shown: dict[int, list[Met]]) -> Iterator[Met]:
    """Yield what is listed, parents before what hangs on them; a text that stands for a picture hangs on it, pages hang on their document."""
    of_picture = {native: text for text, native in texts.items() if native}
    met_so_far: dict[int, Met] = {}
    for number in listed:
        chain = [number]
        while (above := parents.get(chain[-1])) is not None and above not in met_so_far:
            chain.append(above)
        for each in reversed(chain):
            if each in met_so_far:
                continue
            above = parents.get(each)
            met = replace(listed[each], parent=met_so_far[above] if above is not None else None)
            met_so_far[each] = met
            yield met
            text = of_picture.get(str(met.file))
            if text is not None and text not in done:
                done.add(text)
                yield replace(files[text], custodian=met.custodian, declared_mime="text/plain", parent=met)
            for page in shown[each]:
                if str(page.file) not in done:
                    done.add(str(page.file))
                    yield replace(page, custodian=met.custodian, parent=met)


def _all_rows(found: LoadFile) -> tuple[list[_Row], str]:
    rows: list[_Row] = []
    try:
        with found.path.open("rb") as stream:
            rows.extend(_rows(found, stream))
    except (OSError, csv.Error, UnicodeError, ValueError) as error:
        return rows, f"The load file could not be read to its end ({type(error).__name__}); what it lists before that is linked."
    return rows, ""


def _parents(rows: list[_Row], listed: dict[int, Met]) -> dict[int, int]:
    """Return for each row that hangs on another the number of that row: as its parent is named, as a parent lists it, by the range of the family.

    Chains that lead in a circle, or are longer than any family, are taken apart.
    """
    by_id = {rows[n].id: n for n in reversed(list(listed)) if rows[n].id}
    out: dict[int, int] = {}
    for number in listed:
        row = rows[number]
        for child in row.children:
            if child in by_id and by_id[child] != number:
                out.setdefault(by_id[child], number)
    for number in listed:
        row = rows[number]
        named = row.parent if row.parent in by_id else row.family[0] if row.family[0] in by_id else ""
        if named and by_id[named] != number and (row.parent or number not in out):
            out[number] = by_id[named]
    for number in list(out):
        seen, at = {number}, out.get(number)
        while at is not None and at not in seen and len(seen) <= _PARENTS_MAX:
            seen.add(at)
            at = out.get(at)
        if at is not None:
            del out[number]
    return out


def _is_picture(met: Met) -> bool:
    known = by_extension(met.place.path.rpartition("/")[2])
    return known is not None and known.name in IMAGES


class _Finder:
    """Finds the file that a link means: below the folder or beside the load file, in any case of letters, without leading parts that we do not have."""

    def __init__(self, folder: str, found: LoadFile, files: dict[str, Met]) -> None:
        base = str(Path(folder))
        before = "" if base == "." else base.rstrip("/") + "/"
        beside = str(found.path.parent).removeprefix(before)
        self._beside = "" if beside in (base, ".") else beside
        self._by_path = {path.removeprefix(before).lower(): path for path in files}

    def find(self, link: str) -> str:
        """Return the path of the file, "" for one that is not there."""
        bare = _bare(link).lower()
        if not bare:
            return ""
        parts = bare.split("/")
        for first in range(len(parts)):
            rest = "/".join(parts[first:])
            for candidate in (rest, f"{self._beside}/{rest}".lower() if self._beside else ""):
                if candidate and candidate in self._by_path:
                    return self._by_path[candidate]
        return ""


def _bid(given: str) -> float:
    return 0.8 if os.path.isdir(given) and load_file_of(given.rstrip("/") or "/") else 0.0  # noqa: PTH112


def _walk(given: str, name: str) -> Iterator[Met | Refused]:
    found = load_file_of(given.rstrip("/") or "/")
    root = Root(given, name)
    if found is None:
        yield from walk_folder(root, given, "")
    else:
        yield from walk_load_folder(root, given.rstrip("/") or "/", "", found)


SOURCES = (Source("load-file", _bid, _walk),)
