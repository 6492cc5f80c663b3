"""Plain text, HTML and tables in text: charsets, what is shown, what a cell means."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive.model.extracted import Extracted, Identified
from archive.model.outcome import Done, Failed
from archive.settings import Limits
from ingest.extract import Reader, bidders, read_whole, register
from ingest.extract import csv as table
from ingest.extract.base import CannotRead, Content, Extractor, Part, Work
from ingest.extract.markup import show
from ingest.extract.quotes import segments
from ingest.extract.text import clean, codec_of, decode
from ingest.given import Given


def read(content: bytes, format_name: str, **limits: int) -> Extracted:
    return read_whole(Work(Content(data=content), Identified(format_name, "text/x", "name"), Given("x"), Limits(**limits)))[1]


@pytest.mark.parametrize(("content", "text", "charset"), [
    ("Kündigung".encode(), "Kündigung", "utf-8 (valid)"), ("Kündigung".encode("utf-8-sig"), "Kündigung", "utf-8 (byte order mark)"),
    ("Kündigung".encode("utf-16"), "Kündigung", "utf-16-le (byte order mark)"),
    ("Die Gebühr beträgt 650 €, à Tag".encode("cp1252"), "Die Gebühr beträgt 650 €, à Tag", "cp1252 (guessed)"),
    ("Kündigung heute".encode("utf-16-be"), "Kündigung heute", "utf-16-be (guessed)"),
    ("кириллица в письме без заголовка".encode("cp1251"), "кириллица в письме без заголовка",
     "cp1251 (guessed)")])
def test_charset_is_found(content: bytes, text: str, charset: str) -> None:
    assert decode(content) == (text, charset)


def test_declared_charset_counts_where_the_bytes_obey_it() -> None:
    assert decode("日本".encode("shift_jis"), "Shift_JIS")[0] == "日本"
    assert decode("é".encode(), "koi8-r")[0] != "é" and decode("é".encode(), "iso-8859-1")[0] == "é"


def test_codecs_that_are_no_charsets_are_refused() -> None:
    assert [codec_of(name) for name in ("base64", "zlib", "rot13", "idna", "undefined", "unicode_escape", "no-such")] == [""] * 7


def test_text_has_no_controls_and_one_kind_of_line_end() -> None:
    assert clean("a\r\nb\rc\0\x07d\ud800\te\f") == "a\nb\ncd\te\f"


def test_blank_file_is_empty() -> None:
    for content in (b"", b" \n\t"):
        outcome = read(content, "txt").outcome
        assert isinstance(outcome, Failed) and outcome.code == "empty"


def test_text_over_the_limit_is_cut_and_said_so() -> None:
    read_ = read(b"abc" * 100, "txt", text_chars=10)
    assert read_.text == "abcabcabca" and isinstance(read_.outcome, Done) and "cut" in read_.outcome.note


# ---------------------------------------------------------------- HTML

@pytest.mark.parametrize(("html", "text"), [
    ("<p>One</p><p>Two<br>three</p>", "One\n\nTwo\nthree"), ("<script>x</script><style>y</style>a<!-- b -->c", "ac"),
    ("a &amp; b&nbsp;c &lt;d&gt;", "a & b c <d>"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc"), ("<ul><li>x<li>y</ul>", "x\ny"), ("<div>a<div>b</div></div>c", "a\nb\nc"),
    ("a <b>bold</b>, <i>it</i>", "a bold, it"), ("<pre>  a\n   b</pre>", "a\n   b"), ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("<a title='x > y'>z</a>", "z"),
    ("<p title=\"lost>a</p><p>b</p>", "a\n\nb"), ("<svg><text>no</text></svg>yes", "yes"), ("x<!-- never closed", "x"), ("<unclosed", ""),
     ("a<![CDATA[b]]>c", "ac"), ("<SCRIPT>a</scripts></ script><b>b</Script\n x>c", "c"), ("<style>a</style", ""), ("<style>a</style_x>b</style>c", "c"),
    ("<textarea>a <b></textarea>c", "a <b>c"), ("<xmp><p></xmp>c", "<p>c"), ("<TITLE>t</TITLE><DIV>a<DIV>b</DIV></DIV><BR>c", "a\nb\nc"),
    ("<Td>a<tD>b", "a\tb"), ("a<o:p></o:p><unknown-thing x=1>b</unknown-thing>", "ab"), ("a&nbsp;&nbsp;b&amp;nbsp;&nbsp", "a b&nbsp;"),
    ("&ampnbsp;&#160;x", "&nbsp; x"),
    ("<object>a<object>b</object>c</object>d", "d"), ("<svg/>a<iframe>b</iframe>c", "ac"), ("a<b title='it's'>c</b>", "ac"), ("<p>a<p", "a"), ("a <", "a <"),
    ("a<3b>c", "a<3b>c"), ("a</>b<?php c ?>d<!x>e", "abde"), ("<p a=\"1'2\" b='3\"4'>c", "c")])
def test_page_shows(html: str, text: str) -> None:
    assert show(html).text.strip() == text


def test_page_has_title_headings_and_quotes() -> None:
    page = show("<title>T &amp; x</title><meta name=author content='A B'><h2>Head</h2><p>body</p><blockquote>old</blockquote>")
    assert page.title == "T & x" and page.meta == (("author", "A B"),)
    assert [page.text[a:b] for a, b in page.headings] == ["Head"] and [page.text[a:b] for a, b in page.quotes] == ["old"]


def test_end_of_raw_text_is_looked_for_once_where_there_is_none() -> None:
    page = show("<p>a</p>" + "<title>x</title>" * 3 + "<textarea>" + "</b" * 10_000)
    assert page.title == "x" and page.text.startswith("a\n\n</b")


def test_charset_of_a_page_is_the_one_it_declares() -> None:
    assert read('<meta charset="koi8-r"><p>привет'.encode("koi8-r"), "html").text == "привет"


# ---------------------------------------------------------------- tables in text

def test_cells_stand_where_their_offsets_say() -> None:
    read_ = read(b'Ref;Text;Betrag\n1;"a;""b""";58310,00\n2;c;1.234,50\n', "csv")
    rows = read_.tables[0].rows
    assert [[c.value for c in row] for row in rows] == [["Ref", "Text", "Betrag"], [1, 'a;"b"', 58310.0], [2, "c", 1234.5]]
    assert read_.text[rows[1][2].start:rows[1][2].end] == "58310,00" and read_.metadata["csv:delimiter"] == ";"


