"""The command line from an empty home to a verified bundle, as a user goes, on the embedded default."""
from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from builders.drop import write_drop
from click.testing import CliRunner, Result

from casetrail.main import cli
from search_api.serving import bound


class User:
    """Somebody at a shell, with a home and a drop."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home, self.drop = folder, folder / "home", write_drop(folder)
        self.environment = {"CASETRAIL_HOME": str(self.home), "CASETRAIL_WORKERS": "1"}

    def types(self, *arguments: str) -> Result:
        return CliRunner().invoke(cli, list(arguments), env=self.environment)

    def asks(self, *arguments: str) -> Any:
        result = self.types(*arguments, "--json")
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.types("records", "--json").stdout.splitlines()]

    def record(self, name: str) -> dict[str, Any]:
        return next(record for record in self.records() if record["name"] == name)


@pytest.fixture(scope="module")
def user(tmp_path_factory: pytest.TempPathFactory) -> Iterator[User]:
    """Give a user whose drop is taken in."""
    made = User(tmp_path_factory.mktemp("user"))
    assert made.types("clients", "import", str(made.folder / "directory.csv")).exit_code == 0
    done = made.types("ingest", str(made.drop))
    assert done.exit_code == 0, done.output
    yield made


def test_ingest_ends_with_a_summary_that_names_what_failed(user: User) -> None:
    result = user.types("ingest", str(user.drop))
    assert result.exit_code == 0
    assert "finished: 6 items met" in result.stdout
    assert "already held" in result.stdout
    report = user.asks("sources")
    assert report["adds_up"] and len(report["runs"]) >= 2
    first = report["runs"][0]
    assert (first["met"], first["stored"], first["failed"]) == (6, 5, 1)
    assert [(Path(t["path"]).name, t["kept"]) for t in first["troubles"]] == [("broken.pdf", True)]
    assert all(trouble["reason"] for trouble in first["troubles"])


def test_records_have_the_shape_of_the_contract_one_a_line(user: User) -> None:
    wanted = {"record_id", "source_paths", "inner", "kind", "record_types", "clients", "date", "sent_at", "from", "to", "subject", "language", "thread_id",
              "family_id", "duplicate_of", "near_duplicate_of", "privileged", "sentiment", "sha256", "mime", "size", "pages"}
    records = user.records()
    assert len(records) == 5
    assert all(wanted <= record.keys() for record in records)
    assert {record["inner"] for record in records} == {None, "return of equipment.txt", "<2@alder.example>"}
    assert [r["record_id"] for r in map(json.loads, user.types("records", "--client", "C-1", "--json").stdout.splitlines())] == [
        r["record_id"] for r in records if "C-1" in r["clients"]]


def test_text_is_exactly_what_offsets_refer_to(user: User) -> None:
    agreement = user.record("agreement.txt")
    printed = user.types("text", agreement["record_id"]).stdout_bytes
    assert printed == (user.drop / "agreement.txt").read_bytes()
    assert user.asks("text", agreement["record_id"])["text"].encode() == printed


def test_every_quote_stands_where_it_is_cited(user: User) -> None:
    history = user.asks("history", "C-1")
    assert {"client", "as_of", "terminations", "disputes", "billing", "feedback", "gaps", "conflicts", "interactions", "timeline"} <= history.keys()
    cites = list(_cites(history))
    assert cites
    for cite in cites:
        text = user.types("text", cite["record_id"]).stdout_bytes.decode()
        assert text[cite["start"]:cite["end"]] == cite["quote"]


def test_history_without_json_is_a_readable_report(user: User) -> None:
    result = user.types("history", "C-1", "--as-of", "2025-12-31")
    assert result.exit_code == 0
    assert "Alder Mills Limited" in result.stdout


def test_original_comes_back_byte_for_byte(user: User, tmp_path: Path) -> None:
    for name in ("notice.eml", "broken.pdf"):
        record, target = user.record(name), tmp_path / name
        assert user.types("original", record["record_id"], "-o", str(target)).exit_code == 0
        assert target.read_bytes() == (user.drop / name).read_bytes()
        assert user.types("original", record["record_id"], "-o", "-").stdout_bytes == target.read_bytes()


def test_original_does_not_replace_a_file_unasked(user: User, tmp_path: Path) -> None:
    target = tmp_path / "mine"
    target.write_text("mine")
    assert user.types("original", user.record("notice.eml")["record_id"], "-o", str(target)).exit_code == 5
    assert target.read_text() == "mine"


def test_search_finds_words_with_the_place_where_they_stand(user: User) -> None:
    answer = user.asks("search", '"written notice"', "--client", "C-1")
    assert answer["total"] == 1
    hit = answer["hits"][0]
    assert hit["record_id"] == user.record("agreement.txt")["record_id"]
    text = user.types("text", hit["record_id"]).stdout_bytes.decode()
    for highlight in (h for h in hit["highlights"] if h["field"] == "text"):
        assert text[highlight["start"]:highlight["end"]] == highlight["fragment"]


def test_search_goes_on_after_the_cursor_without_overlap(user: User) -> None:
    seen: list[str] = []
    cursor: list[str] = []
    while True:
        answer = user.asks("search", "termination OR notice", "--limit", "1", *cursor)
        seen += [hit["record_id"] for hit in answer["hits"]]
        if not answer["next"]:
            break
        cursor = ["--cursor", answer["next"]]
    assert len(seen) == len(set(seen)) == answer["total"] > 1


def test_broken_query_says_where(user: User) -> None:
    result = user.types("search", '"never closed')
    assert result.exit_code == 2
    assert result.stderr.startswith("casetrail: ")


@pytest.mark.parametrize("command", ["disputes", "win-back", "audit"])
def test_conclusions_are_told_in_words_and_in_json(user: User, command: str) -> None:
    assert user.asks(command, "C-1")["client"]["id"] == "C-1"
    assert user.types(command, "C-1").exit_code == 0


def test_facts_have_the_shape_of_the_contract(user: User) -> None:
    facts = user.asks("facts", user.record("agreement.txt")["record_id"])
    assert all({"name", "value", "unit", "status", "confidence", "cites"} <= fact.keys() and fact["cites"] for fact in facts)


@pytest.mark.parametrize("arguments", [["C-1"], ["--query", "notice"], ["C-1", "--query", "equipment"]])
def test_bundle_verifies_and_an_altered_one_does_not(user: User, tmp_path: Path, arguments: list[str]) -> None:
    target = tmp_path / "bundle.zip"
    assert user.types("bundle", *arguments, "-o", str(target)).exit_code == 0
    assert user.asks("verify", str(target))["status"] == "intact"
    assert user.types("bundle", *arguments, "-o", str(target)).exit_code == 5
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 1
    target.write_bytes(bytes(content))
    assert user.types("verify", str(target)).exit_code == 8


def test_found_attachment_is_bundled_with_its_mail(user: User, tmp_path: Path) -> None:
    target = tmp_path / "bundle.zip"
    summary = user.asks("bundle", "--query", "equipment", "-o", str(target))
    assert summary["records"] == 2


def test_whole_archive_verifies(user: User) -> None:
    assert user.asks("verify")["status"] == "intact"


def test_reindex_and_setup_may_be_run_at_any_time(user: User) -> None:
    assert user.asks("reindex")["records"] == 5
    assert user.asks("setup")["ready"]
    assert user.asks("search", "notice")["total"] > 0


@pytest.mark.parametrize("arguments", [["history", "C-404"], ["text", "0" * 20], ["records", "--client", "C-404"], ["search", "x", "--client", "C-404"],
                                       ["original", "0" * 20, "-o", "never"], ["bundle", "C-404", "-o", "never"], ["win-back", "C-404"]])
def test_what_does_not_exist_is_told_with_status_3(user: User, arguments: list[str]) -> None:
    result = user.types(*arguments)
    assert result.exit_code == 3
    assert result.stdout == "" and result.stderr.count("\n") == 1
    assert not Path("never").exists()


def test_missing_path_is_told_before_anything_is_taken_in(tmp_path: Path) -> None:
    fresh = User(tmp_path)
    result = fresh.types("ingest", str(fresh.drop), str(tmp_path / "nowhere"))
    assert result.exit_code == 2
    assert "nowhere" in result.stderr
    assert fresh.records() == []
    assert fresh.asks("sources")["runs"] == []


def test_directory_that_comes_later_names_the_clients_of_what_is_held(tmp_path: Path) -> None:
    fresh = User(tmp_path)
    assert fresh.types("ingest", str(fresh.drop)).exit_code == 0
    assert fresh.record("notice.eml")["clients"] == []
    assert fresh.asks("clients", "import", str(fresh.folder / "directory.csv"))["looked_at_anew"] > 0
    assert fresh.record("notice.eml")["clients"] == ["C-1"]
    assert fresh.asks("search", "notice", "--client", "C-1")["total"] > 0


def test_ctrl_c_ends_with_130_and_the_same_command_goes_on(tmp_path: Path) -> None:
    fresh = User(tmp_path)
    for number in range(3000):
        (fresh.drop / f"note {number:04d}.txt").write_text(f"Call note number {number} about contract MSA-77\n", "utf-8")
    command = [sys.executable, "-m", "casetrail.main", "ingest", str(fresh.drop)]
    running = subprocess.Popen(command, env=os.environ | fresh.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    _until(lambda: running.poll() is not None or (len(fresh.asks("sources")["runs"]) == 1 and fresh.asks("sources")["runs"][0]["met"] > 0))
    running.send_signal(signal.SIGINT)
    _, stderr = running.communicate(timeout=60)
    assert running.returncode == 130, stderr
    assert "same command goes on" in stderr
    assert fresh.asks("sources")["runs"][0]["status"] == "interrupted"
    assert fresh.types("ingest", str(fresh.drop)).exit_code == 0
    assert len(fresh.records()) == 3005
    assert fresh.asks("verify")["status"] == "intact"


def test_worker_reads_what_a_killed_run_left(tmp_path: Path) -> None:
    fresh = User(tmp_path)
    for number in range(3000):
        (fresh.drop / f"note {number:04d}.txt").write_text(f"Call note number {number}\n", "utf-8")
    command = [sys.executable, "-m", "casetrail.main", "ingest", str(fresh.drop)]
    running = subprocess.Popen(command, env=os.environ | fresh.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _until(lambda: running.poll() is not None or (len(fresh.asks("sources")["runs"]) == 1 and fresh.asks("sources")["runs"][0]["met"] > 0))
    running.kill()
    running.wait(60)
    done = fresh.types("worker", "--once")
    assert done.exit_code == 0, done.output
    report = fresh.asks("verify")
    assert report["status"] == "intact" and report["index_count"] == report["catalogue_count"] > 0


def test_archive_is_rebuilt_from_its_objects_alone(user: User, tmp_path: Path) -> None:
    elsewhere = {"CASETRAIL_HOME": str(tmp_path / "new"), "CASETRAIL_OBJECTS_URL": f"file://{user.home}/objects", "CASETRAIL_WORKERS": "1"}
    done = CliRunner().invoke(cli, ["rebuild"], env=elsewhere)
    assert done.exit_code == 0, done.output
    rebuilt = [json.loads(line) for line in CliRunner().invoke(cli, ["records", "--json"], env=elsewhere).stdout.splitlines()]
    assert rebuilt == user.records()
    assert CliRunner().invoke(cli, ["rebuild"], env=elsewhere).exit_code == 5


def test_key_is_shown_once_and_listed_without_its_secret(user: User) -> None:
    issued = user.asks("keys", "issue", "--label", "reporting", "--role", "auditor", "--client", "C-1", "--days", "30")
    assert issued["key"].startswith("ct_")
    listed = user.types("keys", "list", "--json").stdout
    assert issued["key"] not in listed and issued["key_id"] in listed
    user.asks("keys", "revoke", issued["key_id"])
    assert next(k for k in user.asks("keys", "list")["keys"] if k["key_id"] == issued["key_id"])["state"] == "revoked"
    assert user.types("keys", "revoke", "nothing").exit_code == 3


def test_server_for_others_does_not_start_without_a_key(tmp_path: Path) -> None:
    fresh = User(tmp_path)
    result = fresh.types("serve", "--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 2
    assert "casetrail keys issue" in result.stderr


def test_server_answers_and_ends_in_order(tmp_path: Path) -> None:
    fresh = User(tmp_path)
    for number in (signal.SIGTERM, signal.SIGINT):
        running = subprocess.Popen([sys.executable, "-m", "casetrail.main", "serve", "--port", "0"], env=os.environ | fresh.environment,
                                   stderr=subprocess.PIPE, text=True)
        assert running.stderr is not None
        address = re.search(r"serves (http://\S+)", running.stderr.readline())
        assert address is not None
        client = httpx.Client(base_url=address[1], trust_env=False, transport=httpx.HTTPTransport(retries=20))
        assert client.get("/readyz").json()["ready"] is True
        assert client.get("/v1/clients").json() == {"clients": []}
        client.close()
        running.send_signal(number)
        assert running.wait(30) == 0
        running.stderr.close()


def test_port_in_use_is_told(tmp_path: Path) -> None:
    with bound("127.0.0.1", 0) as taken:
        taken.listen()
        result = User(tmp_path).types("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 2
    assert "--port" in result.stderr


def _until(true: Any) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to pass")


def _cites(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from value.get("cites") or []
        for child in value.values():
            yield from _cites(child)
    elif isinstance(value, list):
        for child in value:
            yield from _cites(child)
