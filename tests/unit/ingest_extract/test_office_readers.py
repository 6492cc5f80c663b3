"""OpenDocument, slides, Rich Text, Word and PowerPoint of the older kind, locked files: built here, held to what was put in."""
from __future__ import annotations

import io
from typing import Any

import pytest
from builders import office

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.ole import native
from ingest.given import Given
from ingest.identify import identify


def read(content: bytes, format_name: str = "", passwords: tuple[str, ...] = (), **limits: int) -> tuple[list[Child | Unread], Extracted]:
    given = Given("x", passwords=passwords)
    identified = Identified(format_name, "x/y", "signature") if format_name else identify(Content(data=content), given)
    return read_whole(Work(Content(data=content), identified, given, Limits(**limits)))


def code(read_: Extracted) -> str:
    return read_.outcome.code if isinstance(read_.outcome, Failed | Skipped) else ""


# ---------------------------------------------------------------- OpenDocument

LISTS = '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>' \
        '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="" text:display-levels="2"/></text:list-style>'


def test_odt_gives_paragraphs_notes_comments_tables_and_what_it_says_of_itself() -> None:
    body = ('<text:h text:outline-level="1">Notice</text:h><text:p>We<text:s text:c="2"/>give<text:tab/>notice<text:line-break/>today.'
            '<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>by courier</text:p></text:note-body></text:note></text:p>'
            '<text:p>Second<office:annotation><dc:creator>Ann</dc:creator><dc:date>2024-03-18T10:00:00</dc:date><text:p>Check this</text:p>'
            '</office:annotation></text:p>'
            '<table:table table:name="Fees"><table:table-row><table:table-cell office:value-type="string"><text:p>Fee</text:p></table:table-cell>'
            '<table:table-cell office:value-type="float" office:value="48000.5"><text:p>48,000.50</text:p></table:table-cell></table:table-row></table:table>'
            '<text:p><draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>')
    header = '<style:master-page><style:header><text:p>Hollow Lantern Ltd</text:p></style:header>' \
             '<style:footer><text:p>Page</text:p></style:footer></style:master-page>'
    members, read_ = read(office.odf(body, header, **{"Pictures/logo.png": b"\x89PNG"}))
    assert read_.text.split("\n")[:5] == ["Hollow Lantern Ltd", "Notice", "We  give\tnotice", "today. [by courier] ", "Second"]
    assert "Comment (Ann, 2024-03-18): Check this" in read_.text and "In a box" in read_.text and read_.text.rstrip().endswith("Page")
    cells = read_.tables[0].rows[0]
    assert read_.tables[0].name == "Fees" and [c.value for c in cells] == ["Fee", 48000.5] and read_.text[cells[1].start:cells[1].end] == "48,000.50"
    assert [read_.text[s.start:s.end] for s in read_.segments if s.kind == "heading"] == ["Notice"]
    assert read_.subject == "A title" and read_.metadata["dc:creator"] == "Orla Brannock" and read_.created_at == "2024-03-18T09:12:44"
    assert [m.inner for m in members] == ["logo.png"] and [p.name for p in read_.participants] == ["Ann"]


def test_numbers_of_odt_lists_are_counted() -> None:
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f'<text:list>{item.format("Receipt", "")}{item.format("Period", "")}</text:list>'
    body = f'<text:list text:style-name="L1">{item.format("Parties", "")}{item.format("Notice", inner)}</text:list>' \
           f'<text:list text:style-name="L1" text:continue-numbering="true">{item.format("Law", "")}</text:list>'
    assert read(office.odf(body, automatic=LISTS))[1].text == "1.\tParties\n2.\tNotice\n2.1\tReceipt\n2.2\tPeriod\n3.\tLaw\n"


def test_deleted_words_of_odt_stand_in_the_metadata_alone() -> None:
    body = ('<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Bo</dc:creator><dc:date>2024-01-02T00:00:00</dc:date>'
            '</office:change-info><text:p>ninety days</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>120 days</text:p>')
    _, read_ = read(office.odf(body))
    assert read_.text == "120 days\n" and read_.metadata["odf:deleted"] == "Bo 2024-01-02: ninety days"


