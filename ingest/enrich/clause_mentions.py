"""Where a contract may name a party or a day: candidates with the words around them, for a reader to weigh.

Names stand in the opening (runs of capitalised words) or are defined there between quotation marks; days stand anywhere, blanks to fill in included.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.enrich.clause_features import tokens
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.day_forms import MONTH
from ingest.enrich.fold import vocabulary

OPENING = 9000
_WORD = re.compile(r"[^\s()\[\]\"“”{}|;:]+|[\"“”()\[\];:]|\n[^\S\n]*\n")
_QUOTED = re.compile(r"[\"“”]\s?(?P<a>[^\"“”\n()]{2,60}?)\s?[,.]?\s?[\"“”]|(?:''|``|‘‘)\s?(?P<b>[^\"'\n()]{2,60}?)\s?[,.]?\s?(?:''|’’|\"|”)|"
                     r"(?<=[(\s])['‘](?P<c>[A-Z][^'’\n()]{1,50}?)[,.]?['’](?=[)\s,])")
_FORMS = vocabulary(
    "inc inc. incorporated corp corp. corporation llc l.l.c. l.l.c llp l.l.p. lp l.p. l.p ltd ltd. limited plc p.l.c. co co. company gmbh ag s.a. "
    "sa s.p.a. n.v. nv b.v. bv ab a/s as oy kg se s.r.l. srl sarl s.a.r.l. pte pte. pty pty. sdn bhd bhd. trust partnership jr. sr. iii ii m.d. "
    "ph.d. n.a. lllp")
_INSIDE = vocabulary(
    "of de du des la le & + d/b/a dba for the und et y van von del and")
_AFTER_AND = re.compile(r"(?:company|co\.?|sons|associates|partners|brothers|bros\.?|trust)\b", re.I)
_TOGETHER = re.compile(r"\([^()\n]{0,120}\b(?:[Pp]arty\b[^()\n]{0,120}\b[Pp]arties|[Pp]arties\b[^()\n]{0,120}\b[Pp]arty|"
                       r"[Cc]ollectively[^()\n]{0,60}\b[Pp]arties)\b[^()\n]{0,40}\)")
_NEVER = vocabulary(
    "this agreement the by and between among with is made entered into dated as effective whereas witnesseth exhibit ex page source in on at that "
    "each both date between: among: section article of to now therefore recitals parties party background a an amended restated contract "
    "agreement, it its we you our your amendment no if for whose")
_MONTHS = vocabulary(
    "january february march april may june july august september october november december")
_YEAR = r"(?:(?:19|20)\s?\d\d|(?:19|20)?_{1,8}|(?:19|20)\[[^\]\n]{0,8}\]|\[[*_\s•.]{1,12}\]|'\d\d)"
_DAYNUM = (
    r"(?:\d{1,2}\s{0,2}(?:st|nd|rd|th|s\st|n\sd|r\sd|t\sh)?|_{1,12}(?:st|nd|rd|th)?|\[[^\]\n]{0,10}\](?:st|nd|rd|th)?|first|second|third|fourth|"
    r"fifth|sixth|tenth|fifteenth|twentieth|thirtieth|thirty-first)")
DATE = re.compile(
    rf"(?:(?<![\w/])|(?<=\bas of))(?:(?:this\s{{1,3}})?(?:the\s)?(?:[a-z-]{{4,14}}\s(?=\())?\(?{_DAYNUM}\)?\s{{1,3}}day\s{{1,3}}of\s{{1,3}}"
    rf"(?:[-–—]{{2,6}}\s{{1,3}})?(?:{MONTH}|_{{2,20}}|"
    rf"\[[^\]\n]{{0,14}}\])\s{{0,2}},?\s{{0,4}}(?:in the year\s)?{_YEAR}?"
    rf"|(?:this\s{{1,3}})?day\s{{1,3}}of\s{{1,20}},?\s{{0,4}}{_YEAR}"
    rf"|{MONTH}\s{{0,3}}(?:{_DAYNUM}),?\s{{0,4}}{_YEAR}"
    rf"|\d{{1,2}}\s{{0,2}}(?:st|nd|rd|th|t\sh)?\s{{0,3}}(?:of\s)?{MONTH},?\s{{0,3}}{_YEAR}"
    rf"|{MONTH},?\s{{1,3}}(?:19|20)\d\d|(?:_{{3,20}}|\[[*_\s•.]{{1,12}}\]),\s?(?:19|20)\d\d"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d\d)(?!\d)|(?:19|20)\d\d-\d\d-\d\d"
    rf"|\d{{1,2}}-(?:{MONTH})-\d{{2,4}})")


_FILED = re.compile(r"\bsource: [^\n;]{2,110}, [\w /-]{1,14}, $")
"""A mark of a filing inside of a line: `Source: HARROW INC, 10-Q, `."""

_SIGNS = (
    "between", "among", "agreement", "entered into", "made", "witness whereof", "effective date", "commencement", "expir", "term", "signature", "by:",
    "title:", "dated", "first above", "as of", "corporation", "hereinafter", "referred to", "whereas", "parties", "address", "attention", "notice",
    "exhibit", "amend")


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text from `start` to `end`; `form` is how it was met: name, quoted, day."""
    start: int
    end: int
    form: str


