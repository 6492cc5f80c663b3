"""A language model proposes facts over a connection: what it is shown, what counts of its answers, and that nothing is concluded before a person says so."""
from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders.drop import write_drop
from builders.talking import Heard, Talking, proposing, talking
from click.testing import CliRunner, Result

from archive.errors import NotAllowed
from archive.model.viewer import Viewer
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from casetrail.main import cli
from ingest.directory import import_directory
from ingest.pipeline import ingest
from search_api.services import proposing as service
from search_api.services import records as records_of

LETTER = """From the desk of Tom Ash, +44 20 7946 0018, tom.ash@alder.example, account ALD-100.

Alder Mills Limited and we agreed on the telephone that contract MSA-77 may be ended on sixty days, to be counted from the letter.
"""
MEMO = ("PRIVILEGED AND CONFIDENTIAL - ATTORNEY-CLIENT COMMUNICATION\n\n"
        "Advice of counsel on contract MSA-77 of Alder Mills Limited: the notice is late by sixty days.\n")
QUOTE = "may be ended on sixty days"
RIGHT = {"name": "notice_period", "value": 60, "unit": "calendar_days", "quote": QUOTE}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("proposed")
    drop = write_drop(folder)
    (drop / "letter.txt").write_text(LETTER, "utf-8")
    (drop / "memo.txt").write_text(MEMO, "utf-8")
    archive = opened(folder / "home")
    import_directory(archive, (folder / "directory.csv").read_bytes(), "local")
    ingest(archive, [str(drop)], source="drop")
    archive.close()
    return folder


@pytest.fixture
def home(taken_in: Path, tmp_path: Path) -> Path:
    shutil.copytree(taken_in / "home", tmp_path / "home")
    return tmp_path


def says(heard: Heard) -> str:
    return proposing(RIGHT, RIGHT | {"quote": "on ninety days"}, RIGHT | {"name": "colour"}) if QUOTE in heard.asked else proposing()


@pytest.fixture
def server() -> Iterator[Talking]:
    with talking(says) as told:
        yield told


def opened(home: Path, **environment: str) -> Archive:
    return open_archive(read_settings({"CASETRAIL_HOME": str(home), "CASETRAIL_WORKERS": "1", **environment}, home / "none.toml"))


def types(home: Path, *arguments: str, server: Talking | None = None, **settings: str) -> Result:
    model = {"CASETRAIL_MODEL_URL": server.url, "CASETRAIL_MODEL_NAME": "small", "CASETRAIL_MODEL_KEY": "k-secret"} if server else {}
    told = {f"CASETRAIL_MODEL_{name}": value for name, value in settings.items()}
    return CliRunner().invoke(cli, list(arguments), env={"CASETRAIL_HOME": str(home / "home"), "CASETRAIL_WORKERS": "1", **model, **told})


def asks(home: Path, *arguments: str, server: Talking | None = None, status: int = 0, **settings: str) -> Any:
    result = types(home, *arguments, "--json", server=server, **settings)
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def named(home: Path, name: str) -> str:
    told = [json.loads(line) for line in types(home, "records", "--json").stdout.splitlines()]
    return next(str(r["record_id"]) for r in told if r["name"] == name)


def proposed(home: Path, record_id: str) -> list[dict[str, Any]]:
    return [f for f in asks(home, "facts", record_id) if f["status"] == "proposed"]


def custody(home: Path, action: str) -> list[tuple[str, dict[str, Any]]]:
    archive = opened(home / "home")
    events = [(e.event.subject, e.event.details) for e in archive.catalogue.custody() if e.event.action == action]
    archive.close()
    return events


# ---------------------------------------------------------------- off by default

def test_without_a_model_the_command_says_so_and_nothing_of_it_is_imported(home: Path) -> None:
    result = types(home, "propose", "C-1", "--yes")
    assert result.exit_code == 2 and "CASETRAIL_MODEL_URL" in result.output
    code = ("import sys\nfrom casetrail.main import cli\ntry:\n    cli(['propose', 'C-1'])\nexcept SystemExit as end:\n    print(end.code)\n"
            "print([m for m in sys.modules if m.startswith('ingest.propose') or m == 'archive.adapters.model_openai'])")
    said = subprocess.run([sys.executable, "-c", code], env={"CASETRAIL_HOME": str(home / "home"), "PYTHONPATH": str(Path(__file__).parents[2])},
                          capture_output=True, text=True, timeout=60, check=True)
    assert said.stdout.splitlines()[-2:] == ["2", "[]"]


