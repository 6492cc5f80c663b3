"""PDF, Word, spreadsheets, zip, slides: samples are built here, what is read is held to what was put in."""
from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

import pytest

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.tools import unstructured


def read(content: bytes, format_name: str, passwords: tuple[str, ...] = (), **limits: int) -> tuple[list[Child | Unread], Extracted]:
    return read_whole(Work(Content(data=content), Identified(format_name, "x/y", "signature"), Given("x", passwords=passwords), Limits(**limits)))


def code(read_: Extracted) -> str:
    return read_.outcome.code if isinstance(read_.outcome, Failed | Skipped) else ""


# ---------------------------------------------------------------- PDF

def pdf(pages: list[str], password: str = "", picture: bool = False) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption(password, canPrint=0) if password else None)
    canvas.setTitle("Notice of termination")
    for page in pages:
        for number, line in enumerate(page.splitlines()):
            canvas.drawString(72, 700 - 20 * number, line)
        if picture:
            canvas.rect(100, 100, 200, 200, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("reader", ["pdfium", "pypdf"])
def test_pdf_gives_its_pages_with_offsets(reader: str) -> None:
    from ingest.extract import Reader
    work = Work(Content(data=pdf(["First page\nsecond line", "Second page"])), Identified("pdf", "application/pdf", "signature"), Given("x.pdf"), Limits())
    read_ = next(p for p in Reader(work, avoid=() if reader == "pdfium" else ("pdfium",)).attempts() if isinstance(p, Extracted))
    assert read_.extractor.startswith(reader)
    assert [read_.text[p.start:p.end].split("\n")[0] for p in read_.pages] == ["First page", "Second page"]
    assert read_.passage(read_.text.index("Second"), len(read_.text)).page == 2
    assert read_.subject == "Notice of termination" and read_.metadata["pdf:Title"] == "Notice of termination"


def test_pdf_without_words_or_pictures_is_empty_and_no_success() -> None:
    _, read_ = read(pdf(["", ""], picture=True), "pdf")
    assert code(read_) == "empty" and isinstance(read_.outcome, Skipped) and len(read_.pages) == 2


def test_pdf_names_its_pages_without_text() -> None:
    _, read_ = read(pdf(["words", "", "words"], picture=True), "pdf")
    assert isinstance(read_.outcome, Done) and "no text on 1 of 3 pages: 2" in read_.outcome.note


def test_pdf_with_a_password_is_encrypted_until_it_is_given() -> None:
    content = pdf(["Secret words"], "letmein")
    assert code(read(content, "pdf")[1]) == "encrypted" and code(read(content, "pdf", ("wrong",))[1]) == "encrypted"
    assert "Secret words" in read(content, "pdf", ("wrong", "letmein"))[1].text


def test_broken_pdf_is_damaged_and_says_who_tried() -> None:
    assert code(read(b"%PDF-1.7\nnothing here", "pdf")[1]) == "damaged"


def test_file_pinned_to_a_page_is_a_child() -> None:
    from pypdf import PdfWriter
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, TextStringObject
    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Invoice"])))
    stream = DecodedStreamObject()
    stream.set_data(b"a;b")
    spec = DictionaryObject({NameObject("/Type"): NameObject("/Filespec"), NameObject("/F"): TextStringObject("lines.csv"),
                             NameObject("/UF"): TextStringObject("lines.csv"),
                             NameObject("/EF"): DictionaryObject({NameObject("/F"): writer._add_object(stream)})})
    note = DictionaryObject({NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/FileAttachment"),
                             NameObject("/Rect"): ArrayObject(FloatObject(n) for n in (10, 10, 30, 30)), NameObject("/FS"): writer._add_object(spec)})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    out = io.BytesIO()
    writer.write(out)
    members, _ = read(out.getvalue(), "pdf")
    assert [(m.inner, m.content) for m in members if isinstance(m, Child)] == [("lines.csv", b"a;b")]


def test_file_embedded_in_a_pdf_is_a_child() -> None:
    from pypdf import PdfWriter
    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Invoice"])))
    writer.add_attachment("factur-x.xml", b"<invoice/>")
    out = io.BytesIO()
    writer.write(out)
    assert read(out.getvalue(), "pdf")[0] == [Child("factur-x.xml", b"<invoice/>")]


def form(value: bytes, packed: bool) -> bytes:
    """Return a PDF with one field; `packed`: its objects lie together in a packed stream (ISO 32000-1, 7.5.7)."""
    import zlib
    bodies = [b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
              b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Annots[4 0 R]>>",
              b"<</Type/Annot/Subtype/Widget/FT/Tx/T(Notice)/Rect[0 0 9 9]" + value + b">>"]
    if not packed:
        plain = b"%%PDF-1.5\n%b" % b"".join(b"%d 0 obj%b endobj\n" % (n, body) for n, body in enumerate(bodies, 1))
        rows = b"".join(b"%010d 00000 n \n" % plain.find(b"%d 0 obj" % n) for n in range(1, 5))
        return plain + b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (rows, len(plain))
    places = b" ".join(b"%d %d" % (n, sum(len(b) + 1 for b in bodies[:n - 1])) for n in range(1, 5))
    data = zlib.compress(places + b" " + b" ".join(bodies))
    out = b"%%PDF-1.5\n5 0 obj\n<</Type/ObjStm/N 4/First %d/Filter/FlateDecode/Length %d>>stream\n%b\nendstream\nendobj\n" % (len(places) + 1, len(data), data)
    table = b"".join(bytes((kind, *at.to_bytes(2, "big"), more)) for kind, at, more in
                     [(0, 0, 255), *((2, 5, n) for n in range(4)), (1, 9, 0), (1, len(out), 0)])
    return out + (b"6 0 obj\n<</Type/XRef/Size 7/W[1 2 1]/Root 1 0 R/Length %d>>stream\n%b\nendstream\nendobj\nstartxref\n%d\n%%%%EOF"
                  % (len(table), table, len(out)))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("value", "text"), [(b"/V(ninety days)", "Notice: ninety days"), (b"/V <6e6f>", "Notice: no"), (b"", ""), (b"/V/Off", ""),
                                             (b"/V null", "")])
