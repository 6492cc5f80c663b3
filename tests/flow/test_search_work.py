"""What people do with what they find: keep searches, see what is new, tag, undo, export, report, read conversations; by shell and over HTTP alike."""
from __future__ import annotations

import csv
import io
import json
import mailbox
import shutil
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from archive.model.viewer import LOCAL
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from casetrail.main import cli
from ingest.pipeline import ingest
from search_api.search import LIMIT_MAX, search
from search_api.spreadsheet import xlsx

FIRST = "Dear Ann,\n\nthe early termination fee is 4,000 EUR.\n\nBob\n"
SECOND = "Dear Bob,\n\nwe do not owe the fee.\n\nAnn\n"
THIRD = "Dear Ann,\n\nlet us settle at half of it.\n\nBob\n"


def quoted(text: str, said: str) -> str:
    return f"On Monday, Bob wrote:\n{''.join(f'> {line}' + chr(10) for line in text.splitlines())}" if said == "mark" else f"-----Original Message-----\n{text}"


def mail(number: int, body: str, *, reply_to: int | None = None, attachment: str = "", subject: str = "The fee") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = ("ann@x.example", "bob@y.example", subject) if number % 2 == 0 else ("bob@y.example", "ann@x.example", subject)
    made["Date"], made["Message-ID"] = f"Mon, {number:02d} Dec 2025 10:00:00 +0100", f"<{number}@x.example>"
    if reply_to is not None:
        made["In-Reply-To"] = f"<{reply_to}@x.example>"
    made.set_content(body)
    if attachment:
        made.add_attachment(attachment.encode(), maintype="text", subtype="plain", filename="=cmd|calc.txt")
    return made


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a conversation of four mails, and the same mailbox of a second custodian."""
    tmp_path = tmp_path_factory.mktemp("work")
    second = SECOND + "\n" + quoted(FIRST, "mark")
    third = THIRD + "\n" + quoted(second, "mark")
    for name in ("ann", "bob"):
        box = mailbox.mbox(tmp_path / f"{name}.mbox")
        for each in (mail(1, FIRST), mail(2, second, reply_to=1), mail(3, third, reply_to=2),
                     mail(4, "Here is my draft.\n\n" + quoted(FIRST, "outlook"), reply_to=1, attachment="a draft of the settlement")):
            box.add(each)
        box.close()
    archive = opened(tmp_path)
    for name in ("ann", "bob"):
        ingest(archive, [str(tmp_path / f"{name}.mbox")], source=name, custodian=name.title())
    archive.close()
    return tmp_path


@pytest.fixture
def home(taken_in: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test."""
    shutil.copytree(taken_in / "home", tmp_path / "home")
    return tmp_path


def opened(folder: Path) -> Archive:
    return open_archive(read_settings({"CASETRAIL_HOME": str(folder / "home"), "CASETRAIL_WORKERS": "1"}, folder / "none.toml"))


@pytest.fixture
def archive(home: Path) -> Iterator[Archive]:
    made = opened(home)
    yield made
    made.close()


def types(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env={"CASETRAIL_HOME": str(home / "home"), "CASETRAIL_WORKERS": "1"})


