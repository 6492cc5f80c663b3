"""`python -m bench.text_recall [SHARED]`: which share of the words that must be in a document's text is there.

What must be there is what lies beside the corpora: SheetJS's CSV and XML, invoice2data's values, the XML of electronic invoices, plain texts
of contracts and declarations, transcripts, the JSON of message and court readers.  Only files that can be read count; a file that is said to
be read and has no text is an empty success, of which there must be none.
"""
from __future__ import annotations

import contextlib
import csv
import datetime
import functools
import json
import operator
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.model.extracted import Child, Extracted
from archive.model.outcome import Done
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.identify import identify

_TOKEN = re.compile(r"[^\W_]+")
_SHARED = Path(__file__).resolve().parents[2] / "shared"
_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """A document and the words that its text, or that of what lies inside it, must have."""
    file: Path
    expected: Counter[str]
    note: str = ""


@dataclass(slots=True)
class Row:
    """One kind of document: recall of each, words found and expected in all, files that could not be read, empty successes."""
    kind: str
    recalls: list[tuple[float, Path, list[str]]] = field(default_factory=list)
    found: int = 0
    expected: int = 0
    unread: list[str] = field(default_factory=list)
    hollow: list[str] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return sum(r for r, _, _ in self.recalls) / len(self.recalls) if self.recalls else 0.0

    @property
    def pooled(self) -> float:
        return self.found / self.expected if self.expected else 0.0


def tokens(text: str) -> Counter[str]:
    """Return the words and numbers of a text with how often each stands in it, without regard to case and to forms of letters."""
    return Counter(_TOKEN.findall(unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()))


def read(file: Path) -> tuple[Extracted, str]:
    """Return what was read of a file, and all text: its own and that of its members."""
    texts: list[str] = []
    first: Extracted | None = None
    waiting: list[tuple[Content, Given]] = [(Content(file=str(file)), Given(file.name, str(file)))]
    while waiting:
        content, given = waiting.pop(0)
        identified = identify(content, given)
        members, extracted = read_whole(Work(content, identified, given, Limits()))
        first = first or extracted
        texts += [extracted.text, extracted.subject, *(f"{p.name} {p.address}" for p in extracted.participants)]
        if given.depth < _DEPTH:
            waiting += [(Content(data=m.content), Given(m.inner, m.inner, declared_mime=m.declared_mime, depth=given.depth + 1,
                                                        parent_format=identified.format)) for m in members if isinstance(m, Child)]
    assert first is not None
    return first, "\n".join(texts)


def measure(kind: str, pairs: Iterator[Pair]) -> Row:
    """Read the documents of a kind and count."""
    row = Row(kind)
    for pair in pairs:
        if not pair.expected:
            continue
        extracted, text = read(pair.file)
        if not isinstance(extracted.outcome, Done):
            row.unread.append(f"{pair.file.name}: {extracted.outcome.code}")
            continue
        if not text.strip():
            row.hollow.append(pair.file.name)
        missing = pair.expected - tokens(text)
        total = pair.expected.total()
        row.found += total - missing.total()
        row.expected += total
        row.recalls.append((1 - missing.total() / total, pair.file, [w for w, _ in missing.most_common(8)]))
    return row


# ---------------------------------------------------------------- what lies beside

def sheets(root: Path) -> Iterator[Pair]:
    """SheetJS: `book.xlsx` with `book.xlsx.N.csv` (a sheet each) or `book.xlsx.xml` (SpreadsheetML)."""
    folder = root / "corpora/documents/sheetjs"
    for book in sorted(folder.glob("*")):
        if book.suffix.lower() not in (".xls", ".xlsx", ".xlsm", ".xlsb", ".ods"):
            continue
        beside = sorted(folder.glob(f"{book.name}*.csv"))
        words: Counter[str] = Counter()
        for each in beside:
            words += tokens(" ".join(cell for row in csv.reader(each.read_text("utf-8", "replace").splitlines()) for cell in row if _is_word(cell)))
        xml = folder / f"{book.name}.xml"
        if not beside and xml.is_file():
            found = re.findall(r"<(?:\w+:)?Data[^>]*Type=\"(\w+)\"[^>]*>([^<]*)<", xml.read_text("utf-8", "replace"))
            words += tokens(" ".join(_unescaped(value) for kind, value in found if kind == "String"))
            words += tokens(" ".join(f"{float(value):.15g}" for kind, value in found if kind == "Number"))
        yield Pair(book, words)


