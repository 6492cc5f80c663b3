"""Where the texts of two records differ, by lines, with offsets into both."""
from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any

from archive.errors import TooLarge
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.services.custody import demand, note

LINES_MAX = 20_000


def compare(archive: Archive, viewer: Viewer, record_id: str, other_id: str) -> dict[str, Any]:
    """Return the stretches in which the texts differ, each with what stands there in the first and in the second (`text[start:end]`).

    Blanks at the end of a line and empty lines do not count.  Raises NotFound for either record, TooLarge over LINES_MAX lines.
    """
    demand(viewer, "read")
    texts = []
    for each in (record_id, other_id):
        texts.append(archive.catalogue.read_record(each, viewer).text)
    for each in (record_id, other_id):
        note(archive, viewer, "read", each, what="compare")
    first, second = (_lines(text) for text in texts)
    if max(len(first), len(second)) > LINES_MAX:
        raise TooLarge(f"A text has more than {LINES_MAX} lines.", "Compare the originals with a program made for that.")
    matcher = SequenceMatcher(None, [words for words, _, _ in first], [words for words, _, _ in second], autojunk=False)
    same, out = 0, []
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            same += b - a
            continue
        out.append({"first": _side(texts[0], first, a, b), "second": _side(texts[1], second, c, d)})
    return {"record_ids": [record_id, other_id], "same_lines": same, "differences": out, "ratio": round(matcher.ratio(), 4)}


def _lines(text: str) -> list[tuple[str, int, int]]:
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((" ".join(line.split()), at, at + len(line)))
        at += len(line) + 1
    return out


def _side(text: str, lines: list[tuple[str, int, int]], first: int, last: int) -> dict[str, Any]:
    if first == last:
        at = lines[first][1] if first < len(lines) else len(text)
        return {"start": at, "end": at, "text": ""}
    start, end = lines[first][1], lines[last - 1][2]
    return {"start": start, "end": end, "text": text[start:end]}