@pytest.mark.parametrize(("rows", "expected"), [
    ("a,b\n1,234\n", [1, 234]), ("a;b\n1,234;2,5\n", [1.234, 2.5]), ("a;b\n1,234;x\n", ["1,234", "x"]), ("a;b\n1.234,5;007\n", [1234.5, "007"]),
    ("a;b\n81.20;78.1 %\n", [81.2, 0.781]), ("a;b\n\"90,000.00\";-5\n", [90000.0, -5]), ("a;b\n31.12.2024;2024-12-31\n", ["2024-12-31", "2024-12-31"]),
    ("a;b\n03/04/2024;26/10/2024 19:53\n", ["03/04/2024", "2024-10-26T19:53"]), ("a;b\n01/16/2024;+44 20\n", ["2024-01-16", "+44 20"])])
def test_cell_means_what_it_can_only_mean(rows: str, expected: list[object]) -> None:
    found = table.table_of(rows)[0]
    assert found is not None and [c.value for c in found.rows[1]] == expected


def test_day_and_month_are_told_by_the_other_days_of_the_column() -> None:
    found = table.table_of("d,x\n03/04/2024,1\n26/10/2024,2\n")[0]
    assert found is not None and [row[0].value for row in found.rows[1:]] == ["2024-04-03", "2024-10-26"]