def _is_word(cell: str) -> bool:
    """Say whether a cell shows its value itself; numbers in a format of their own (dates, currencies) are shown as values by us."""
    return not re.fullmatch(r"[-+($€£\s]*[\d.,/:E+-]+[)%\s]*", cell) or re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _unescaped(text: str) -> str:
    import html
    return html.unescape(text)


def invoices(root: Path) -> Iterator[Pair]:
    """invoice2data: the values of the JSON beside an invoice, dates and sums in whichever form the invoice writes them."""
    for file in sorted((root / "corpora/billing/invoice2data/tests").glob("*/*.json")):
        for document in (file.with_suffix(".pdf"), file.with_suffix(".txt")):
            if document.is_file():
                _, text = read(document)
                yield Pair(document, _values(json.loads(file.read_text("utf-8")), text))
                break


_OWN = frozenset(("issuer", "desc", "currency", "currency_symbol", "country_code", "state_code", "template", "partner_name", "parser", "partner_street2",
                  "partner_street3", "partner_ref", "partner_coc", "bic", "incoterm", "mandate_id", "mobile", "customer_order_number", "purchase_order_id",
                  "payment_unece_code", "note"))
"""Fields that the templates of invoice2data set themselves."""


def _values(value: Any, text: str, key: str = "") -> Counter[str]:
    if isinstance(value, dict):
        return functools.reduce(operator.or_, (_values(v, text, k) for k, v in value.items() if k not in _OWN), Counter())
    if isinstance(value, list):
        return functools.reduce(operator.or_, (_values(v, text, key) for v in value), Counter())
    if isinstance(value, bool) or value is None:
        return Counter()
    said = str(value)
    if isinstance(value, (int, float)):
        forms = _number_forms(float(value))
        bare = re.sub(r"\s", "", text)
        return Counter() if any(form in bare for form in forms) or str(value) in re.sub(r"\D", "", text) else tokens(forms[0])
    if (day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", said)):
        return Counter() if _has_day(text, datetime.date(int(day[1]), int(day[2]), int(day[3]))) else tokens(said)
    return tokens(said)


def _number_forms(number: float) -> list[str]:
    forms: list[str] = []
    for places in (2, 0, 1, 3, 4):
        if round(number, places) == number:
            plain = f"{abs(number):,.{places}f}"
            forms += [plain, plain.replace(",", ""), plain.replace(",", "\0").replace(".", ",").replace("\0", "."), plain.replace(",", "").replace(".", ",")]
    return forms or [str(number)]


def _has_day(text: str, day: datetime.date) -> bool:
    words = tokens(text)
    return str(day.year) in words or f"{day.year % 100:02d}" in words or f"{day.day:02d}{day.month:02d}{day.year}" in text


def electronic(root: Path) -> Iterator[Pair]:
    """E-invoices: every value of an XML file must be in its text, and every value of an embedded one in that of the PDF with its members."""
    for file in sorted((root / "corpora/billing/zugferd").rglob("*")):
        if file.suffix.lower() == ".xml":
            yield Pair(file, _xml_values(file.read_bytes()))
        elif file.suffix.lower() == ".pdf":
            yield Pair(file, sum((_xml_values(data) for data in _embedded_xml(file)), Counter()))


def _xml_values(content: bytes) -> Counter[str]:
    from lxml import etree
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    values: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str) or len(element) or not (element.text or "").strip():
            continue
        text = (element.text or "").strip()
        if element.get("format") == "102" and re.fullmatch(r"\d{8}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        values.append(text)
    return tokens(" ".join(values))


def _embedded_xml(file: Path) -> Iterator[bytes]:
    import pypdf
    for _, several in pypdf.PdfReader(str(file)).attachments.items():
        yield from (data for data in several if data.lstrip(b"\xef\xbb\xbf").startswith(b"<"))


def contracts(root: Path) -> Iterator[Pair]:
    """CUAD: contracts as PDF beside their plain text."""
    folder = root / "corpora/contracts-cuad"
    texts = {_bare(f.stem): f for f in folder.glob("*txt/*.txt")}
    for file in sorted(p for p in folder.glob("full_contract_pdf/**/*") if p.suffix.lower() == ".pdf"):
        if (beside := texts.get(_bare(file.stem))) is not None:
            yield Pair(file, _without_marks(tokens(beside.read_text("utf-8", "replace"))))


def _bare(name: str) -> str:
    return re.sub(r"\W+", "", name).casefold()


def _without_marks(words: Counter[str]) -> Counter[str]:
    """Return words of a plain text that was made by OCR or by hand without single letters and signs, which such texts have of their own."""
    return Counter({w: n for w, n in words.items() if len(w) > 1})


def declarations(root: Path) -> Iterator[Pair]:
    """unstructured: one declaration in several formats beside its plain text; and a page of an audit beside what people typed of it."""
    folder = root / "corpora/documents/unstructured"
    for text in sorted((folder / "language-docs").glob("*.txt")):
        for file in sorted((folder / "language-docs").glob(f"{text.stem}.*")):
            if file.suffix not in (".txt", ".xlsx"):  # the workbook has another text
                yield Pair(file, tokens(text.read_text("utf-8")))
    for gold in sorted((folder / "test_evaluate_files").glob("gold_standard_cct/*.txt")):
        for file in folder.rglob(gold.stem):
            yield Pair(file, tokens(gold.read_text("utf-8")))


def marked(root: Path) -> Iterator[Pair]:
    """Terms of service with XML marks beside the plain text."""
    folder = root / "corpora/tos-unfair"
    for file in sorted((folder / "original_xml").rglob("*.xml")):
        beside = folder / "original_text" / file.parent.name / f"{file.stem}.txt"
        if beside.is_file():
            yield Pair(file, tokens(beside.read_text("utf-8", "replace")))


def meetings(root: Path) -> Iterator[Pair]:
    """QMSum: every turn of a transcript with its speaker."""
    for file in sorted((root / "corpora/meetings-qmsum").glob("*.json*")):
        try:
            content = json.loads(file.read_text("utf-8"))
        except ValueError:
            continue
        turns = content.get("meeting_transcripts", []) if isinstance(content, dict) else []
        yield Pair(file, tokens(" ".join(f"{t['speaker']} {t['content']}" for t in turns)))


def messages(root: Path) -> Iterator[Pair]:
    """msgreader: subject and body of Outlook items as its JSON has them."""
    for file in sorted((root / "corpora/outlook/msgreader/test").glob("*.msg")):
        beside = file.with_suffix(".json")
        if beside.is_file():
            said = json.loads(beside.read_text("utf-8"))
            yield Pair(file, tokens(f"{_as_meant(said.get('subject', ''))} {_as_meant(said.get('body', ''))}"))


def _as_meant(said: str) -> str:
    """Return what msgreader said with the bytes that it handed on undecoded as the characters that they are.

    It takes strings that are not Unicode as Latin-1, whatever code page the item is in; C1 controls, which no text has, show where. On this
    set that is one item from a Japanese system (docs/awkward-items.md).
    """
    if any("\x80" <= c <= "\x9f" for c in said):
        with contextlib.suppress(UnicodeError):
            return said.encode("latin-1").decode("cp932")
    return said


def court(root: Path) -> Iterator[Pair]:
    """PACER: names and descriptions that the readers of court pages found, where the page shows them as they are."""
    for file in sorted((root / "corpora/court-pacer").rglob("*.html")):
        beside = file.with_suffix(".json")
        if beside.is_file():
            yield Pair(file, tokens(" ".join(_strings(json.loads(beside.read_text("utf-8"))))))


_SHOWN = frozenset(("case_name", "description", "short_description", "assigned_to_str", "referred_to_str", "name", "document_number", "docket_number", "cause",
                    "nature_of_suit", "jury_demand"))


def _strings(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for k, v in value.items():
            yield from _strings(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from _strings(v, key)
    elif isinstance(value, str) and key in _SHOWN:
        yield value


KINDS: dict[str, Callable[[Path], Iterator[Pair]]] = {
    "workbooks (SheetJS)": sheets, "invoices (invoice2data)": invoices, "e-invoices (ZUGFeRD, UBL, FatturaPA)": electronic, "contracts, PDF (CUAD)": contracts,
    "one text in many formats (unstructured)": declarations, "broken XML (terms of service)": marked, "transcripts (QMSum)": meetings,
    "Outlook items (msgreader)": messages, "court pages (PACER)": court,
}


def main() -> int:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else _SHARED
    if not (root / "corpora").is_dir():
        print(f"bench: {root}/corpora is absent", file=sys.stderr)
        return 2
    print(f"{'':42} {'files':>5} {'mean':>6} {'pooled':>6} {'least':>6}  unread  hollow")
    for kind, pairs in KINDS.items():
        row = measure(kind, pairs(root))
        least = min(row.recalls, default=(0.0, Path(), []), key=lambda r: r[0])
        print(f"{kind:42} {len(row.recalls):5} {row.mean:6.3f} {row.pooled:6.3f} {least[0]:6.3f}  {len(row.unread):6}  {len(row.hollow):6}"
              f"  {least[1].name[:40]} {' '.join(least[2])[:60]}", flush=True)
        for told in row.unread:
            print(f"    {told}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
