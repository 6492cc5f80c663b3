"""Text from pictures of pages: one picture -> its text, how surely it was read, in which language, how it lay.

A page is made straight and clean, its stamps are read apart, then tesseract reads it line by line.  The language is found from what the
first reading gives, the direction is looked at when that gives little.  Lines stay lines, a larger gap between them begins a paragraph, a
word divided at the end of a line stays divided.  What was not legible is left out rather than guessed.
"""
from __future__ import annotations

import itertools
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.extract import scan, stamps
from ingest.extract.text import clean
from ingest.tools import tesseract
from ingest.tools.tesseract import Word

if TYPE_CHECKING:
    from PIL.Image import Image

OCR_SHARE = 0.8
"""Of the seconds that an item may take, the share that OCR may use: what was read by then is kept, the rest is named."""
SURE, DOUBTFUL, FOREIGN = 0.6, 0.25, 0.65
_LETTERS_FEW = 60

SMALL_WORDS = {language: frozenset(words.split()) for language, words in {
    "eng": "the and of to in is that for with on as be this by are was not it from which shall will have or you we an at our any",
    "deu": "der die das und ist nicht ein eine zu mit den von im auf für fiir des dem auch wir sie sich wird werden oder bei nach vom zum",
    "fra": "le la les et est pas une des du de pour que qui dans sur avec ne au nous vous par aux sont votre notre cette",
    "spa": "el los las y es una del que en por con para se su al lo como más mas no esta este nuestro usted sus",
    "ita": "il lo gli di che non un una per con del della dei sono al alla nel nella questo si da è le",
    "nld": "de het een en van dat die in is niet op te met voor er zijn wij u ook aan bij door naar",
    "por": "o a os as e de do da que em um uma para com não por mais dos das no na ao pelo pela",
}.items()}
"""By tesseract's name of a language its commonest small words, as they come out of a reading with the wrong one too."""


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a picture of a page says. `confidence` is the mean over its words, 0..1; `turned` degrees clockwise until it stood upright.

    `text` is "" where nothing legible was found; `script` names its writing where no language of it is installed.
    """
    text: str
    confidence: float
    language: str = ""
    turned: int = 0
    script: str = ""


class OutOfTime(Exception):
    """The time allowed for reading is over."""


def read_page(picture: Image, dpi: int, deadline: float, language: str = "") -> PageRead:
    """Return what a picture says; `dpi` is its resolution, `deadline` in seconds of `time.monotonic()`, `language` that of the page before.

    Raises OutOfTime, tesseract.Failed.
    """
    page = scan.cleaned(scan.sized(scan.grey(picture)))
    dpi = max(70, min(round(dpi * max(page.size) / max(picture.size)), 400))
    first = language or _default()
    if not first:
        raise tesseract.Failed("no language is installed")
    best = _upright(page, dpi, first, deadline)
    turn = 0
    if not _is_legible(best.words):
        lie = _lie(best.level, dpi, deadline)
        if _mean(best.words) < FOREIGN and lie.script and not _is_known(lie.script):
            return PageRead("", 0.0, script=lie.script)
        for turn_ in _directions(lie, bool(best.words)):
            again = _upright(scan.turned(page, turn_), dpi, first, deadline)
            if _sum(again.words) > _sum(best.words) * 1.2:
                best, turn = again, turn_
                if _is_legible(best.words):
                    break
    words = best.words
    spoken = language_of(words)
    if spoken and spoken != first:
        other = _words(best.level, spoken, dpi, tesseract.COLUMN, deadline)
        if _mean(other) >= _mean(words) - 0.02:
            words, first = other, spoken
    kept = _legible(words)
    boxes = [(y, text) for y, text in ((y, _text_of(_legible(_words(box, first, dpi, tesseract.BLOCK, deadline)))) for y, box in best.boxes) if text]
    if _letters(words) < 4 and not boxes:
        return PageRead("", 0.0)
    text = _BAR.sub(r"\g<1>1", _text_of(kept, boxes))
    if first == "deu":
        text = _PARAGRAPH_SIGN.sub("§", text)
    return PageRead(clean(text), round(_mean(kept), 3), first, turn)


_MONTHS = "jan|feb|fév|m[aä]r|a[bpv]r|ma[iy]|ju[inl]|jui|a[uo]|sep|o[ck]t|nov|d[ei][czé]"
_BAR = re.compile(rf"(\b(?:Page|Seite|Página|dated|No\.|Nr\.) |\b(?:of|on|vom|von|sur|de|du) (?=\||I$)(?=.(?:$| (?:{_MONTHS}))))[|I](?= |$)",
                  re.MULTILINE | re.IGNORECASE)
"""A lone upright stroke where only a number can stand: "Page | of |", "dated | April", "No. |"."""

_PARAGRAPH_SIGN = re.compile(r"\$&?(?= ?\d{1,4}[a-z]?\b(?![.,]\d))|(?<=§ )\$(?= )")
"""The German model has no paragraph sign and reads a dollar sign; before a bare number that is what was printed."""


def _default() -> str:
    known = tesseract.languages()
    return next((name for name in ("eng", *SMALL_WORDS) if name in known), next(iter(sorted(known - {"osd", "equ"})), ""))


def language_of(words: list[Word]) -> str:
    """Return the language most of whose small words are among these, of those installed; "" when none stands out."""
    count = Counter(w.text.strip(".,;:()\"'").lower() for w in words)
    scores = sorted(((sum(count[w] for w in small), name) for name, small in SMALL_WORDS.items() if name in tesseract.languages()), reverse=True)
    if not scores or scores[0][0] < 3 or (len(scores) > 1 and scores[0][0] < scores[1][0] * 1.3):
        return ""
    return scores[0][1]


@dataclass(frozen=True, slots=True)
class _Upright:
    """A page that was taken to stand upright: its words, the page made level and without stamps and rules, the stamps (height, picture)."""
    words: list[Word]
    level: Image
    boxes: list[tuple[float, Image]]


def _upright(page: Image, dpi: int, language: str, deadline: float) -> _Upright:
    level = scan.turned(page, scan.skew(page))
    framed = stamps.found(level)
    rest, apart = stamps.lifted(level, framed) if framed else (level, [])
    rest = scan.unruled(rest)
    return _Upright(_words(rest, language, dpi, tesseract.COLUMN, deadline), rest, [(s.y, box) for s, box in zip(framed, apart, strict=True)])


def _lie(page: Image, dpi: int, deadline: float) -> tesseract.Lie:
    try:
        return tesseract.lie(page, dpi, _left(deadline))
    except tesseract.TooSlow as error:
        raise OutOfTime from error


def _directions(lie: tesseract.Lie, any_words: bool) -> list[int]:
    """Return the turns to try: the one that tesseract is sure of, else, where there is anything at all, every other one."""
    if lie.clockwise is not None:
        return [lie.clockwise] if lie.clockwise else []
    return [180, 90, 270] if any_words else []


SCRIPTS = {"Han": "chi_sim chi_tra jpn", "Japanese": "jpn", "Katakana": "jpn", "Hiragana": "jpn", "Hangul": "kor", "Korean": "kor",
           "Cyrillic": "rus ukr bul srp bel",
           "Arabic": "ara fas urd", "Greek": "ell grc", "Hebrew": "heb yid", "Thai": "tha", "Devanagari": "hin mar nep san"}
"""By the scripts that tesseract tells apart, some languages that are written in them."""


def _is_known(script: str) -> bool:
    """Say whether a language of a script is installed; of one that is not listed it is taken that it is."""
    return script not in SCRIPTS or bool(tesseract.languages() & set(SCRIPTS[script].split()))


def _words(page: Image, language: str, dpi: int, layout: int, deadline: float) -> list[Word]:
    try:
        return tesseract.words(page, language, dpi, layout, _left(deadline))
    except tesseract.TooSlow as error:
        raise OutOfTime from error


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0.05:
        raise OutOfTime
    return left


# ---------------------------------------------------------------- how good it is

def _is_word(word: Word) -> bool:
    return sum(c.isalnum() for c in word.text) * 2 >= len(word.text)


def _letters(words: list[Word]) -> int:
    """Return how many characters of surely read words of two or more letters or digits there are."""
    return sum(len(w.text) for w in words if w.confidence >= SURE and _is_word(w) and sum(c.isalnum() for c in w.text) >= 2)


def _sum(words: list[Word]) -> float:
    return sum(len(w.text) * (w.confidence ** 2) for w in words if _is_word(w))


def _mean(words: list[Word]) -> float:
    return statistics.fmean(w.confidence for w in words) if words else 0.0


def _is_legible(words: list[Word]) -> bool:
    """Say whether the direction needs no second look: most of it was read surely."""
    return _mean(words) >= 0.7 and _letters(words) >= _LETTERS_FEW


_SIGNS = frozenset("$§€£&%#")
_EDGES = frozenset("|_~‘`'°")
"""What frames, folds and specks at the ends of a line are read as."""


def _legible(words: list[Word]) -> list[Word]:
    """Return the words without what is no writing: specks and lines read as marks, shapes read as letters, and edges of the page."""
    kept = [w for w in words if w.confidence >= (DOUBTFUL if _is_word(w) or _SIGNS.issuperset(w.text) else SURE - 0.1)]
    by_line: dict[tuple[int, int, int], list[Word]] = {}
    for word in kept:
        by_line.setdefault((word.block, word.paragraph, word.line), []).append(word)
    out: list[Word] = []
    for line in by_line.values():
        while line and _EDGES.issuperset(line[0].text):
            line.pop(0)
        while line and _EDGES.issuperset(line[-1].text):
            line.pop()
        letters = sum(c.isalnum() for w in line for c in w.text)
        if _mean(line) >= (0.35 if letters >= 2 else 0.8) and letters:
            out.extend(line)
    return out


# ---------------------------------------------------------------- lines and paragraphs

@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    top: int
    bottom: int
    height: float


def _text_of(words: list[Word], boxes: list[tuple[float, str]] | None = None) -> str:
    """Return the words as lines and paragraphs; what stood in boxes (their middle, their text) as paragraphs of their own below that height."""
    grouped: dict[tuple[int, int, int], list[Word]] = {}
    for word in words:
        grouped.setdefault((word.block, word.paragraph, word.line), []).append(word)
    rows = sorted(grouped.values(), key=lambda row: statistics.median(w.top + w.height / 2 for w in row))
    lines = [_line(row) for row in _in_columns(rows)]
    steps = sorted(b.bottom - a.bottom for a, b in itertools.pairwise(lines) if 0 < b.bottom - a.bottom < 3 * max(a.height, b.height))
    pitch = steps[len(steps) // 4] if steps else 0
    waiting = sorted(boxes or [])
    out: list[str] = []
    for n, line in enumerate(lines):
        gap = line.bottom - lines[n - 1].bottom if n else 0
        new = n == 0 or gap < 0 or gap > pitch * 1.35
        while waiting and new and line.top > waiting[0][0]:
            out.append(("\n\n" if out else "") + waiting.pop(0)[1])
        out.append(("" if not out else "\n\n" if new else "\n") + line.text)
    out.extend(("\n\n" if n or lines else "") + text for n, (_, text) in enumerate(waiting))
    return "".join(out)


def _line(words: list[Word]) -> _Line:
    return _Line(" ".join(w.text for w in words), round(statistics.median(w.top for w in words)),
                 round(statistics.median(w.top + w.height for w in words)), statistics.median(w.height for w in words))


_COLUMN_ROWS = 10


def _in_columns(rows: list[list[Word]]) -> list[list[Word]]:
    """Return rows that go over two columns of running text as the rows of the left one, then those of the right one.

    There are two columns when in at least ten rows, and in most of the page, the same white strip near the middle has several words on either
    side.  Rows across the strip (titles) part what is above from what is below.  Tables have fewer words in a cell and stay in rows.
    """
    strip = _strip(rows)
    if not strip:
        return rows
    out: list[list[Word]] = []
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for row in rows:
        if any(w.left < strip < w.left + w.width for w in row):
            out += left + right + [row]
            left, right = [], []
            continue
        halves = [w for w in row if w.left < strip], [w for w in row if w.left >= strip]
        left += [halves[0]] if halves[0] else []
        right += [halves[1]] if halves[1] else []
    return out + left + right


def _strip(rows: list[list[Word]]) -> int:
    """Return where the strip between two columns lies, 0 where there is one column."""
    words = [w for row in rows for w in row]
    if len(words) < 80:
        return 0
    start, end = min(w.left for w in words), max(w.left + w.width for w in words)
    best, best_rows, best_score = 0, 0, 0
    for step in range(140, 261):
        x = start + (end - start) * step // 400
        over = sum(any(w.left < x < w.left + w.width for w in row) for row in rows)
        both = 0
        for row in rows:
            before, after = [w for w in row if w.left + w.width <= x], [w for w in row if w.left >= x]
            if len(before) >= 3 and len(after) >= 3:
                gap = min(w.left for w in after) - max(w.left + w.width for w in before)
                both += gap > 0.8 * statistics.median(w.height for w in row)
        if both > over * 2 and both - 3 * over > best_score:
            best, best_rows, best_score = x, both, both - 3 * over
    return best if best_rows >= max(_COLUMN_ROWS, len(rows) * 0.4) else 0


# ---------------------------------------------------------------- several pages

@dataclass(frozen=True, slots=True)
class Pages:
    """Pages that were read, by number from 1; those that were not, since the time was over or they could not be drawn."""
    read: dict[int, PageRead]
    late: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()

    @property
    def foreign(self) -> bool:
        """Say whether a page is written in a script for which nothing is installed here."""
        return any(p.script for p in self.read.values())

    def metadata(self) -> dict[str, str]:
        """Return what was done in the fields that docs/formats.md names."""
        legible = {n: p for n, p in self.read.items() if p.text}
        if not legible:
            return {"ocr:engine": "tesseract"} if self.read else {}
        turned = ",".join(f"{n}:{p.turned}" for n, p in legible.items() if p.turned)
        return {"ocr:engine": "tesseract", "ocr:confidence": f"{statistics.fmean(p.confidence for p in legible.values()):.2f}",
                "ocr:pages": ",".join(f"{n}:{p.confidence:.2f}" for n, p in sorted(legible.items())),
                "ocr:languages": ",".join(dict.fromkeys(p.language for p in legible.values() if p.language)),
                } | ({"ocr:turned": turned} if turned else {})

    def notes(self) -> list[str]:
        """Return what a reader of the record should know, for the note of the outcome."""
        legible = [n for n, p in sorted(self.read.items()) if p.text]
        poor = [n for n in legible if self.read[n].confidence < SURE]
        total = len(self.read) + len(self.late) + len(self.broken)
        notes = [f"{'1 page' if len(legible) == 1 else f'{len(legible)} pages'} read by OCR"] if legible else []
        scripts = sorted({p.script for p in self.read.values() if p.script})
        if scripts:
            notes.append(f"tesseract has no language here for writing in {', '.join(scripts)}: {spans([n for n, p in self.read.items() if p.script])}")
        if poor:
            notes.append(f"hardly legible: {spans(poor)}")
        if self.late:
            notes.append(f"time for OCR was over after {len(self.read)} of {total} pages; not read: {spans(self.late)}")
        if self.broken:
            notes.append(f"no picture could be made of: {spans(self.broken)}")
        return notes


def spans(numbers: list[int] | tuple[int, ...]) -> str:
    """Return page numbers as people write them: "2, 4-7"."""
    out: list[list[int]] = []
    for number in sorted(numbers):
        if out and number == out[-1][1] + 1:
            out[-1][1] = number
        else:
            out.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out[:40]) + (" …" if len(out) > 40 else "")


def read_pages(numbers: list[int], drawn: Callable[[int], tuple[Image, int] | None], seconds: float) -> Pages:
    """Return what the pages with these numbers say. `drawn` gives picture and resolution of one, None when it cannot be drawn.

    It stops when about `seconds` are over, so that what was read by then is kept.  The first page is read alone, since it tells the language
    of the others; these are read as many at a time as there are processors (tesseract is a process of its own).
    """
    import os
    from concurrent.futures import Future, ThreadPoolExecutor
    deadline = time.monotonic() + seconds
    read: dict[int, PageRead] = {}
    broken: list[int] = []
    late: list[int] = []
    language, slowest = "", 0.0

    def one(number: int, picture: Image, dpi: int) -> tuple[int, PageRead, float]:
        began = time.monotonic()
        return number, read_page(picture, dpi, deadline, language), time.monotonic() - began

    def settle(future: Future[tuple[int, PageRead, float]], number: int) -> None:
        nonlocal slowest
        try:
            _, page, took = future.result()
            read[number], slowest = page, max(slowest, took)
        except OutOfTime:
            late.append(number)
        except (tesseract.Failed, OSError, ValueError):
            broken.append(number)

    with ThreadPoolExecutor(max(1, min(4, os.cpu_count() or 1))) as pool:
        flying: list[tuple[int, Future[tuple[int, PageRead, float]]]] = []
        for number in numbers:
            while flying and (not language or len(flying) >= pool._max_workers):
                settle(flying[0][1], flying[0][0])
                flying.pop(0)
                language = language or next((p.language for p in read.values() if p.text), "")
                if not flying:
                    break
            if late or time.monotonic() + slowest > deadline:
                late.append(number)
                continue
            try:
                picture = drawn(number)
            except MemoryError:
                raise
            except Exception:  # one page that cannot be drawn does not cost the others
                picture = None
            if picture is None:
                broken.append(number)
                continue
            flying.append((number, pool.submit(one, number, *picture)))
        for number, future in flying:
            settle(future, number)
    return Pages(dict(sorted(read.items())), tuple(sorted(late)), tuple(sorted(broken)))