def names(text: str) -> list[Mention]:
    """Return the runs of capitalised words and the quoted terms of the opening of a contract, in order of place."""
    opening = text[:OPENING]
    found = [*_runs(opening)]
    for m in _QUOTED.finditer(opening):
        group = m.lastgroup or "a"
        found.append(Mention(m.start(group), m.end(group), "quoted"))
    found += [Mention(m.start(), m.end(), "both") for m in _TOGETHER.finditer(opening)]
    for low, high in sentences(opening):
        said = opening[low:high].lower()
        if high - low < 400 and "party" in said and "parties" in said and re.search(r"[\"“'(]\s?(?:a )?part(?:y|ies)", said):
            found.append(Mention(low, high, "both"))
    first: dict[tuple[str, str], Mention] = {}
    for mention in sorted(found, key=lambda f: (f.start, -f.end)):
        first.setdefault((mention.form, " ".join(text[mention.start:mention.end].split())), mention)
    return list(first.values())


def _runs(opening: str) -> Iterator[Mention]:
    """Yield the runs of capitalised words; a company form behind a comma still belongs to its name, a gap of blanks or a bracket ends it."""
    start = end = -1
    ended = False
    words = list(_WORD.finditer(opening))
    for n, word in enumerate(words):
        following = words[n + 1][0] if n + 1 < len(words) else ""
        bare = word[0].strip(",.'’").lower()
        form = word[0].rstrip(",").lower() in _FORMS or bare in _FORMS
        if start >= 0 and opening[end:word.start()].strip(",") not in (" ", "  ", "\n", " \n"):
            yield from _mention(opening, start, end)
            start = -1
        if start >= 0:
            inside = bare in _INSIDE and following[:1].isupper() and (bare != "and" or bool(_AFTER_AND.match(following)))
            capital = word[0][0].isupper() or word[0][0].isdigit()
            if opening[start:end].lower() == "party":
                inside, bare = len(bare) == 1, ""
            if (form if ended else inside or (capital and bare not in _NEVER and bare not in _MONTHS)):
                end, ended = word.end(), _ends(word[0], form)
                continue
            yield from _mention(opening, start, end)
            start = -1
        if _begins(word[0], bare, following):
            start, end, ended = word.start(), word.end(), _ends(word[0], form)
    if start >= 0:
        yield from _mention(opening, start, end)


