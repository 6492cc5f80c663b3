"""Productions: what a load file lists is met once, with its custodian and its family; what is listed and not there is refused."""
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.extracted import Identified
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.loadfile_rows import is_concordance, sheet_of
from ingest.given import Given
from ingest.identify import identify
from ingest.sources import source_for
from ingest.sources.base import Met, Refused, Source
from ingest.sources.image_load_file import documents_of, pages_of


def walk(path: Path | str, name: str = "") -> list[Met | Refused]:
    chosen = source_for(str(path))
    assert isinstance(chosen, Source)
    return [m for m in chosen.walk(str(path), name) if isinstance(m, Met | Refused)]


def told(path: Path | str) -> list[tuple[str, str, str]]:
    """Return for each item met its path below the folder, its custodian and the path of its parent; refused ones by their code."""
    cut = len(str(path)) + 1
    return [(m.place.path[cut:], m.custodian, m.parent.place.path[cut:] if m.parent else "") if isinstance(m, Met) else (f"! {m.path[cut:]}", m.code, m.result)
            for m in walk(path)]


def dat(rows: list[list[str]]) -> str:
    return "".join("\x14".join(f"þ{cell.replace(chr(10), '®')}þ" for cell in row) + "\r\n" for row in rows)


HEAD = ["BEGBATES", "ENDBATES", "BEGATTACH", "ENDATTACH", "CUSTODIAN", "NATIVELINK", "TEXTLINK"]
ROWS = [["X1", "X2", "X1", "X4", "Ann", ".\\NATIVES\\X1.eml", ".\\TEXT\\X1.txt"], ["X3", "X4", "X1", "X4", "Ann", ".\\NATIVES\\X3.XLS", ".\\TEXT\\X3.txt"],
        ["X5", "X5", "", "", "Bob", ".\\NATIVES\\X5.eml", ""], ["X6", "X6", "", "", "Bob", ".\\NATIVES\\X6.pdf", ".\\TEXT\\X6.txt"]]


@pytest.fixture
def volume(tmp_path: Path) -> Path:
    folder = tmp_path / "VOL001"
    for name in ("NATIVES/X1.eml", "NATIVES/X3.xls", "NATIVES/X5.eml", "TEXT/X1.txt", "TEXT/X3.txt", "TEXT/X6.txt", "READ ME.txt", "DATA/load.dat"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"of {name}")
    (folder / "DATA/load.dat").write_text(dat([HEAD, *ROWS]), "utf-8-sig", newline="")
    return folder


def test_each_file_is_met_once_with_custodian_and_family(volume: Path) -> None:
    assert told(volume) == [
        ("DATA/load.dat", "", ""),
        ("NATIVES/X1.eml", "Ann", ""), ("NATIVES/X3.xls", "Ann", "NATIVES/X1.eml"), ("NATIVES/X5.eml", "Bob", ""), ("TEXT/X6.txt", "Bob", ""),
        ("! NATIVES/X6.pdf", "unreadable", "failed"),
        ("READ ME.txt", "", ""), ("! TEXT/X1.txt", "unsupported", "skipped"), ("! TEXT/X3.txt", "unsupported", "skipped")]


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252"])
def test_load_file_is_read_in_any_charset(volume: Path, charset: str) -> None:
    rows = [[*row[:4], "Jürgen Öz", *row[5:]] for row in ROWS]
    (volume / "DATA/load.dat").write_bytes(dat([HEAD, *rows]).encode(charset))
    assert ("NATIVES/X1.eml", "Jürgen Öz", "") in told(volume)


def test_production_below_another_folder_is_found(volume: Path) -> None:
    found = told(volume.parent)
    assert ("VOL001/NATIVES/X3.xls", "Ann", "VOL001/NATIVES/X1.eml") in found and len([f for f in found if f[0].startswith("VOL001/NATIVES")]) == 3


def test_links_that_begin_above_the_folder_are_found(volume: Path) -> None:
    rows = [[*row[:5], row[5].replace(".\\", "\\\\srv\\share\\VOL001\\"), row[6]] for row in ROWS]
    (volume / "DATA/load.dat").write_text(dat([HEAD, *rows]), "utf-8")
    assert ("NATIVES/X3.xls", "Ann", "NATIVES/X1.eml") in told(volume)


