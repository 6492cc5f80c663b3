"""What is made for people of a client's history: report, status page, deadlines and their feed, from the shell and over HTTP, and who gets them."""
from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from builders.drop import write_drop
from builders.mixed import A, Mixed, behind_keys, mixed_archive, shown
from builders.served import served
from click.testing import CliRunner, Result

from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from casetrail.main import cli
from ingest.directory import import_directory
from ingest.pipeline import ingest
from search_api.services import keys

HOME = "CASETRAIL_HOME"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("reports")
    write_drop(made)
    return made


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({HOME: str(folder / "home"), "CASETRAIL_WORKERS": "1"}, folder / "none.toml"))
    import_directory(opened, (folder / "directory.csv").read_bytes(), "local")
    ingest(opened, [str(folder / "drop")])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(archive: Archive) -> Iterator[httpx.Client]:
    with served(archive) as client:
        yield client


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mixed]:
    made = mixed_archive(tmp_path_factory.mktemp("mixed") / "home")
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def guarded(mixed: Mixed) -> Iterator[httpx.Client]:
    with behind_keys(mixed) as client:
        yield client


def typed(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env={HOME: str(folder / "home")})


def last_event(archive: Archive) -> Any:
    return list(archive.catalogue.custody())[-1].event


@pytest.mark.parametrize("form", ["html", "pdf"])
def test_report_from_the_shell_is_that_of_the_api_and_an_export_in_the_custody_log(folder: Path, archive: Archive, server: httpx.Client, form: str) -> None:
    target = folder / f"report.{form}"
    result = typed(folder, "history", "C-1", "-o", str(target), "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["size_bytes"] == target.stat().st_size
    event = last_event(archive)
    assert (event.action, event.subject, event.details["what"], event.details["format"]) == ("exported", "C-1", "report", form)
    got = server.get("/v1/clients/C-1/report", params={"format": form})
    assert got.content == target.read_bytes()
    assert got.headers["Content-Type"] == {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}[form]


def test_report_is_not_written_over_a_file_unless_asked(folder: Path) -> None:
    target = folder / "kept.html"
    target.write_text("mine")
    assert typed(folder, "history", "C-1", "-o", str(target)).exit_code == 5 and target.read_text() == "mine"
    assert typed(folder, "history", "C-1", "-o", str(target), "--force").exit_code == 0 and "Alder Mills" in target.read_text("utf-8")


def test_form_that_nothing_says_is_asked_for(folder: Path) -> None:
    assert typed(folder, "history", "C-1", "-o", str(folder / "report")).exit_code == 2
    assert typed(folder, "history", "C-1", "--format", "pdf").exit_code == 2


def test_page_of_a_report_may_run_and_load_nothing(server: httpx.Client) -> None:
    policy = server.get("/v1/clients/C-1/report").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy


def test_report_is_refused_without_the_right_to_export_and_to_who_may_not_see_the_client(mixed: Mixed, guarded: httpx.Client) -> None:
    address = f"/v1/clients/{A}/report"
    assert guarded.get(address).status_code == 401
    assert guarded.get(address, headers=shown(mixed, "agent", [A])).status_code == 403
    assert guarded.get(address, headers=shown(mixed, "auditor", ["C-B"] if A != "C-B" else ["C-A"])).status_code == 404


def test_report_holds_no_word_of_a_privileged_record_without_the_right_to_them(mixed: Mixed, guarded: httpx.Client) -> None:
    hidden = {piece.word for name, piece in mixed.pieces.items() if piece.privileged}
    assert hidden
    without = guarded.get(f"/v1/clients/{A}/report", headers=shown(mixed, "auditor", [A])).text
    assert not [word for word in hidden if word in without] and "Privileged:" not in without
    assert "Privileged:" in guarded.get(f"/v1/clients/{A}/report", headers=shown(mixed, "legal", None, True)).text


# ---------------------------------------------------------------- status and deadlines

def test_status_and_deadlines_are_the_same_from_the_shell_and_over_http(folder: Path, server: httpx.Client) -> None:
    for command, path in (("status", "/v1/clients/C-1/status"), ("deadlines", "/v1/clients/C-1/deadlines")):
        result = typed(folder, command, "C-1", "--json")
        assert result.exit_code == 0, result.output
        assert json.loads(result.stdout) == server.get(path).json()
    assert server.get("/v1/clients/C-1/status.html").headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Alder Mills Limited" in typed(folder, "status", "C-1").stdout


def test_status_and_deadlines_are_reads_in_the_custody_log(folder: Path, archive: Archive) -> None:
    for command, what in (("status", "status"), ("deadlines", "deadlines")):
        assert typed(folder, command, "C-1").exit_code == 0
        event = last_event(archive)
        assert (event.action, event.subject, event.details["what"]) == ("read", "C-1", what)


def test_calendar_from_the_shell_and_over_http_hold_the_same_events(folder: Path, server: httpx.Client) -> None:
    target = folder / "deadlines.ics"
    assert typed(folder, "deadlines", "-o", str(target)).exit_code == 0
    got = server.get("/v1/deadlines.ics")
    assert got.headers["Content-Type"] == "text/calendar; charset=utf-8"

    def events(content: bytes) -> list[bytes]:
        return [line for line in content.split(b"\r\n") if line.startswith((b"UID", b"DTSTART", b"SUMMARY"))]

    assert events(got.content) == events(target.read_bytes())
    assert got.content.startswith(b"BEGIN:VCALENDAR\r\n") and got.content.endswith(b"END:VCALENDAR\r\n")


def test_feed_address_opens_deadlines_alone_and_ends_when_it_is_revoked(mixed: Mixed, guarded: httpx.Client) -> None:
    issued = keys.issue(mixed.archive, "calendar", "feed", [A], False, 1)
    address = f"/v1/feeds/{issued.secret}/deadlines.ics"
    got = guarded.get(address)
    assert got.status_code == 200 and got.content.startswith(b"BEGIN:VCALENDAR")
    assert last_event(mixed.archive).actor == f"key:{issued.key.key_id}"
    as_key = {"Authorization": f"Bearer {issued.secret}"}
    assert {guarded.get(path, headers=as_key).status_code for path in ("/v1/clients", "/v1/deadlines", f"/v1/clients/{A}/history", "/metrics")} == {401}
    keys.revoke(mixed.archive, issued.key.key_id)
    assert guarded.get(address).status_code == 401


def test_other_keys_and_guesses_open_no_feed(mixed: Mixed, guarded: httpx.Client) -> None:
    other = keys.issue(mixed.archive, "agent", "agent", [A], False, 1).secret
    for secret in (other, "ct_guess", "", "..", "%2e%2e"):
        assert guarded.get(f"/v1/feeds/{secret}/deadlines.ics").status_code in (401, 404)


def test_server_with_feeds_alone_does_not_start_where_others_reach_it(tmp_path: Path) -> None:
    from archive.errors import BadSettings
    from search_api.app import create_app
    opened = open_archive(read_settings({HOME: str(tmp_path / "home")}, tmp_path / "none.toml"))
    keys.issue(opened, "calendar", "feed", None, False, 1)
    with pytest.raises(BadSettings):
        create_app(opened, "0.0.0.0")
    opened.close()


def test_feed_is_made_at_the_shell(folder: Path, server: httpx.Client) -> None:
    result = typed(folder, "keys", "feed", "--label", "calendar", "--all-clients", "--days", "30", "--json")
    told = json.loads(result.stdout)
    assert told["role"] == "feed" and server.get(told["path"]).status_code == 200


def test_status_and_deadlines_of_a_client_are_the_same_for_who_may_see_privileged_records(mixed: Mixed, guarded: httpx.Client) -> None:
    for path in ("status", "deadlines"):
        answers = [guarded.get(f"/v1/clients/{A}/{path}", headers=shown(mixed, "legal", None, privileged)).json() for privileged in (True, False)]
        assert answers[0] == answers[1]


# ---------------------------------------------------------------- churn

def test_churn_is_the_same_from_the_shell_and_over_http_and_a_read(folder: Path, archive: Archive, server: httpx.Client) -> None:
    result = typed(folder, "churn", "--json")
    assert result.exit_code == 0, result.output
    event = last_event(archive)
    assert (event.action, event.subject, event.details["what"]) == ("read", "directory", "churn")
    told = json.loads(result.stdout)
    assert told == server.get("/v1/churn").json()
    assert told["clients"] == 2 and told["total"] is None and told["small_group"] == 3


def test_small_group_is_a_setting(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["churn", "--json"], env={HOME: str(folder / "home"), "CASETRAIL_SMALL_GROUP": "1"})
    told = json.loads(result.stdout)
    assert told["total"] == 1 and told["by_reason"][0]["by_year"][0]["documents"]


def test_churn_as_csv_is_an_export(folder: Path, archive: Archive, mixed: Mixed, guarded: httpx.Client) -> None:
    target = folder / "churn.csv"
    assert typed(folder, "churn", "-o", str(target)).exit_code == 0
    assert target.read_bytes().splitlines()[0].decode("utf-8-sig") == "reason,year,clients,shown,documents"
    assert last_event(archive).action == "exported"
    assert guarded.get("/v1/churn.csv", headers=shown(mixed, "agent", None)).status_code == 403
    assert guarded.get("/v1/churn.csv", headers=shown(mixed, "auditor", None)).status_code == 200


def test_churn_is_of_the_clients_that_the_viewer_may_see(mixed: Mixed, guarded: httpx.Client) -> None:
    assert guarded.get("/v1/churn", headers=shown(mixed, "agent", [A])).json()["clients"] == 1
    assert guarded.get("/v1/churn", headers=shown(mixed, "agent", None)).json()["clients"] == 2


# ---------------------------------------------------------------- histories that are kept

def test_history_that_was_asked_before_shows_what_came_since_and_each_reading_is_in_the_custody_log(tmp_path: Path) -> None:
    write_drop(tmp_path)
    opened = open_archive(read_settings({HOME: str(tmp_path / "home"), "CASETRAIL_WORKERS": "1"}, tmp_path / "none.toml"))
    import_directory(opened, (tmp_path / "directory.csv").read_bytes(), "local")
    ingest(opened, [str(tmp_path / "drop")])
    (tmp_path / "late.txt").write_text("A late letter of Alder Mills Limited on contract MSA-77.", "utf-8")
    with served(opened) as client:
        first, again = (client.get("/v1/clients/C-1/history") for _ in range(2))
        assert first.content == again.content and first.headers["Content-Type"] == "application/json"
        reads = [e.event for e in opened.catalogue.custody(subject="C-1") if e.event.details.get("what") == "history"]
        assert len(reads) == 2 and reads[0].details == reads[1].details
        ingest(opened, [str(tmp_path / "late.txt")])
        later = client.get("/v1/clients/C-1/history").json()
    opened.close()
    assert len(later["timeline"]) == len(first.json()["timeline"]) + 1


def test_kept_history_of_one_is_not_handed_to_another_with_fewer_rights(mixed: Mixed, guarded: httpx.Client) -> None:
    hidden = {piece.word for piece in mixed.pieces.values() if piece.privileged}
    address = f"/v1/clients/{A}/history"
    full = guarded.get(address, headers=shown(mixed, "legal", None, True)).text
    assert [word for word in hidden if word in full]
    for header in (shown(mixed, "legal", None), shown(mixed, "agent", [A])):
        assert not [word for word in hidden if word in guarded.get(address, headers=header).text]
    of_one = guarded.get(address, headers=shown(mixed, "legal", [A], True)).text
    assert mixed.items["both"].record_id in full and mixed.items["both"].record_id not in of_one


def test_correction_shows_in_a_history_that_was_asked_before(mixed: Mixed, guarded: httpx.Client) -> None:
    header = shown(mixed, "legal", None, True)
    record_id = mixed.items["amail"].record_id
    address = f"/v1/clients/{A}/history"

    def kinds() -> list[str]:
        return [e["kind"] for e in guarded.get(address, headers=header).json()["timeline"] if e["record_id"] == record_id]

    before = kinds()
    made = guarded.post(f"/v1/records/{record_id}/corrections", headers=header, json={"about": "kind", "value": "review", "why": "it is one"})
    assert made.status_code == 200, made.text
    assert before != ["review"] and kinds() == ["review"]
    back = guarded.post(f"/v1/corrections/{made.json()['correction']['correction_id']}/withdraw", headers=header, json={"why": "it is none"})
    assert back.status_code == 200 and kinds() == before
