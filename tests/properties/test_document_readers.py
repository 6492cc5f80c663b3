"""No bytes break a reader of documents: bytes of any kind, and sound documents with bytes of them changed, cut out or put in."""
from __future__ import annotations

import io

import pytest
from builders import office
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.json_plain import set_out
from ingest.extract.markup import show
from ingest.fence import wire
from ingest.given import Given
from ingest.tools import tesseract

QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def _picture() -> bytes:
    from PIL import Image
    out = io.BytesIO()
    Image.new("L", (200, 100), 255).save(out, "TIFF", save_all=True, append_images=[Image.new("L", (200, 100), 0)])
    return out.getvalue()


CII = b'<CrossIndustryInvoice><ExchangedDocument><ID>1</ID></ExchangedDocument><a format="102">20240101</a></CrossIndustryInvoice>'
SEEDS = {
    "odt": office.odf("<text:h>One</text:h><text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>"),
    "odp": office.odf("", kind="presentation"),
    "pptx": office.zipped({"ppt/presentation.xml": "<p/>",
                           "ppt/slides/slide1.xml": "<p><cSld><spTree><sp><txBody><p><r><t>x</t></r></p></txBody></sp></spTree></cSld></p>"}),
    "doc": office.doc(["One", "Two"], "note", rows=[["a", "b"]]), "ppt": office.ppt([("One", "box", "note")]),
    "rtf": rb"{\rtf1{\fonttbl{\f0\fcharset0 A;}}{\info{\title t}}a\'e4\u8364?\par\trowd\intbl x\cell\row{\pict\pngblip 00ff}{\footnote n}}",
    "xml": b'<?xml version="1.0"?><a x="1"><b>c</b>d<!-- e --><f/></a>', "einvoice": CII, "json": b'{"a": ["\\u00fc", 1.5, {"b": null}]}',
    "epub": office.zipped({"META-INF/container.xml": '<c><rootfile full-path="a.opf"/></c>',
                           "a.opf": '<p><item id="a" href="b"/><itemref idref="a"/></p>', "b": "<p>x"}),
    "tiff": _picture(), "encrypted-office": office.doc(["x"]), "ods": office.odf("<table:table/>", kind="spreadsheet"),
}


def hold(members: list[Child | Unread], read: Extracted) -> None:
    """Hold a result to what every result promises."""
    assert isinstance(read.outcome, Done | Skipped | Failed)
    names = [m.inner for m in members]
    assert len(names) == len(set(names)) and all(names)
    size = len(read.text)
    assert all(0 <= p.start <= p.end <= size for p in read.pages) and all(0 <= s.start <= s.end <= size for s in read.segments)
    assert all(0 <= c.start <= c.end <= size for t in read.tables for row in t.rows for c in row)
    wire.encoder.encode(wire.read_of(read))
    assert not any(c in read.text for c in "\0\r\ud800")


@pytest.mark.parametrize("format_name", sorted(SEEDS))
@QUICK
@given(data=st.data())
def test_any_bytes_of_a_document_end_in_an_outcome(format_name: str, data: st.DataObject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    seed = bytearray(SEEDS[format_name])
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, max(len(seed) - 1, 0)))
        how = data.draw(st.integers(0, 3))
        if how == 0 and seed:
            seed[at] = data.draw(st.integers(0, 255))
        elif how == 1:
            seed[at:at + data.draw(st.integers(1, 64))] = b""
        elif how == 2:
            seed[at:at] = data.draw(st.binary(max_size=16))
        else:
            seed[at:at + 4] = data.draw(st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xfe\xff\xff\x7f"]))
    hold(*read_whole(Work(Content(data=bytes(seed)), Identified(format_name, "x/y", "declared"), Given("x"), Limits())))


@QUICK
@example(text='"\\u"')
@given(text=st.text(alphabet='{}[]:,"\\ua0e1d8 \n', max_size=200))
def test_json_that_is_set_out_loses_no_letters(text: str) -> None:
    assert set(set_out(text)) - set(' \n"') <= set(text) | set("áà") | {c for c in set_out(text) if ord(c) > 127} | set("\t/\\")


@QUICK
@given(tsv=st.text(alphabet="5\t\n-1.aé9", max_size=300))
def test_words_of_any_table_are_words_or_left_out(tsv: str) -> None:
    assert all(0 <= w.confidence <= 1 and w.text.strip() for w in tesseract.words_of(tsv))


_LIKE_RTF = st.recursive(
    st.sampled_from([rb"words ", rb"\b ", rb"\par ", rb"\'e4", rb"\{", rb"\}", rb"\\\\", rb"\u8364?", rb"\bin3 {{}", rb"\pict\pngblip 00", b"\r\n"]),
    lambda inner: st.lists(inner, max_size=4).map(lambda parts: b"{" + b"".join(parts) + b"}"), max_leaves=12)


@QUICK
@given(passed=st.lists(_LIKE_RTF, max_size=6), name=st.sampled_from([rb"\*\unknown", rb"\stylesheet", rb"\*\fldinst", rb"\nonshppict", rb"\fonttbl"]))
def test_group_of_rich_text_of_which_nothing_is_read_changes_nothing(passed: list[bytes], name: bytes) -> None:
    def text(more: bytes) -> str:
        content = rb"{\rtf1\ansi before " + more + rb"after\'e4\par{\footer foot}}"
        return read_whole(Work(Content(data=content), Identified("rtf", "x/y", "declared"), Given("x"), Limits()))[1].text
    assert text(b"{" + name + b" " + b"".join(passed) + b"}") == text(b"") == "before afterä\nfoot\n"


@QUICK
@given(words=st.lists(st.tuples(st.sampled_from(["a", " b ", "&amp;", "&nbsp;", "é", "", "\n"]), st.sampled_from(
    ["<b>", "</A>", "<o:p>", '<span class="x > y">', "<unheard of>", "<!-- <p> -->", "<script><p></script>", "<?x?>"])), max_size=20))
def test_tags_that_break_no_line_leave_the_words_of_a_page_as_they_are(words: list[tuple[str, str]]) -> None:
    assert show("".join(word + tag for word, tag in words)).text == show("<i></i>".join(word for word, _ in words)).text


@QUICK
@given(html=st.text(alphabet="<>/!-\"'= apbtdscriptle&;\n", max_size=200))
def test_any_page_is_shown_with_its_offsets(html: str) -> None:
    page = show(html)
    assert all(0 <= a < b <= len(page.text) for a, b in (*page.headings, *page.quotes))