@pytest.mark.parametrize(("columns", "family"), [
    ("docid,parent_docid,custodian,native_link", [("1", ""), ("2", "1")]), ("docid,attachids,custodian,native_link", [("1", "2;3"), ("2", "")])])
def test_family_is_told_by_parent_or_by_list(tmp_path: Path, columns: str, family: list[tuple[str, str]]) -> None:
    for name in ("1.eml", "2.xls"):
        (tmp_path / name).write_text(name)
    (tmp_path / "load.csv").write_text(columns + "\n" + "".join(f"{key},{said},Ann,{key}.{'eml' if key == '1' else 'xls'}\n" for key, said in family))
    assert told(tmp_path)[1:] == [("1.eml", "Ann", ""), ("2.xls", "Ann", "1.eml")]


def test_child_that_is_listed_first_comes_after_its_parent(tmp_path: Path) -> None:
    for name in ("1.eml", "2.xls"):
        (tmp_path / name).write_text(name)
    (tmp_path / "load.csv").write_text("docid|parentid|custodian|native\n2|1|Ann|2.xls\n1||Ann|1.eml\n")
    assert told(tmp_path)[1:] == [("1.eml", "Ann", ""), ("2.xls", "Ann", "1.eml")]


def test_families_that_lead_in_a_circle_are_taken_apart(tmp_path: Path) -> None:
    for name in ("1.eml", "2.eml"):
        (tmp_path / name).write_text(name)
    (tmp_path / "load.csv").write_text("docid|parentid|custodian|native\n1|2|Ann|1.eml\n2|1|Ann|2.eml\n")
    found = told(tmp_path)[1:]
    assert {f[0] for f in found} == {"1.eml", "2.eml"} and any(f[2] == "" for f in found)


def test_text_of_a_picture_hangs_on_the_picture(tmp_path: Path) -> None:
    for name in ("1.tif", "1.txt"):
        (tmp_path / name).write_text(name)
    (tmp_path / "load.csv").write_text("docid|custodian|native|text link\n1|Ann|1.tif|1.txt\n")
    assert told(tmp_path)[1:] == [("1.tif", "Ann", ""), ("1.txt", "Ann", "1.tif")]


def test_row_without_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_text("x")
    (tmp_path / "load.csv").write_text("docid|custodian|native\n1|Ann|1.eml\n7|Bob|\n")
    assert any(isinstance(m, Refused) and "lists 7 without a file" in m.reason for m in walk(tmp_path))


def test_table_that_links_to_nothing_is_no_load_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,text,native\n1,hello,there\n")
    (tmp_path / "b.txt").write_text("x")
    assert told(tmp_path) == [("a.csv", "", ""), ("b.txt", "", "")]


def test_links_that_lead_out_find_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("x")
    drop = tmp_path / "drop"
    drop.mkdir()
    (drop / "1.eml").write_text("x")
    (drop / "load.csv").write_text("docid|custodian|native\n1|Ann|1.eml\n2|Ann|../secret.txt\n")
    assert not any(isinstance(m, Met) and "secret" in str(m.file) for m in walk(drop))