def test_odp_slides_are_pages_with_their_notes() -> None:
    slide = '<draw:page draw:name="{0}"><draw:frame><draw:text-box><text:p>{0} words</text:p></draw:text-box></draw:frame>' \
            '<presentation:notes><draw:frame><draw:text-box><text:p>say {0}</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>'
    _, read_ = read(office.odf(slide.format("One") + slide.format("Two"), kind="presentation"))
    assert [(p.label, read_.text[p.start:p.end]) for p in read_.pages] == [("One", "One words\nsay One\n"), ("Two", "Two words\nsay Two\n")]


def test_flat_odt_is_known_and_read() -> None:
    body = '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" ' \
           'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>' \
           '<text:p>Flat words</text:p></office:text></office:body></office:document>'
    assert read(body.encode())[1].text == "Flat words\n"


def locked_odt(password: str) -> bytes:
    """Return an OpenDocument text locked as LibreOffice does (AES-256-CBC, PBKDF2)."""
    import base64
    import hashlib
    import zlib

    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    plain = office.odf("<text:p>Sealed words</text:p>")
    import zipfile
    content = zipfile.ZipFile(io.BytesIO(plain)).read("content.xml")
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(content) + packer.flush()
    padding = 16 - len(packed) % 16
    padded = packed + b"\0" * (padding - 1) + bytes([padding])
    salt, iv = b"s" * 16, b"i" * 16
    key = hashlib.pbkdf2_hmac("sha1", hashlib.sha256(password.encode()).digest(), salt, 1000, 32)
    encryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()

    def b64(raw: bytes) -> str:
        return base64.b64encode(raw).decode()

    manifest = f'''<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
      <m:file-entry m:full-path="content.xml" m:size="{len(content)}">
      <m:encryption-data m:checksum-type="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0#sha256-1k"
       m:checksum="{b64(hashlib.sha256(packed[:1024]).digest())}">
      <m:algorithm m:algorithm-name="http://www.w3.org/2001/04/xmlenc#aes256-cbc" m:initialisation-vector="{b64(iv)}"/>
      <m:key-derivation m:salt="{b64(salt)}" m:iteration-count="1000" m:key-size="32"/>
      <m:start-key-generation m:start-key-generation-name="http://www.w3.org/2000/09/xmldsig#sha256"/></m:encryption-data></m:file-entry></m:manifest>'''
    return office.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": encryptor.update(padded) + encryptor.finalize(),
                          "META-INF/manifest.xml": manifest})


def test_locked_odt_opens_with_its_password_alone() -> None:
    content = locked_odt("letmein")
    assert code(read(content)[1]) == "encrypted" and code(read(content, passwords=("wrong",))[1]) == "encrypted"
    read_ = read(content, passwords=("wrong", "letmein"))[1]
    assert read_.text == "Sealed words\n" and isinstance(read_.outcome, Done) and "password" in read_.outcome.note


# ---------------------------------------------------------------- slides

def deck() -> bytes:
    import pptx
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Inches
    made = pptx.Presentation()
    for words in ("Quarterly review", "", "Exit plan"):
        made.slides.add_slide(made.slide_layouts[5]).shapes.title.text = words
    first = made.slides[0]
    table = first.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for n, words in enumerate(("Metric", "Q4", "NPS", "+6")):
        table.cell(n // 2, n % 2).text = words
    data = CategoryChartData()
    data.categories = ["October", "November"]
    data.add_series("Calls", (81.5, 58))
    first.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(3), Inches(4), Inches(2), data)
    first.notes_slide.notes_text_frame.text = "Do not argue"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_slides_are_pages_with_tables_charts_and_notes() -> None:
    members, read_ = read(deck())
    assert read_.extractor.startswith("pptx/") and [p.label for p in read_.pages] == ["Quarterly review", "", "Exit plan"]
    first = read_.text[read_.pages[0].start:read_.pages[0].end]
    assert "Metric\tQ4\nNPS\t+6\n" in first and "Calls: October 81.5; November 58" in first and "Notes: Do not argue" in first
    assert [c.value for c in read_.tables[0].rows[1]] == ["NPS", "+6"] and read_.tables[0].page == 1
    assert [m.inner for m in members if m.inner.endswith(".xlsx")] != []


def test_older_slides_are_pages_with_boxes_and_notes() -> None:
    _, read_ = read(office.ppt([("Quarterly review Ω", "in a box", "say it"), ("Exit plan", "by May", "")]))
    assert [read_.text[p.start:p.end] for p in read_.pages] == ["Quarterly review Ω\nin a box\nNotes: say it", "Exit plan\nby May"]


