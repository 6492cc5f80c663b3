"""Scans: the pages are made here, degraded as scanners and faxes do, and what is read is held to what was set."""
from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from builders import papers

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import ocr, read_whole, scan, stamps
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.tools import tesseract
from ingest.tools.tesseract import Word


def read(content: bytes, format_name: str, **limits: int) -> tuple[list[Child | Unread], Extracted]:
    return read_whole(Work(Content(data=content), Identified(format_name, "x/y", "signature"), Given("x"), Limits(**limits)))


def bytes_of(picture: Any, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


DEGRADED: list[tuple[str, int, Callable[[Any], Any]]] = [
    ("as it was set", 200, lambda p: p), ("tilted and stained", 200, lambda p: papers.stained(papers.tilted(2)(p))),
    ("coarse, tilted and stained", 150, lambda p: papers.stained(papers.tilted(-2)(p))), ("upside down", 150, papers.turned(180)),
    ("on its side", 200, papers.turned(90)), ("on its other side, tilted", 200, lambda p: papers.turned(270)(papers.tilted(1.5)(p))),
    ("in the shade", 200, papers.shaded), ("coarse", 100, lambda p: p), ("white on black", 200, lambda p: p.point(lambda v: 255 - v)),
    ("faint", 200, lambda p: p.point(lambda v: v // 4 + 170)), ("black and white", 200, lambda p: p.convert("1"))]


@pytest.mark.parametrize(("how", "dpi", "degrade"), DEGRADED, ids=[d[0] for d in DEGRADED])
def test_degraded_page_is_read_with_less_than_three_characters_in_a_hundred_wrong(how: str, dpi: int, degrade: Callable[[Any], Any]) -> None:
    papers.need("eng")
    pdf, truth = papers.paper([f"{n}. {papers.LETTER}" for n in (1, 2)])
    page = ocr.read_page(degrade(papers.drawn(pdf, dpi)), dpi, time.monotonic() + 60)
    assert papers.error_rate(page.text, truth) < 0.03, how
    assert page.confidence > 0.85 and page.language == "eng"


def test_german_page_is_read_with_the_german_model_and_its_paragraph_signs() -> None:
    papers.need("eng", "deu")
    pdf, truth = papers.paper([papers.BRIEF, papers.BRIEF])
    page = ocr.read_page(papers.drawn(pdf, 200), 200, time.monotonic() + 60)
    assert page.language == "deu" and papers.error_rate(page.text, truth) < 0.03 and "§ 9" in page.text


def test_scanned_pdf_says_how_it_was_read_and_how_surely() -> None:
    papers.need("eng")
    pdf, truth = papers.paper([papers.LETTER])
    page = papers.drawn(pdf, 200)
    _, read_ = read(papers.scanned([page, page.rotate(180)]), "pdf")
    assert isinstance(read_.outcome, Done) and "2 pages read by OCR" in read_.outcome.note
    assert [papers.error_rate(read_.text[p.start:p.end], truth) < 0.03 for p in read_.pages] == [True, True]
    assert read_.metadata["ocr:engine"] == "tesseract" and read_.metadata["ocr:languages"] == "eng" and read_.metadata["ocr:turned"] == "2:180"
    assert 0.8 < float(read_.metadata["ocr:confidence"]) <= 1
    assert [part.partition(":")[0] for part in read_.metadata["ocr:pages"].split(",")] == ["1", "2"]


def test_mixed_pdf_keeps_its_text_and_reads_the_page_that_is_a_picture() -> None:
    papers.need("eng")
    from pypdf import PdfReader, PdfWriter
    pdf, _ = papers.paper([papers.LETTER])
    printed, _ = papers.paper(["Printed words of the first page"])
    writer = PdfWriter()
    for content in (printed, papers.scanned([papers.drawn(pdf, 200)])):
        writer.append(PdfReader(io.BytesIO(content)))
    out = io.BytesIO()
    writer.write(out)
    _, read_ = read(out.getvalue(), "pdf")
    assert read_.text[read_.pages[0].start:read_.pages[0].end].strip() == "Printed words of the first page"
    assert "Master Services Agreement" in read_.text[read_.pages[1].start:read_.pages[1].end] and read_.metadata["ocr:pages"].startswith("2:")


def test_letterhead_in_a_picture_is_read_below_the_text_of_its_page() -> None:
    papers.need("eng")
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas
    head, _ = papers.paper(["Hollow Lantern Services Limited, 14 Mill Race, Leeds", "Telephone 0113 496 0000, VAT number GB 123 4567 89"])
    picture = papers.drawn(head, 200).crop((150, 100, 1500, 260))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(picture), 60, 740, 480, 57)
    for n in range(20):
        canvas.drawString(72, 700 - 20 * n, f"Line {n} of the letter that is set in type")
    canvas.save()
    _, read_ = read(out.getvalue(), "pdf")
    assert "Line 7 of the letter" in read_.text and "Hollow Lantern Services Limited" in read_.text and read_.metadata["ocr:pictures"] == "1"


def test_tiff_of_several_pages_is_read_page_by_page() -> None:
    papers.need("eng")
    pages = [papers.drawn(papers.paper([f"Page {word} of the waybill. {papers.LETTER}"])[0], 200) for word in ("one", "two")]
    _, read_ = read(bytes_of(pages[0], "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200)), "tiff")
    assert [word in read_.text[p.start:p.end] for p, word in zip(read_.pages, ("Page one", "Page two"), strict=True)] == [True, True]


def test_tilted_stamp_is_a_paragraph_of_its_own() -> None:
    papers.need("eng")
    import numpy
    from PIL import Image, ImageDraw
    pdf, _ = papers.paper(["Brook Home Limited", "Carr Lane, Doncaster", "The Company Secretary", "14 Mill Race, Leeds", "Dear Sirs", papers.LETTER])
    page = papers.drawn(pdf, 200)
    words, _ = papers.paper(["RECEIVED", "31 DEC 2024 10:12", "Reception Leeds"], "Helvetica-Bold", 14)
    box = papers.drawn(words, 200).crop((200, 130, 680, 390))
    ImageDraw.Draw(box).rectangle((2, 2, box.width - 3, box.height - 3), outline=0, width=4)
    layer = Image.new("L", page.size, 255)
    layer.paste(box, (900, 200))
    page = Image.fromarray(numpy.minimum(numpy.asarray(page), numpy.asarray(layer.rotate(6, fillcolor=255, resample=3))))
    read_ = ocr.read_page(page, 200, time.monotonic() + 60)
    assert "RECEIVED\n" in read_.text and "31 DEC 2024 10:12" in read_.text
    assert not any("RECEIVED" in line and "Secretary" in line for line in read_.text.split("\n"))


def test_table_in_rules_is_read_in_rows() -> None:
    papers.need("eng")
    from reportlab.pdfgen.canvas import Canvas
    out = io.BytesIO()
    canvas = Canvas(out)
    for r, row in enumerate((("Days", "Rate GBP", "Estimate GBP"), ("41", "970.00", "39,770.00"))):
        for c, words in enumerate(row):
            canvas.rect(80 + 140 * c, 700 - 30 * r, 140, 30)
            canvas.drawString(90 + 140 * c, 710 - 30 * r, words)
    canvas.drawString(80, 640, "The estimate shall not be exceeded without a further order in writing.")
    canvas.save()
    page = ocr.read_page(papers.drawn(out.getvalue(), 200), 200, time.monotonic() + 60)
    assert page.text.split("\n")[::2][:2] == ["Days Rate GBP Estimate GBP", "41 970.00 39,770.00"]


# ---------------------------------------------------------------- what is no writing, what cannot be read

def test_picture_without_writing_is_done_and_says_so() -> None:
    papers.need("eng")
    from PIL import Image, ImageDraw
    picture = Image.new("RGB", (400, 300), "skyblue")
    ImageDraw.Draw(picture).ellipse((100, 50, 300, 250), fill="orange")
    _, read_ = read(bytes_of(picture), "png")
    assert read_.outcome == Done("no text found in the picture") and read_.text == ""


def test_tiny_picture_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image
    monkeypatch.setattr(tesseract, "words", lambda *_: pytest.fail("a dot was read"))
    _, read_ = read(bytes_of(Image.new("L", (16, 16), 0)), "png")
    assert isinstance(read_.outcome, Done) and "too small" in read_.outcome.note


def test_without_tesseract_pictures_and_scans_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tesseract, "available", lambda: False)
    page = papers.drawn(papers.paper([papers.LETTER])[0], 100)
    for content, name in ((bytes_of(page), "png"), (papers.scanned([page, page]), "pdf")):
        outcome = read(content, name)[1].outcome
        assert isinstance(outcome, Skipped) and outcome.code == "needs_ocr"


def test_picture_of_a_telephone_waits_where_its_decoder_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from ingest.tools import heif
    monkeypatch.setattr(heif, "available", lambda: False)
    outcome = read(b"\0\0\0\x18ftypheic" + bytes(40), "heic")[1].outcome
    assert isinstance(outcome, Skipped) and outcome.code == "unavailable" and "pi-heif" in outcome.reason


@pytest.mark.corpora
def test_picture_of_a_telephone_is_read_and_its_halves_are_damaged(shared: Path) -> None:
    pytest.importorskip("pi_heif")
    papers.need("eng")
    content = (shared / "corpora/documents/unstructured/img/DA-1p.heic").read_bytes()
    _, read_ = read(content, "heic")
    assert isinstance(read_.outcome, Done) and "We arrived in the dead of night" in read_.text and read_.metadata["image:size"] == "595x842"
    for part in (content[:len(content) // 2], content[:600], content[:24]):
        outcome = read(part, "heic")[1].outcome
        assert isinstance(outcome, Failed) and outcome.code == "damaged"


def test_same_logo_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    papers.need("eng")
    calls: list[int] = []
    words = tesseract.words
    monkeypatch.setattr(tesseract, "words", lambda *given: calls.append(1) or words(*given))
    content = bytes_of(papers.drawn(papers.paper(["A logo that comes with every message"])[0], 100).crop((90, 50, 600, 120)))
    first = read(content, "png")[1].text
    made = len(calls)
    assert read(content, "png")[1].text == first and len(calls) == made > 0


def test_pages_beyond_the_time_are_named_and_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    class Page:
        width = 10

    def slow(picture: Any, dpi: int, deadline: float, language: str = "") -> ocr.PageRead:
        time.sleep(0.05)
        if time.monotonic() > deadline:
            raise ocr.OutOfTime
        return ocr.PageRead("words", 0.9, "eng")

    monkeypatch.setattr(ocr, "read_page", slow)
    pages = ocr.read_pages(list(range(1, 100)), lambda _: (Page(), 200), 0.3)  # type: ignore[arg-type, return-value]
    assert pages.read and pages.late and len(pages.read) + len(pages.late) == 99
    assert any("time for OCR was over" in note for note in pages.notes())


def test_tool_that_fails_costs_the_page_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    broken = tmp_path / "tesseract"
    broken.write_text("#!/bin/sh\ncat > /dev/null\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(tesseract, "program", lambda: str(broken))
    monkeypatch.setattr(tesseract, "languages", lambda: frozenset({"eng"}))
    page = papers.drawn(papers.paper([papers.LETTER])[0], 100)
    pages = ocr.read_pages([1, 2], lambda _: (page, 100), 20)
    assert pages.broken == (1, 2) and not pages.read


def test_tool_that_hangs_is_ended_within_its_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    hangs = tmp_path / "tesseract"
    hangs.write_text("#!/bin/sh\nexec sleep 600\n")
    hangs.chmod(0o755)
    monkeypatch.setattr(tesseract, "program", lambda: str(hangs))
    monkeypatch.setattr(tesseract, "languages", lambda: frozenset({"eng"}))
    page = papers.drawn(papers.paper([papers.LETTER])[0], 100)
    assert ocr.read_pages([1], lambda _: (page, 100), 0.5).late == (1,)


# ---------------------------------------------------------------- the parts

def test_words_are_read_from_the_table_that_the_program_prints() -> None:
    tsv = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n" \
          "4\t1\t1\t1\t1\t0\t10\t20\t100\t12\t-1\t\n5\t1\t1\t1\t1\t1\t10\t20\t40\t12\t96.5\tNotice\n5\t1\t1\t1\t1\t2\t60\t20\t9\t12\tx\tbroken\n"
    assert tesseract.words_of(tsv) == [Word("Notice", 0.965, 10, 20, 40, 12, 1, 1, 1)]


def test_two_columns_of_prose_are_read_one_after_the_other_and_tables_in_rows() -> None:
    prose = [[Word(f"{side}{r}{c}", 0.9, x + 60 * n, 20 * r, 50, 12, 1, 1, r) for x, side in ((0, "L"), (300, "R")) for n, c in enumerate("abc")]
             for r in range(15)]
    lines = [" ".join(w.text for w in row) for row in ocr._in_columns(prose)]
    assert lines[:2] == ["L0a L0b L0c", "L1a L1b L1c"] and lines[15] == "R0a R0b R0c"
    table = [[Word(f"{c}{r}", 0.9, 200 * c, 20 * r, 50, 12, 1, 1, r) for c in range(3)] for r in range(30)]
    assert ocr._in_columns(table) == table


@pytest.mark.parametrize("degrees", [-5.0, -1.3, 0.0, 2.0, 6.5])
def test_skew_is_found_to_a_fifth_of_a_degree(degrees: float) -> None:
    page = papers.drawn(papers.paper([papers.LETTER, papers.LETTER])[0], 150)
    assert abs(scan.skew(papers.tilted(degrees)(page)) - degrees) <= 0.2


def test_level_frames_are_no_stamps() -> None:
    from PIL import Image, ImageDraw
    page = Image.new("L", (1600, 2200), 255)
    ImageDraw.Draw(page).rectangle((400, 300, 800, 500), outline=0, width=4)
    assert stamps.found(page) == []
    found = stamps.found(page.rotate(5, fillcolor=255, resample=3))
    assert len(found) == 1 and abs(found[0].clockwise - 5) < 1


def test_photographs_are_no_writing_and_letters_are() -> None:
    import numpy
    from PIL import Image
    slope = numpy.add.outer(numpy.arange(300), numpy.arange(400)) % 256
    assert not scan.is_writing(Image.fromarray(slope.astype("uint8")))
    assert scan.is_writing(papers.drawn(papers.paper([papers.LETTER])[0], 100).crop((90, 50, 760, 200)))


def test_page_numbers_are_written_as_people_do() -> None:
    assert ocr.spans([1, 2, 3, 7, 9, 10]) == "1-3, 7, 9-10"