def test_relative_folders_work_too(volume: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(volume)
    for typed in (".", "../VOL001/"):
        assert any(isinstance(m, Met) and m.parent is not None for m in walk(typed)), typed


def test_concordance_file_is_a_document_with_a_table() -> None:
    content = dat([HEAD, *ROWS]).encode("utf-8")
    found = identify(Content(data=content), Given("load.dat"))
    assert found.format == "loadfile" and is_concordance(content)
    _, got = read_whole(Work(Content(data=content), Identified("loadfile", "text/x-concordance", "structure"), Given("load.dat"), Limits()))
    assert len(got.tables[0].rows) == 5 and got.tables[0].rows[1][4].value == "Ann"
    assert all(got.text[c.start:c.end] == (c.value or "") for row in got.tables[0].rows for c in row)


def test_line_breaks_inside_values_stay_inside() -> None:
    sheet = sheet_of(dat([["DOCID", "SUBJECT", "NATIVELINK"]]).encode())
    assert sheet is not None and (sheet.parts, sheet.quote, sheet.columns) == ("\x14", "þ", ("DOCID", "SUBJECT", "NATIVELINK"))


@pytest.mark.corpora
def test_shared_production_is_met_once_with_its_families(shared: Path) -> None:
    found = walk(shared / "corpora/enron-edrm-loadfile")
    met = [m for m in found if isinstance(m, Met)]
    assert len({str(m.file) for m in met}) == len(met) == 103
    attachments = [m for m in met if m.parent is not None]
    assert len(attachments) == 8 and all(m.parent is not None and m.parent.place.path.endswith(".eml") for m in attachments)
    assert not [m for m in found if isinstance(m, Refused) and m.result == "failed"]


OPT = ("X1,VOL1,.\\IMAGES\\X1.tif,Y,,,2\nX2,VOL1,.\\IMAGES\\X2.tif,,,,\n"
       "X5,VOL1,.\\IMAGES\\X5.tif,Y,,,1\nX7,VOL1,IMAGES\\X7.tif,Y,,,2\nX8,VOL1,IMAGES\\X8.tif,,,,\n")
LFP = ("VN,VOL1\nIM,X1,D,0,@VOL1;IMAGES;X1.tif;2\nIM,X2,,0,@VOL1;IMAGES;X2.tif;2\nIM,X5,D,0,@VOL1;.\\IMAGES;X5.tif;2\n"
       "IM,X7,D,0,@VOL1;IMAGES;X7.tif;2\nIM,X8, ,0,@VOL1;IMAGES;X8.tif;2\nPV,1,2\n")


def imaged(folder: Path, name: str, content: str, rows: list[list[str]], images: str = "X1 X2 X5 X7 X8 X9") -> Path:
    for place in ("DATA", "IMAGES", "TEXT", "NATIVES"):
        (folder / place).mkdir(parents=True)
    (folder / "NATIVES" / "X1.eml").write_bytes(b"From: a@x.example\nSubject: s\n\nwords\n")
    (folder / "TEXT" / "X5.txt").write_text("the words of five")
    for image in images.split():
        (folder / "IMAGES" / f"{image}.tif").write_bytes(b"II*\0" + image.encode())
    (folder / "DATA" / "load.dat").write_text(dat([["BEGBATES", "CUSTODIAN", "NATIVELINK", "TEXTLINK"], *rows]), encoding="utf-8")
    (folder / "DATA" / name).write_text(content, encoding="utf-8")
    return folder


THREE = [["X1", "Ann", "NATIVES\\X1.eml", ""], ["X5", "Bob", "", "TEXT\\X5.txt"], ["X7", "Cy", "", ""]]


@pytest.mark.parametrize(("name", "content"), [("load.opt", OPT), ("load.lfp", LFP), ("LOAD.OPT", "\ufeff" + OPT.replace("\n", "\r\n"))])
def test_pages_of_an_image_load_file_hang_on_their_document(tmp_path: Path, name: str, content: str) -> None:
    found = [t for t in told(imaged(tmp_path / "v", name, content, THREE)) if "DATA/" not in t[0]]
    assert found == [
        ("NATIVES/X1.eml", "Ann", ""), ("IMAGES/X1.tif", "Ann", "NATIVES/X1.eml"), ("IMAGES/X2.tif", "Ann", "NATIVES/X1.eml"),
        ("TEXT/X5.txt", "Bob", ""), ("IMAGES/X5.tif", "Bob", "TEXT/X5.txt"), ("IMAGES/X7.tif", "Cy", ""), ("IMAGES/X8.tif", "Cy", "IMAGES/X7.tif"),
        ("IMAGES/X9.tif", "", "")]


def test_page_that_is_listed_and_not_there_is_refused(tmp_path: Path) -> None:
    found = told(imaged(tmp_path / "v", "load.opt", OPT, THREE, "X1 X5 X7 X8"))
    assert ("! IMAGES/X2.tif", "unreadable", "failed") in found


def test_pages_whose_links_lead_out_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "out.tif").write_bytes(b"II*\0")
    found = told(imaged(tmp_path / "v", "load.opt", "X1,V,..\\..\\out.tif,Y,,,1\nX1b,V,/etc/passwd,,,,\n", THREE))
    assert not any(parent for path, _, parent in found if not path.startswith("! ")) and sum(path.startswith("! ") for path, _, _ in found) == 3


@given(st.text(max_size=300))
def test_any_text_is_an_image_load_file_or_none(words: str) -> None:
    documents = documents_of(pages_of(words.splitlines()))
    assert all(links for links in documents.values())