def test_older_slides_with_a_broken_directory_give_all_their_words() -> None:
    from builders import outlook
    stream = office.record(0x03E8, office.record(0x0FA0, "Some words".encode("utf-16-le")), holds=True)
    _, read_ = read(outlook.compound({"PowerPoint Document": stream, "Current User": b"\0" * 4}), "ppt")
    assert read_.text == "Some words" and isinstance(read_.outcome, Done) and "directory is broken" in read_.outcome.note


# ---------------------------------------------------------------- Rich Text

@pytest.mark.parametrize(("rtf", "text"), [
    (rb"{\rtf1\ansi\ansicpg1252 Gr\'fc\'dfe\par second\line line\tab x}", "Grüße\nsecond\nline\tx\n"),
    (rb"{\rtf1\ansi\uc1 \u8364?100 \u-10179?\u-8704? \{braces\} \\}", "€100 😀 {braces} \\\n"),
    (rb"{\rtf1{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f0 ab \f1\'cf\'f0\'e8\par}", "ab При\n"),
    (rb"{\rtf1\ansi\ansicpg932 \'93\'fa\'96\'7b\par}", "日本\n"),
    (rb"{\rtf1{\info{\title Secret}{\author Ann}}{\stylesheet{\s1 Heading;}}{\*\unknown hidden}shown{\v hidden}\par}", "shown\n"),
    (rb"{\rtf1{\field{\*\fldinst HYPERLINK x}{\fldrslt the link}} end{\footnote\pard by post}\par}", "the link end [by post]\n"),
    (rb"{\rtf1{\header Head\par}Body\par{\footer Foot\par}}", "Head\nBody\nFoot\n"),
    (rb"{\rtf1 kept {\deleted gone} words\par}", "kept  words\n"),
    (rb"{\rtf1 {\pict\pngblip 89504e47} after\par}trailing", " after\n"),
    (rb"{\rtf1{\*\unknown {\b a}\}{\*\deep {}\\}\'7d{\header no}}kept\par}", "kept\n"),
    (rb"{\rtf1{\*\unknown \bin4 {{{{ {x}}kept\par}", "kept\n"),
    (rb"{\rtf1{\*\unknown " + rb"\a " * 25_000 + rb"\bin3 }}}{x}}kept\par}", "kept\n"),
    (rb"{\rtf1{\stylesheet{\s0 Normal;}{\*\cs10 \sbasedon0 Default;}}{\listtable{\list{\listname ;}}}kept\par}", "kept\n"),
    (rb"{\rtf1{\*\shppict{\pict\pngblip 00}}{\*\unknown}kept {\*\bkmkstart here}on{\*\bkmkend here}\par}", "kept on\n"),
    (rb"{\rtf1\ansi{\fonttbl{\f0\froman\fcharset0\fprq2{\*\panose 02020603050405020304}Times;}{\f12\fnil\fcharset238 Ari{\*\falt A\'f8};}}"
     rb"\f12 \'f8\'e1d\f0 \'f8\par}", "řádø\n"),
    (rb"{\rtf1\ansi{\fonttbl{\f7\cpg1253 G;}}\f7\'e1\f1 \'e1\par}", "αá\n"),
    (rb"{\rtf1\ansi\uc2 \u8364\'80\'3fx\uc1 \u8364\'80y\par}", "€x€y\n"),
    (rb"{\rtf1\ansi\ansicpg932 \'93\b\'fa\b0\par}", "日\n"),
    (b"{\\rtf1 one\\\r\ntwo\\\nthree\\par}", "one\ntwo\nthree\n"),
    (rb"{\rtf1{\*\pgdsctbl{\pgdsc0\pgdscnxt0 Default{\header Head\par};}}Body\par}", "Head\nBody\n"),
    (rb"{\rtf1\*\strange kept not{\info{\title T}}\par}", ""),
])
def test_rich_text_gives_the_words_that_show(rtf: bytes, text: str) -> None:
    assert read(rtf, "rtf")[1].text == text