# ---------------------------------------------------------------- what is sent

def test_without_yes_it_says_what_would_be_sent_and_to_where_and_sends_nothing(home: Path, server: Talking) -> None:
    told = asks(home, "propose", "C-1", server=server)
    assert (told["address"], told["sent"], told["proposed"]) == (server.url + "/chat/completions", False, 0)
    assert named(home, "letter.txt") in {r["record_id"] for r in told["records"]} and told["characters"] > 0
    assert told["withheld"]["privileged"] == 1
    assert "Nothing was sent" in types(home, "propose", "C-1", server=server).output
    assert server.heard == [] and custody(home, "model_asked") == []


def test_personal_data_are_masked_on_the_wire(home: Path, server: Talking) -> None:
    asks(home, "propose", "C-1", "--yes", server=server)
    wire = "".join(h.body for h in server.heard)
    assert len(server.heard) >= 3 and QUOTE in wire
    for secret in ("tom.ash", "alder.example", "provider.example", "Tom", "Ash ", "7946", "ALD-100", "k-secret"):
        assert secret not in wire
    assert "MSA-77" in wire and "[NAME_1]" in wire


def test_personal_data_are_sent_only_where_that_is_allowed(home: Path, server: Talking) -> None:
    asks(home, "propose", "--record", named(home, "letter.txt"), "--yes", server=server, SEND_PERSONAL="true")
    assert "tom.ash@alder.example" in server.heard[0].asked
    assert custody(home, "model_asked")[0][1]["masked"] is False


def test_privileged_records_are_not_sent_unless_that_is_allowed(home: Path, server: Talking) -> None:
    memo = named(home, "memo.txt")
    told = asks(home, "propose", "--record", memo, "--yes", server=server)
    assert (told["records"], told["withheld"], server.heard) == ([], {"privileged": 1}, [])
    asks(home, "propose", "--record", memo, "--yes", server=server, SEND_PRIVILEGED="true")
    assert "Advice of counsel" in server.heard[0].asked and custody(home, "model_asked")[0][1]["privileged"] is True


def test_record_that_a_person_marked_as_privileged_is_not_sent(home: Path, server: Talking) -> None:
    letter = named(home, "letter.txt")
    asks(home, "correct", "privilege", letter, "yes", "--why", "advice")
    assert asks(home, "propose", "--record", letter, "--yes", server=server)["withheld"] == {"privileged": 1} and server.heard == []


def test_each_question_is_a_custody_event_without_a_word_of_the_record(home: Path, server: Talking) -> None:
    letter = named(home, "letter.txt")
    told = asks(home, "propose", "--record", letter, "--yes", server=server)
    assert custody(home, "model_asked") == [(letter, {
        "address": server.url + "/chat/completions", "model": "small", "characters": told["characters"], "masked": True,
        "hidden": told["records"][0]["masked"], "privileged": False})]
    assert custody(home, "proposed") == [(letter, {"model": "small", "facts": 1})]


def test_no_more_than_so_many_characters_of_a_record_are_sent(home: Path, server: Talking) -> None:
    told = asks(home, "propose", "--record", named(home, "letter.txt"), "--yes", server=server, TEXT_CHARS="30")
    assert told["cut"] == 1 and "From the desk of [NAME_1]" in server.heard[0].asked and "ALD" not in server.heard[0].asked


def test_what_was_asked_before_is_asked_again_only_on_demand(home: Path, server: Talking) -> None:
    asks(home, "propose", "C-1", "--yes", server=server)
    first = len(server.heard)
    assert asks(home, "propose", "C-1", "--yes", server=server)["withheld"]["asked before"] == first == len(server.heard)
    asks(home, "propose", "C-1", "--yes", "--again", server=server)
    assert len(server.heard) == 2 * first


# ---------------------------------------------------------------- what counts