def asks(home: Path, *arguments: str) -> Any:
    result = types(home, *arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


# ---------------------------------------------------------------- results

def test_duplicates_are_all_found_and_collapsed_show_every_holder(home: Path) -> None:
    plain = asks(home, "search", "settle", "--limit", "50")
    together = asks(home, "search", "settle", "--collapse", "duplicates")
    assert plain["total"] == together["total"] == len(plain["hits"]) == 2 * len(together["hits"]) == 2 * together["groups"]
    for hit in together["hits"]:
        assert sorted(holder["custodian"] for holder in hit["holders"]) == ["Ann", "Bob"]
        assert {Path(holder["source_paths"][0]).name for holder in hit["holders"]} == {"ann.mbox", "bob.mbox"}


@pytest.mark.parametrize(("by", "groups"), [("thread", 1), ("family", 8)])
def test_collapsed_hits_name_all_that_they_stand_for(home: Path, by: str, groups: int) -> None:
    answer = asks(home, "search", "kind:email", "--collapse", by)
    assert (answer["total"], answer["groups"], len(answer["hits"])) == (8, groups, groups)
    assert sorted(i for hit in answer["hits"] for i in hit["group"]["record_ids"]) == sorted(h["record_id"] for h in asks(home, "search", "kind:email")["hits"])


@pytest.mark.parametrize("by", ["thread", "family", "duplicates", None])
@pytest.mark.parametrize("sort", ["score", "date_asc", "sender", "size_desc"])
def test_pages_cut_up_the_whole_answer_while_more_comes_in(archive: Archive, home: Path, sort: Any, by: Any) -> None:
    whole = search(archive, LOCAL, "fee OR draft", sort=sort, collapse=by, limit=LIMIT_MAX)
    seen, cursor, rounds = [], None, 0
    while True:
        page = search(archive, LOCAL, "fee OR draft", sort=sort, collapse=by, limit=1, cursor=cursor)
        seen += [hit.record.record_id for hit in page.hits]
        assert (page.total, page.groups) == (whole.total, whole.groups)
        if rounds == 0:
            (home / "late.txt").write_text(f"A late note on the fee and the draft, {sort} {by}", "utf-8")
            ingest(archive, [str(home / "late.txt")], source="late")
        rounds, cursor = rounds + 1, page.next
        if cursor is None:
            break
    assert seen == [hit.record.record_id for hit in whole.hits]
    assert search(archive, LOCAL, "fee OR draft").total == whole.total + 1


def test_facets_add_up_and_years_are_told(home: Path) -> None:
    answer = asks(home, "search", "kind:email", "--facet", "sender")
    assert answer["facets"]["custodian"] == {"Ann": 4, "Bob": 4} and answer["facets"]["year"] == {"2025": 8}
    assert answer["facets"]["sender"] == {"ann@x.example": 4, "bob@y.example": 4} and answer["facets"]["privileged"] == {"false": 8}


# ---------------------------------------------------------------- conversations

def test_conversation_says_which_mails_to_read_with_proof(archive: Archive, home: Path) -> None:
    record = next(r for r in asks(home, "search", "kind:email", "--sort", "date_asc")["hits"])
    thread = asks(home, "thread", record["record_id"])
    assert (thread["mails"], len(thread["read"])) == (4, 2)
    bodies = {e["record_id"]: types(home, "text", e["record_id"]).stdout for e in thread["timeline"]}
    left = [e for e in thread["timeline"] if e["contained_in"]]
    assert [e["sent_at"][8:10] for e in left] == ["01", "02"]
    for entry in left:
        kept = bodies[entry["contained_in"]["record_id"]]
        assert entry["contained_in"]["record_id"] in thread["read"]
        shown = " ".join(bodies[entry["record_id"]][p["start"]:p["end"]] for p in entry["contained_in"]["proof"])
        there = " ".join(kept[p["kept_start"]:p["kept_end"]] for p in entry["contained_in"]["proof"])
        assert words(shown) == words(bodies[entry["record_id"]]) == words(there)


def words(text: str) -> list[str]:
    return [word for line in text.splitlines() for word in line.lstrip("> \t").split()]


def test_attachment_of_its_own_keeps_a_mail_among_those_to_read(home: Path) -> None:
    thread = asks(home, "thread", next(r["record_id"] for r in asks(home, "search", "draft kind:email")["hits"]))
    assert next(e for e in thread["timeline"] if e["new"].startswith("Here is my draft"))["read"]


def test_similar_records_share_words_and_leave_own_copies_out(home: Path) -> None:
    first = asks(home, "search", "kind:email", "--sort", "date_asc")["hits"][0]
    found = asks(home, "similar", first["record_id"])
    subjects = {r["record_id"] for r in found["records"]}
    assert found["words"] and subjects and not subjects & {r for h in asks(home, "search", "kind:email date:2025-12-01")["hits"] for r in [h["record_id"]]}
    assert all(r["copies"] == 2 for r in found["records"] if r["kind"] == "email")


def test_comparison_cites_what_differs(home: Path) -> None:
    ids = [h["record_id"] for h in asks(home, "search", "kind:email custodian:ann", "--sort", "date_asc")["hits"]]
    told = asks(home, "compare", ids[0], ids[1])
    texts = [types(home, "text", i).stdout for i in ids[:2]]
    assert told["differences"]
    for each in told["differences"]:
        assert all(side["text"] == text[side["start"]:side["end"]] for side, text in zip((each["first"], each["second"]), texts, strict=True))


# ---------------------------------------------------------------- saved searches

def test_saved_search_tells_what_is_new_once(home: Path) -> None:
    kept = asks(home, "saved", "add", "fees", "fee")
    assert asks(home, "saved", "check")["checked"][0]["new"] == []
    (home / "new.txt").write_text("Another fee is due.", "utf-8")
    types(home, "ingest", str(home / "new.txt"))
    assert types(home, "saved", "check", "--keep-new", "--fail-on-new").exit_code == 10
    told = asks(home, "saved", "check")["checked"][0]
    assert (told["total"], [r["name"] for r in told["new"]]) == (kept["total"] + 1, ["new.txt"])
    assert asks(home, "saved", "check", "fees")["checked"][0]["new"] == []
    assert types(home, "saved", "check", "--fail-on-new").exit_code == 0


def test_removed_search_comes_back_by_undo_and_names_are_taken_once(home: Path) -> None:
    asks(home, "saved", "add", "fees", "fee", "--kind", "email")
    assert types(home, "saved", "add", "fees", "other").exit_code == 5
    done = asks(home, "saved", "remove", "fees")
    assert asks(home, "saved", "list")["saved"] == []
    asks(home, "tag", "undo", done["change_id"])
    assert asks(home, "saved", "list")["saved"][0]["search"] == {"query": "fee", "kinds": ["email"]}


def test_own_searches_are_kept_and_forgotten_while_the_custody_log_has_no_word_of_them(archive: Archive, home: Path) -> None:
    asks(home, "search", "a peculiar question")
    assert asks(home, "saved", "recent")["searches"][0]["search"]["query"] == "a peculiar question"
    types(home, "saved", "recent", "--forget")
    assert asks(home, "saved", "recent")["searches"] == []
    assert "peculiar" not in "".join(str(event) for event in archive.catalogue.custody())


# ---------------------------------------------------------------- tags and notes

def test_tag_on_a_hit_set_is_found_and_undone_whole(home: Path) -> None:
    done = asks(home, "tag", "add", "Hot Topic", "--query", "kind:email custodian:ann")
    assert done["records"] == 4
    assert asks(home, "tag", "add", "hot topic", "--query", "kind:email custodian:ann")["records"] == 0
    assert asks(home, "search", 'tag:"HOT topic"')["total"] == 4 and asks(home, "tag", "list")["tags"] == {"Hot Topic": 4}
    one = asks(home, "search", 'tag:"hot topic"')["hits"][0]["record_id"]
    removed = asks(home, "tag", "remove", "hot topic", one)
    assert (removed["records"], asks(home, "search", 'tag:"hot topic"')["total"]) == (1, 3)
    asks(home, "tag", "undo", removed["change_id"])
    assert asks(home, "search", 'tag:"hot topic"')["total"] == 4
    asks(home, "tag", "undo", done["change_id"])
    assert asks(home, "search", 'tag:"hot topic"')["total"] == 0 and asks(home, "tag", "list")["tags"] == {}
    assert types(home, "tag", "undo", done["change_id"]).exit_code == 5


def test_note_says_who_and_when_and_stands_in_the_custody_log_without_its_words(archive: Archive, home: Path) -> None:
    one = asks(home, "search", "kind:email")["hits"][0]["record_id"]
    asks(home, "tag", "note", "ask counsel about this", one)
    note = asks(home, "tag", "show", one)["notes"][0]
    assert (note["value"], note["by"], note["record_id"]) == ("ask counsel about this", "local", one) and note["at"].startswith("20")
    events = [event.event for event in archive.catalogue.custody() if event.event.action == "labelled"]
    assert [event.subject for event in events] == [one] and "counsel" not in str(events)


def test_tags_outlive_a_reindex_and_the_index_agrees_with_the_catalogue(home: Path) -> None:
    asks(home, "tag", "add", "kept", "--query", "kind:email")
    types(home, "reindex")
    assert asks(home, "search", "tag:kept")["total"] == 8
    assert types(home, "verify").exit_code == 0


@pytest.mark.parametrize("arguments", [("add", "x"), ("add", "a,b", "--query", "fee"), ("add", "x", "--query", "fee AND"), ("add", "x" * 61, "--query", "fee"),
                                       ("note", " ", "--query", "fee"), ("add", "x", "0" * 20, "--query", "fee")])
def test_tag_that_makes_no_sense_is_an_error(home: Path, arguments: tuple[str, ...]) -> None:
    assert types(home, "tag", *arguments).exit_code == 2


# ---------------------------------------------------------------- lists

def test_export_has_every_hit_and_no_cell_that_could_be_reckoned(archive: Archive, home: Path) -> None:
    whole = asks(home, "search", "*", "--limit", "100")
    asks(home, "tag", "note", "=1+1", "--query", "*")
    asks(home, "export", "*", "-o", str(home / "out.csv"))
    asks(home, "export", "*", "-o", str(home / "out.xlsx"))
    asks(home, "export", "*", "-o", str(home / "out.jsonl"))
    rows = list(csv.DictReader(io.StringIO((home / "out.csv").read_text("utf-8-sig"), newline="")))
    sheet = openpyxl.load_workbook(home / "out.xlsx").worksheets[0]
    lines = [json.loads(line) for line in (home / "out.jsonl").read_text("utf-8").splitlines()]
    ids = sorted(hit["record_id"] for hit in whole["hits"])
    assert sorted(row["record_id"] for row in rows) == sorted(line["record_id"] for line in lines) == ids
    assert sorted(str(row[0].value) for row in sheet.iter_rows(min_row=2)) == ids
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t" and cell]
    assert any(row["name"].startswith("'=cmd") for row in rows) and all(row["notes"] == "'=1+1" for row in rows)
    events = [event.event for event in archive.catalogue.custody() if event.event.action == "exported"]
    assert [event.details.get("records") for event in events if event.details["what"] == "hits written"] == [len(ids)] * 3


def test_workbook_goes_on_in_a_further_sheet() -> None:
    made = b"".join(xlsx(("a", "b"), ([str(n), "=x\x00y\ud800"] for n in range(25)), sheet_rows=10))
    book = openpyxl.load_workbook(io.BytesIO(made))
    assert [sum(1 for _ in sheet.iter_rows(min_row=2)) for sheet in book.worksheets] == [9, 9, 7]
    assert [sheet.cell(1, 1).value for sheet in book.worksheets] == ["a"] * 3
    assert zipfile.ZipFile(io.BytesIO(made)).testzip() is None


def test_term_report_counts_hits_unique_ones_and_families(home: Path) -> None:
    (home / "terms.txt").write_text("# terms\nsettlement\nfee\n\"early termination fee\"\nnothing-like-it\n(((\n", "utf-8")
    result = types(home, "term-report", str(home / "terms.txt"), "--json")
    assert result.exit_code == 2
    report = json.loads(result.stdout)
    told = {t["term"]: (t["hits"], t["unique"], t["with_families"]) for t in report["terms"]}
    fee = {h["record_id"] for h in asks(home, "search", "fee", "--exact", "--limit", "100")["hits"]}
    settlement = {h["record_id"] for h in asks(home, "search", "settlement", "--exact", "--limit", "100")["hits"]}
    # Each draft hangs on a mail that has the word fee in its subject.
    assert told["settlement"][:2] == (len(settlement), len(settlement - fee))
    assert told["settlement"][2] >= 2 * told["settlement"][1] > 0
    assert told["fee"][0] == len(fee) and told["nothing-like-it"] == (0, 0, 0) and told["((("] == (None, None, None)
    assert report["totals"]["hits"] == len(fee | settlement) and "not closed" in report["terms"][-1]["trouble"]
    shown = list(csv.reader(io.StringIO(types(home, "term-report", str(home / "terms.txt"), "--csv").stdout.lstrip("\ufeff"))))
    assert shown[0][0] == "term" and shown[-1][:2] == ["(all)", str(len(fee | settlement))]


def test_batch_makes_every_search_and_tells_what_it_cannot(home: Path) -> None:
    (home / "batch.csv").write_text('name,query,kind\nfees,fee,email\nnone,"kind:survey",\nbad,"fee AND",\n', "utf-8")
    result = types(home, "batch", str(home / "batch.csv"), "-o", str(home / "out.csv"), "--limit", "0")
    assert result.exit_code == 2
    rows = list(csv.DictReader(io.StringIO((home / "out.csv").read_text("utf-8-sig"), newline="")))
    assert {row["record_id"] for row in rows if row["search"] == "fees"} == {h["record_id"] for h in asks(home, "search", "fee", "--kind", "email")["hits"]}
    assert [row["total"] for row in rows if row["search"] == "none"] == ["0"] and "AND" in next(row["trouble"] for row in rows if row["search"] == "bad")


# ---------------------------------------------------------------- versions of the index

def test_reindex_keeps_the_version_before_and_one_command_goes_back_without_loss(home: Path) -> None:
    first = asks(home, "index", "list")["versions"][0]["version"]
    second = asks(home, "reindex")["version"]
    (home / "later.txt").write_text("What came in after the switch.", "utf-8")
    types(home, "ingest", str(home / "later.txt"))
    assert asks(home, "index", "switch", first)["before"] == second
    assert asks(home, "search", "switch")["total"] == 1
    listed = {v["version"]: v for v in asks(home, "index", "list")["versions"]}
    assert listed[first]["in_use"] and not listed[second]["in_use"]
    assert types(home, "index", "drop", first).exit_code == 5 and types(home, "index", "drop", second).exit_code == 0
    assert [v["version"] for v in asks(home, "index", "list")["versions"]] == [first]
    assert types(home, "index", "switch", second).exit_code == 3


def test_version_that_stands_ready_is_written_to_along_with_the_one_in_use(home: Path) -> None:
    current = asks(home, "index", "list")["versions"][0]["version"]
    ready = asks(home, "reindex", "--no-switch")["version"]
    (home / "later.txt").write_text("What came in meanwhile.", "utf-8")
    types(home, "ingest", str(home / "later.txt"))
    listed = {v["version"]: v for v in asks(home, "index", "list")["versions"]}
    assert listed[current]["in_use"] and listed[ready]["ready"] and listed[ready]["lag"] == 0
    assert listed[ready]["entries"] == listed[current]["entries"]