def test_rich_text_tables_have_cells_with_offsets_and_properties_their_names() -> None:
    _, read_ = read(rb"{\rtf1{\info{\title T}{\creatim\yr2024\mo3\dy18\hr9\min5}}Before\par\trowd\cellx1\cellx2\pard\intbl Fee\cell 48,000\par tax\cell\row"
                    rb"\pard After\par}", "rtf")
    assert read_.text == "Before\nFee\t48,000 / tax\nAfter\n" and read_.created_at == "2024-03-18T09:05:00" and read_.subject == "T"
    assert [read_.text[c.start:c.end] for c in read_.tables[0].rows[0]] == ["Fee", "48,000 / tax"]


def test_rich_text_that_is_cut_off_is_read_as_far_as_it_goes() -> None:
    _, read_ = read(rb"{\rtf1 {\b Some words", "rtf")
    assert read_.text == "Some words\n" and isinstance(read_.outcome, Done) and "ends inside" in read_.outcome.note


@pytest.mark.parametrize("inside", [rb"{\*\unknown ", rb"{\fonttbl ", rb"{\*\unknown a{b", rb"{\*\unknown \bin99 x"])
def test_rich_text_that_is_cut_off_where_nothing_is_read_says_so(inside: bytes) -> None:
    _, read_ = read(rb"{\rtf1 Some words\par" + inside, "rtf")
    assert read_.text == "Some words\n" and isinstance(read_.outcome, Done) and "ends inside" in read_.outcome.note


@pytest.mark.parametrize("before", [b"", rb"{\*\unknown ", rb"{\fonttbl "])
def test_groups_too_deep_in_rich_text_are_over_the_limit_wherever_they_stand(before: bytes) -> None:
    assert code(read(rb"{\rtf1 " + before + b"{" * 5000 + b"}" * 5000 + b"}", "rtf")[1]) == "over_limit"
    assert code(read(rb"{\rtf1 x" + before + b"{" * 1000 + b"}" * 1000 + (b"}" if before else b"") + b"}", "rtf")[1]) == ""


def test_picture_in_rich_text_is_a_child() -> None:
    members, _ = read(rb"{\rtf1 x{\pict\pngblip\picw10 89504e47" + b"\n" + rb"0d0a}\par}", "rtf")
    assert [(m.inner, m.content) for m in members if isinstance(m, Child)] == [("picture-1.png", b"\x89PNG\r\n")]


# ---------------------------------------------------------------- Word of the older kind

def test_doc_gives_paragraphs_footnotes_tables_and_hides_deleted_words() -> None:
    content = office.doc(["Notice of termination", "Fees of €48,000 \x13 DATE \x14today\x15 remain."], "by courier", deleted="ninety days",
                         rows=[["Fee", "10"], ["Tax", ""]])
    _, read_ = read(content)
    assert read_.extractor.startswith("doc/")
    assert read_.text == "Notice of termination\nFees of €48,000 today remain.\nFee\t10\nTax\t\nby courier\n"
    assert [[c.value for c in row] for row in read_.tables[0].rows] == [["Fee", "10"], ["Tax", None]] and read_.metadata["word:deleted"] == "ninety days"


def test_doc_with_a_password_is_encrypted() -> None:
    assert code(read(office.doc(["x"], flags=0x0100))[1]) == "encrypted"


def test_file_embedded_as_a_package_is_found() -> None:
    data = b"\0\0\0\0\x02\0Offer.pdf\0C:\\Offer.pdf\0\0\0\x03\0\x04\0\0\0C:\\t\x05\0\0\0%PDF-"
    assert native(data) == ("Offer.pdf", b"%PDF-") and native(b"junk") is None


# ---------------------------------------------------------------- locked OOXML

def test_locked_office_document_opens_with_its_password_alone() -> None:
    docx = pytest.importorskip("docx")
    from msoffcrypto.format.ooxml import OOXMLFile
    document: Any = docx.Document()
    document.add_paragraph("Sealed words")
    plain, locked = io.BytesIO(), io.BytesIO()
    document.save(plain)
    plain.seek(0)
    OOXMLFile(plain).encrypt("letmein", locked)
    content = locked.getvalue()
    assert code(read(content)[1]) == "encrypted" and code(read(content, passwords=("wrong",))[1]) == "encrypted"
    read_ = read(content, passwords=("wrong", "letmein"))[1]
    assert "Sealed words" in read_.text and isinstance(read_.outcome, Done) and "password" in read_.outcome.note