def test_quote_that_stands_is_a_proposal_and_what_does_not_is_counted_with_its_reason(home: Path, server: Talking) -> None:
    letter = named(home, "letter.txt")
    told = asks(home, "propose", "C-1", "--yes", server=server)
    assert (told["proposed"], told["refused"]) == (1, {"the quote does not stand in the record": 1, "there is no fact of that name": 1})
    fact, = proposed(home, letter)
    assert (fact["name"], fact["value"], fact["unit"], fact["basis"], fact["settled"]) == ("notice_period", 60, "calendar_days", "model small", None)
    cite, = fact["cites"]
    assert cite["quote"] == QUOTE == types(home, "text", letter).stdout[cite["start"]:cite["end"]]
    left = asks(home, "review", "C-1")["proposals"]
    assert left["total"] == 1 and left["entries"][0]["fact_id"] == fact["fact_id"] and "small" in left["entries"][0]["in_doubt"]
    assert "Proposed by a language model: 1" in types(home, "review").output and "(proposed, " in types(home, "facts", letter).output


def test_history_is_the_same_until_a_person_confirms_a_proposal(home: Path, server: Talking) -> None:
    letter = named(home, "letter.txt")
    questions = (("history", "C-1"), ("disputes", "C-1"), ("win-back", "C-1"), ("status", "C-1"), ("deadlines", "--client", "C-1"), ("churn",))
    before = [types(home, *q, "--json").stdout for q in questions]
    facts = asks(home, "facts", letter)
    asks(home, "propose", "C-1", "--yes", server=server)
    assert [types(home, *q, "--json").stdout for q in questions] == before
    assert [f for f in asks(home, "facts", letter) if f["status"] != "proposed"] == facts
    fact, = proposed(home, letter)
    told = asks(home, "correct", "confirm", letter, fact["fact_id"], "--why", "so it was agreed")
    assert told["correction"]["verdict"] == "confirmed" and proposed(home, letter) == []
    now = next(f for f in asks(home, "facts", letter) if f["fact_id"] == fact["fact_id"])
    assert (now["status"], now["basis"], now["value"], now["cites"]) == ("confirmed", "model small", 60, fact["cites"])
    assert asks(home, "review", "C-1")["proposals"]["total"] == 0
    asks(home, "correct", "undo", told["correction"]["correction_id"])
    assert proposed(home, letter) == [fact] and types(home, "history", "C-1", "--json").stdout == before[0]


def test_rejected_proposal_is_gone_and_takes_no_fact_that_was_read_with_it(home: Path) -> None:
    contract = named(home, "agreement.txt")
    read = next(f for f in asks(home, "facts", contract) if f["name"] == "notice_period")
    before = asks(home, "facts", contract)
    with talking(lambda heard: proposing(RIGHT | {"value": 30, "quote": read["cites"][0]["quote"]})) as server:
        asks(home, "propose", "--record", contract, "--yes", server=server)
        fact, = proposed(home, contract)
        asks(home, "correct", "reject", contract, fact["fact_id"], "--why", "it says 90")
        left = asks(home, "facts", contract)
        assert [(f["name"], f["value"], f["cites"]) for f in left] == [(f["name"], f["value"], f["cites"]) for f in before]
        asks(home, "propose", "--record", contract, "--yes", "--again", server=server)
        assert proposed(home, contract) == []


@pytest.mark.parametrize(("answer", "settings"), [
    ("no JSON at all", {}), ((500, b"oh"), {}), ((200, b"{"), {}), ("x" * 300_000, {}), (None, {"SECONDS": "1"}), (proposing() + "]", {}), ("[" * 50_000, {})])
def test_model_that_fails_leaves_no_proposal_and_the_call_says_so(home: Path, answer: Any, settings: dict[str, str]) -> None:
    letter = named(home, "letter.txt")
    with talking(lambda heard: answer) as server:
        told = asks(home, "propose", "--record", letter, "--yes", server=server, status=9, **settings)
    assert [each["record_id"] for each in told["failed"]] == [letter] and told["proposed"] == 0
    assert proposed(home, letter) == [] and len(custody(home, "model_asked")) == 1