def test_filled_field_of_a_form_is_read(value: bytes, text: str, packed: bool) -> None:
    assert read(form(value, packed), "pdf")[1].text == text


@pytest.mark.parametrize(("content", "may"), [
    (b"/V (x)", True), (b"/V\n12 0 R", True), (b"/#56<41>", True), (b"/V%\n(x)", True), (b"/V/Yes", False), (b"/V[1]", False), (b"/Vx(", False),
    (b"/V <<", False), (b"/V\x9a(", False), (b"/Encrypt 1 0 R", True), (b"/ObjStm>>", True), (b"/ObjStm/DecodeParms<<>>>>stream\nendstream", True),
    (b"/ObjStm>>stream\nno zlib endstream", True), (b"/ObjStms", False)])
def test_form_is_opened_where_a_field_may_have_a_value(content: bytes, may: bool) -> None:
    from ingest.extract.pdf import _may_have_values
    assert _may_have_values(content) is may


def test_packed_objects_that_burst_are_not_unpacked_in_search_of_values() -> None:
    import zlib

    from ingest.extract.pdf import _may_have_values
    stream = b"/ObjStm>>stream\r\n%b\nendstream" % zlib.compress(b"x" * (1 << 20))
    assert not _may_have_values(stream * 3) and _may_have_values(stream * 20)


def test_properties_of_a_pdf_may_be_long() -> None:
    from pypdf import PdfWriter
    writer = PdfWriter(clone_from=io.BytesIO(pdf(["Invoice"])))
    writer.add_metadata({"/Title": "Ü" * 3000, "/Subject": "s", "/Author": " "})
    out = io.BytesIO()
    writer.write(out)
    metadata = read(out.getvalue(), "pdf")[1].metadata
    assert metadata["pdf:Title"] == "Ü" * 3000 and metadata["pdf:Subject"] == "s" and "pdf:Author" not in metadata