def _begins(word: str, bare: str, following: str) -> bool:
    """Say whether a name may begin with a word: `Acme`, `iVillage`, `3M Company`, `e-centives, Inc.`, `Party B`."""
    if bare == "party":
        return len(following.rstrip(":,.")) == 1 and following[0] not in "()[];:"
    if bare in _NEVER or bare in _MONTHS:
        return False
    if word[0].isupper() or (word[0].islower() and any(c.isupper() for c in word[1:])):
        return True
    return (word[0].isdigit() and following[:1].isupper()) or (word[0].islower() and word[-1] == "," and following.rstrip(",").lower() in _FORMS)


def _ends(word: str, form: bool) -> bool:
    return word[-1] == "," or (word[-1] == "." and not form and len(word) > 3)


def _mention(text: str, start: int, end: int) -> Iterator[Mention]:
    end = _trim(text, start, end)
    if end - start > 2:
        yield Mention(start, end, "name")


def _trim(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ",;:":
        end -= 1
    return end


def _has_form(words: list[str]) -> bool:
    return bool(words) and (words[-1] in _FORMS or words[0] in _FORMS)


def dates(folded: str, limit: int = 400_000) -> list[Mention]:
    """Return the days that a folded contract writes, those with blanks included, in order of place.

    The day of a filing in a line that says where the text was taken from (`Source: HARROW INC, 10-Q, 3/6/2020`) is none of the contract's.
    """
    return [Mention(m.start(), m.end() - (len(m[0]) - len(m[0].rstrip(" ,"))), "day") for m in DATE.finditer(folded, 0, limit)
            if not of_a_source(folded, m.start())]


def of_a_source(folded: str, at: int) -> bool:
    """Say whether an offset lies in a line that says where the text was taken from."""
    if _FILED.search(folded, max(0, at - 160), at):
        return True
    begin = folded.rfind("\n", max(0, at - 400), at) + 1
    if begin == 0 and at > 400:  # a line as long as that is no such mark
        return False
    return folded[begin:min(at, begin + 40)].lstrip().startswith("source:")


def around(folded: str, all_of: list[Mention], at: int, seen: dict[str, int]) -> Iterator[str]:
    """Yield the features of a mention: its own words, the words around it, where it stands, and how often its words came before."""
    it = all_of[at]
    own = tokens(folded[it.start:it.end])
    before, after = tokens(folded[max(0, it.start - 120):it.start])[-12:], tokens(folded[it.end:it.end + 120])[:12]
    yield f"form:{it.form}"
    for word in own[:10]:
        yield f"{it.form}:{word}"
    yield f"last:{own[-1] if own else ''}"
    yield f"count:{min(len(own), 8)}"
    for word in before:
        yield f"b:{word}"
    for word in after:
        yield f"a:{word}"
    for size in (1, 2, 3):
        yield f"b{size}:{' '.join(before[-size:])}"
        yield f"a{size}:{' '.join(after[:size])}"
        yield f"{it.form} b{size}:{' '.join(before[-size:])} a:{' '.join(after[:1])}"
    yield f"touch:{folded[max(0, it.start - 2):it.start].strip()}|{folded[it.end:it.end + 2].strip()}"
    yield f"place:{min(it.start // 400, 15)}"
    yield f"{it.form} place:{min(it.start // 400, 15)}"
    yield f"back:{min((len(folded) - it.end) // 500, 10)}"
    yield f"tenth:{10 * it.start // max(1, len(folded))}"
    yield f"nth:{min(at, 12)}"
    times = seen.get(" ".join(own), 0)
    yield f"again:{min(times, 3)}"
    for side, wide in (("b", folded[max(0, it.start - 300):it.start]), ("a", folded[it.end:it.end + 300])):
        for sign in _SIGNS:
            if sign in wide:
                yield f"{it.form} {side}~{sign}"
    if it.form != "day":
        often = folded.count(folded[it.start:it.end]) if it.end - it.start < 80 else 1
        yield f"{it.form} often:{often.bit_length()}"
        share = 20_000 * often // max(2000, len(folded))
        yield f"{it.form} share:{share.bit_length()}"
        yield f"{it.form} forms:{_has_form(own)}"
    seen[" ".join(own)] = times + 1