def test_model_that_does_not_answer_is_asked_no_more_after_some_and_the_next_call_goes_on(home: Path, server: Talking) -> None:
    with talking(lambda heard: (503, b"")) as silent:
        told = asks(home, "propose", "C-1", "--yes", server=silent, status=9)
        assert told["stopped"] and len(silent.heard) == service.GIVE_UP
    assert asks(home, "propose", "C-1", "--yes", server=server)["proposed"] == 1


def test_answer_with_words_that_steer_a_terminal_is_shown_harmless(home: Path) -> None:
    letter = named(home, "letter.txt")
    with talking(lambda heard: proposing({"name": "governing_law", "value": "\x1b[2J law", "unit": "", "quote": QUOTE},
                                         {"name": "governing_law", "value": "<b>law</b>", "unit": "", "quote": QUOTE})) as server:
        told = asks(home, "propose", "--record", letter, "--yes", server=server)
    assert (told["proposed"], told["refused"]) == (1, {"the value is not of its form": 1})


# ---------------------------------------------------------------- what lasts, and who sees it

def test_proposals_outlast_reading_again_and_a_rebuild_from_the_bucket(home: Path, taken_in: Path, server: Talking) -> None:
    letter = named(home, "letter.txt")
    asks(home, "propose", "C-1", "--yes", server=server)
    before = proposed(home, letter)
    archive = opened(home / "home")
    more = (taken_in / "directory.csv").read_text("utf-8") + "C-3,Cedar Limited,Cedar,,cedar.example,,X-1,active,EUR\n"
    import_directory(archive, more.encode(), "local")
    archive.close()
    assert proposed(home, letter) == before
    shutil.copytree(home / "home" / "objects", home / "new" / "home" / "objects")
    done = types(home / "new", "rebuild")
    assert done.exit_code == 0, done.output
    assert proposed(home / "new", letter) == before == proposed(home, letter) == before and len(before) == 1


def test_proposal_whose_quote_stands_no_longer_is_not_shown(home: Path, server: Talking) -> None:
    letter = named(home, "letter.txt")
    asks(home, "propose", "C-1", "--yes", server=server)
    archive = opened(home / "home")
    import zlib

    from sqlalchemy import select, update

    from archive.adapters.catalogue import schema as t
    with archive.catalogue.write() as w:
        digest = w.connection.execute(select(t.readings.c.text_digest).where(t.readings.c.record_id == letter)).scalar_one()
        moved = "Read better: " + LETTER
        w.connection.execute(update(t.texts).where(t.texts.c.text_digest == digest).values(body=zlib.compress(moved.encode())))
    fact, = proposed(home, letter)
    assert moved[fact["cites"][0]["start"]:fact["cites"][0]["end"]] == QUOTE
    with archive.catalogue.write() as w:
        w.connection.execute(update(t.texts).where(t.texts.c.text_digest == digest).values(body=zlib.compress(b"other words")))
    archive.close()
    assert proposed(home, letter) == [] and asks(home, "review", "C-1")["proposals"]["total"] == 0


def test_who_may_not_see_a_record_sees_no_proposal_of_it_and_who_may_not_correct_may_not_ask(home: Path, server: Talking) -> None:
    memo = named(home, "memo.txt")
    with talking(lambda heard: proposing({"name": "contract_number", "value": "MSA-77", "quote": "counsel on contract MSA-77"})) as other:
        told = asks(home, "propose", "--record", memo, "--yes", server=other, SEND_PRIVILEGED="true")
    assert told["proposed"] == 1 and len(proposed(home, memo)) == 1
    archive = opened(home / "home", CASETRAIL_MODEL_URL=server.url, CASETRAIL_MODEL_NAME="small")
    agent = Viewer("key:agent", "agent", frozenset({"C-1"}), False)
    letter = named(home, "letter.txt")
    assert archive.catalogue.proposals(agent) == [] and archive.catalogue.proposals(agent, client="C-1") == []
    assert all(f["status"] != "proposed" for f in records_of.facts(archive, agent, letter))
    for role in ("agent", "auditor", "admin", "feed"):
        with pytest.raises(NotAllowed):
            service.propose(archive, Viewer("key:x", role, None, True), "C-1", send=True)  # type: ignore[arg-type]
    archive.close()
    assert server.heard == []