@pytest.mark.parametrize(("text", "mended"), [
    ("a\ufffe", "a-"), ("\ufffeb", "-b"), ("1\ufffe2", "1-2"), ("no\ufffetice no\ufffetices", "notice no-tices"), ("x\ufffeno\ufffetice", "x-notice"),
    ("none", "none")])
def test_broken_ends_are_joined_or_keep_their_hyphen(text: str, mended: str) -> None:
    from ingest.extract.pdf import known_words, rejoined
    assert rejoined(text, known_words([text, "the notice"])) == mended


def test_word_broken_at_a_line_end_is_joined_where_the_document_has_it_whole() -> None:
    from ingest.extract.pdf import rejoined
    words = frozenset({"termination"})
    assert rejoined("the termi\ufffenation of public\ufffefacing", words) == "the termination of public-facing"


@pytest.mark.parametrize(("elsewhere", "known"), [
    ("the termination was", True), ("Termination", True), ("terminations and determination", False), ("pre-termination", False), ("termination-related", False),
    ("page- termination -of", True), ("", False)])
def test_broken_word_is_known_only_where_it_stands_by_itself(elsewhere: str, known: bool) -> None:
    from ingest.extract.pdf import known_words
    assert known_words(["the termi\ufffenation of", elsewhere]) == (frozenset({"termination"}) if known else frozenset())


@pytest.mark.parametrize("text", ["plain\twords\r\n\f", "", "a\x00b", "a\x7f", "\x1b[0m", "\x0b", "ümlaut", "a\x85b", "\ufffe", "x\ud800y"])
def test_what_is_plain_at_a_glance_has_no_character_that_is_taken_out(text: str) -> None:
    from ingest.extract.text import clean, plain
    unwanted = {*map(chr, range(32)), "\x7f", "\ufffe", "\ud800"} - {"\t", "\n", "\f"}
    assert clean(text) == "".join(c for c in text.replace("\r\n", "\n") if c not in unwanted)
    assert plain(text) == (text in ("plain\twords\r\n\f", ""))


@pytest.mark.parametrize(("raw", "iso"), [
    ("D:20210401101500Z", "2021-04-01T10:15:00+00:00"), ("D:20210401101500+02'00'", "2021-04-01T10:15:00+02:00"), ("D:2021", "2021"), ("yesterday", "")])
def test_pdf_dates_become_iso(raw: str, iso: str) -> None:
    from ingest.extract.pdf import pdf_moment
    assert pdf_moment(raw) == iso


# ---------------------------------------------------------------- Word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr("word/" + name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_paragraphs_and_tables_stand_in_their_order() -> None:
    table = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}{p('c')}</w:tc></w:tr></w:tbl>"
    _, read_ = read(docx(p("before") + table + p("after")), "docx")
    assert read_.text == "before\na\tb / c\nafter\n"
    assert [[c.value for c in row] for row in read_.tables[0].rows] == [["a", "b / c"]]
    assert all(read_.text[c.start:c.end] == c.value for row in read_.tables[0].rows for c in row)


def test_header_footer_notes_and_comments_are_read() -> None:
    content = docx(p("Body"), header1_xml=f"<w:hdr {W}>{p('Letterhead')}</w:hdr>", footer1_xml=f"<w:ftr {W}>{p('Page')}</w:ftr>",
                   footnotes_xml=f'<w:footnotes {W}><w:footnote w:id="2">{p("A note")}</w:footnote></w:footnotes>',
                   comments_xml=f'<w:comments {W}><w:comment w:id="0" w:author="J Orme" w:date="2023-02-02T10:00:00Z">{p("Why 40%?")}</w:comment></w:comments>')
    _, read_ = read(content, "docx")
    assert read_.text == "Letterhead\nBody\n[2] A note\nPage\nComment (J Orme, 2023-02-02): Why 40%?\n"
    comment = read_.segments[-1]
    assert (read_.text[comment.start:comment.end], comment.speaker, comment.at) == ("Why 40%?", "J Orme", "2023-02-02T10:00:00Z")