@pytest.mark.parametrize(("text", "delimiter"), [
    ("a,b\n1,2\n", ","), ("a;b\n1,5;2\n", ";"), ("a\tb\n1\t2\n", "\t"), ("ts|lang\n2024|en, de\n", "|"), ("just a line\nof words\n", "")])
def test_delimiter_is_found(text: str, delimiter: str) -> None:
    assert table.delimiter_of(text) == delimiter


def test_delimiter_that_excel_was_told_is_used() -> None:
    read_ = read(b"sep=;\na;b\n1;2\n", "csv")
    assert [[c.value for c in row] for row in read_.tables[0].rows] == [["a", "b"], [1, 2]]
    assert read_.text[read_.tables[0].rows[1][1].start] == "2"


# ---------------------------------------------------------------- quoted text

@pytest.mark.parametrize("separator", [
    "On Mon, 18 Mar 2024 at 09:12, Ann Bee <a@x.example> wrote:", "Am 18.03.2024 um 09:12 schrieb Ann Bee:", "Le lun. 18 mars 2024 à 09:12, Ann Bee a écrit :",
    "El lun, 18 mar 2024 a las 9:12, Ann Bee (<a@x.example>) escribió:", "-----Original Message-----", "-----Ursprüngliche Nachricht-----",
    "---------- Forwarded message ---------", "From: Ann Bee\nSent: Monday\nTo: Bob\nSubject: x", "Von: Ann Bee\nGesendet: Montag\nAn: Bob\nBetreff: x",
    "De : Ann Bee\nEnvoyé : lundi\nÀ : Bob\nObjet : x", "On Mon, 18 Mar 2024 at 09:12, Ann Bee Longname\n<a@x.example> wrote:"])
def test_quoted_mail_is_told_by_its_separator(separator: str) -> None:
    text = f"Yes.\n\n{separator}\n\nOld words\n"
    assert [(s.kind, text[s.start:s.end]) for s in segments(text)] == [("new", "Yes."), ("quoted", f"{separator}\n\nOld words")]


def test_words_that_only_look_like_a_separator_are_new() -> None:
    for text in ("She wrote to us.\nFrom the start.\n", "From: the start we said no.\nIt stays no.\n", "He wrote a letter. It said: pay.\n"):
        assert {s.kind for s in segments(text)} == {"new"}


def test_answers_between_quoted_lines_are_new() -> None:
    text = "On Monday, Bob wrote:\n> one?\nYes.\n> two?\nNo.\n"
    assert [(s.kind, text[s.start:s.end]) for s in segments(text)] == [
        ("quoted", "On Monday, Bob wrote:\n> one?"), ("new", "Yes."), ("quoted", "> two?"), ("new", "No.")]


# ---------------------------------------------------------------- the register

def test_surest_reader_wins_and_the_next_one_is_tried_when_it_finds_damage() -> None:
    def broken(work: Work) -> Iterator[Part]:
        raise CannotRead("damaged", "no")

    def fine(work: Work) -> Iterator[Part]:
        yield Extracted(Done(), text="second")

    only = Identified("made-up-format", "x/y", "name")
    register(Extractor("low", "1", lambda i: 0.4 if i == only else 0.0, fine), Extractor("high", "2", lambda i: 0.9 if i == only else 0.0, broken))
    assert [e.name for e in bidders(only)] == ["high", "low"]
    parts = list(Reader(Work(Content(data=b"x"), only, Given("x"), Limits())).attempts())
    last = parts[-1]
    assert isinstance(last, Extracted) and last.text == "second" and last.extractor == "low/1" and last.outcome == Done("high: no")


def test_every_format_named_by_a_reader_has_a_bidder() -> None:
    for name in ("email", "mbox", "pdf", "docx", "xlsx", "csv", "html", "txt", "zip", "png"):
        assert bidders(Identified(name, "x/y", "name"))