def test_tracked_changes_are_accepted_and_listed() -> None:
    body = ('<w:p><w:r><w:t>fee of </w:t></w:r><w:del w:author="KA" w:date="2023-02-01T00:00:00Z"><w:r><w:delText>60%</w:delText></w:r></w:del>'
            '<w:ins w:author="JO" w:date="2023-02-02T00:00:00Z"><w:r><w:t>40%</w:t></w:r></w:ins></w:p>')
    _, read_ = read(docx(body), "docx")
    assert read_.text == "fee of 40%\n"
    assert (read_.metadata["word:deleted"], read_.metadata["word:inserted"]) == ("KA 2023-02-01: 60%", "JO 2023-02-02: 40%")


def test_numbers_of_automatic_lists_are_computed() -> None:
    levels = "".join(f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
                     for n, (form, text) in enumerate([("decimal", "%1."), ("decimal", "%1.%2"), ("lowerLetter", "(%3)")]))
    numbering = (f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
                 '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')

    def item(level: int, words: str) -> str:
        return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>')

    body = item(0, "Term") + item(1, "Start") + item(1, "End") + item(2, "first") + item(0, "Fees") + item(1, "Price")
    assert read(docx(body, numbering_xml=numbering), "docx")[1].text == "1.\tTerm\n1.1\tStart\n1.2\tEnd\n(a)\tfirst\n2.\tFees\n2.1\tPrice\n"


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice><x>{box}</x></mc:Choice><mc:Fallback><y>{box}</y></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert read(docx(body), "docx")[1].text.split() == ["boxed"]


def test_embedded_files_of_a_document_are_children() -> None:
    members, _ = read(docx(p("x"), embeddings__book_xlsx="PK", media__image1_png="x"), "docx")
    assert [(m.inner, getattr(m, "inline", None)) for m in members] == [("book_xlsx", False), ("image1_png", False)]


def test_document_without_text_is_empty() -> None:
    assert code(read(docx(p("")), "docx")[1]) == "empty"


def test_file_that_only_claims_to_be_a_document_is_damaged() -> None:
    assert code(read(b"not a zip", "docx")[1]) == "damaged"


def test_document_made_by_another_program_is_read() -> None:
    import docx as other
    made = other.Document()
    made.add_heading("Services Agreement", 1)
    made.add_paragraph("This agreement is made.")
    made.core_properties.author = "A. Author"
    out = io.BytesIO()
    made.save(out)
    _, read_ = read(out.getvalue(), "docx")
    assert read_.text == "Services Agreement\nThis agreement is made.\n" and read_.metadata["dc:creator"] == "A. Author"
    assert [(s.kind, read_.text[s.start:s.end]) for s in read_.segments] == [("heading", "Services Agreement")]


# ---------------------------------------------------------------- spreadsheets

def workbook(fill: Any) -> bytes:
    import openpyxl
    book = openpyxl.Workbook()
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_cells_have_types_and_stand_in_the_text() -> None:
    def fill(book: Any) -> None:
        sheet = book.active
        sheet.title = "Ledger"
        sheet.append(["Date", "Ref", "Amount", "Paid"])
        sheet.append([datetime.date(2025, 3, 31), "INV-1", 1234.5, True])
        sheet.append([None, "share", 0.781])
        sheet["C3"].number_format = "0.0%"
        book.create_sheet("Notes").append(["one\nnote"])

    _, read_ = read(workbook(fill), "xlsx")
    assert read_.text == "Ledger\nDate | Ref | Amount | Paid\n2025-03-31 | INV-1 | 1234.5 | TRUE\n | share | 78.1%\n\fNotes\none note"
    assert [(page.label, read_.text[page.start:page.end][:6]) for page in read_.pages] == [("Ledger", "Ledger"), ("Notes", "Notes\n")]
    cells = [cell for table in read_.tables for row in table.rows for cell in row]
    assert [c.value for c in cells[4:]] == ["2025-03-31", "INV-1", 1234.5, True, None, "share", 0.781, "one\nnote"]
    assert cells[10].percent and read_.text[cells[10].start:cells[10].end] == "78.1%" and read_.text[cells[6].start:cells[6].end] == "1234.5"


def test_comment_on_a_cell_is_read() -> None:
    def fill(book: Any) -> None:
        from openpyxl.comments import Comment
        book.active["A1"] = "x"
        book.active["A1"].comment = Comment("check this", "SF")

    assert "Comment (SF) A1: check this" in read(workbook(fill), "xlsx")[1].text


def test_empty_workbook_is_empty_and_a_broken_one_damaged() -> None:
    assert code(read(workbook(lambda book: None), "xlsx")[1]) == "empty"
    assert code(read(b"PK\x03\x04 broken", "xlsx")[1]) == "damaged"


# ---------------------------------------------------------------- zip

def archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(zipfile.ZipInfo(name, (2024, 3, 18, 9, 12, 44)), content)
    return out.getvalue()


def test_zip_lists_its_members_and_gives_them_as_children() -> None:
    members, read_ = read(archive(("a/b.txt", b"one"), ("c.txt", b"two")), "zip")
    assert read_.text == "a/b.txt (3 bytes)\nc.txt (3 bytes)" and not read_.container
    assert members == [Child("a/b.txt", b"one", "", "2024-03-18T09:12:44"), Child("c.txt", b"two", "", "2024-03-18T09:12:44")]


def test_names_that_lead_out_of_a_zip_stay_inside() -> None:
    members, _ = read(archive(("../../etc/passwd", b"1"), ("/abs.txt", b"2"), ("C:\\x\\y.txt", b"3"), ("a/../b", b"4"), ("..", b"5")), "zip")
    assert [m.inner for m in members] == ["etc/passwd", "abs.txt", "x/y.txt", "a/b", "member-5"]


def test_zip_bounds_members_sizes_and_depth() -> None:
    content = archive(("a", b"x" * 1000), ("b", b"y" * 10))
    assert code(read(content, "zip", members=1)[1]) == "over_limit"
    members, read_ = read(content, "zip", item_bytes=300)
    assert isinstance(members[0], Unread) and isinstance(members[1], Child)
    assert isinstance(read_.outcome, Done) and "1 of 2 members" in read_.outcome.note
    work = Work(Content(data=content), Identified("zip", "application/zip", "signature"), Given("x", depth=16), Limits())
    assert code(read_whole(work)[1]) == "over_limit"


def test_zip_without_members_is_empty() -> None:
    assert code(read(archive(), "zip")[1]) == "empty"


# ---------------------------------------------------------------- the rest

def test_format_without_a_reader_is_skipped_and_named() -> None:
    _, read_ = read(b"x", "unknown")
    assert isinstance(read_.outcome, Skipped) and read_.outcome.code == "unsupported" and "x/y" in read_.outcome.reason


def test_locked_office_document_is_encrypted() -> None:
    assert code(read(b"x", "encrypted-office")[1]) == "encrypted"


needs_unstructured = pytest.mark.skipif(not unstructured.available(), reason="the extra `unstructured` is not installed")


@needs_unstructured
def test_unstructured_is_the_pinned_one_and_its_model_is_replaced() -> None:
    from importlib.metadata import version
    assert version("unstructured") == unstructured.VERSION
    unstructured._ready()
    from unstructured.nlp import tokenize
    assert tokenize._load_spacy_model().pipe_names == ["sentencizer"]


@needs_unstructured
def test_markup_without_a_reader_of_its_own_is_read_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a look-up on the network")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    _, read_ = read(b"Title\n=====\n\nSome words here.\n", "rst")
    assert "Some words here." in read_.text


def test_unstructured_that_is_missing_is_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unstructured, "available", lambda: False)
    assert code(read(b"x", "rst")[1]) == "unsupported" or read(b"x", "rst")[1].extractor.startswith("text")
