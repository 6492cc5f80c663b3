"""A person confirms and corrects what was read; by shell and over HTTP; through reading again, a rebuild from the bucket, and back by undoing it."""
from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from builders.drop import write_drop
from builders.mixed import A, B, Mixed, behind_keys, mixed_archive, shown
from click.testing import CliRunner, Result

from archive.errors import BadRequest, NotAllowed, NotFound, Unavailable
from archive.model.viewer import LOCAL, Role, Viewer
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from casetrail.main import cli
from ingest.directory import import_directory
from ingest.pipeline import ingest
from search_api.services import correcting, histories, reviewing
from search_api.services.correcting import Wanted

DAYS = {"CASETRAIL_WORKERS": "1"}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corrected")
    drop = write_drop(folder)
    archive = opened(folder / "home")
    import_directory(archive, (folder / "directory.csv").read_bytes(), "local")
    ingest(archive, [str(drop)], source="drop")
    archive.close()
    return folder


@pytest.fixture
def home(taken_in: Path, tmp_path: Path) -> Path:
    shutil.copytree(taken_in / "home", tmp_path / "home")
    return tmp_path


def opened(home: Path, clock: Any = None, **environment: str) -> Archive:
    return open_archive(read_settings({"CASETRAIL_HOME": str(home), **DAYS, **environment}, home / "none.toml"), clock)


def types(home: Path, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(cli, list(arguments), env={"CASETRAIL_HOME": str(home / "home"), **DAYS, **environment})


def asks(home: Path, *arguments: str, **environment: str) -> Any:
    result = types(home, *arguments, "--json", **environment)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def records(home: Path, **environment: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in types(home, "records", "--json", **environment).stdout.splitlines()]


def contract(home: Path) -> str:
    return next(str(r["record_id"]) for r in records(home) if r["name"] == "agreement.txt")


def period(home: Path, record_id: str, **environment: str) -> dict[str, Any]:
    return next(f for f in asks(home, "facts", record_id, **environment) if f["name"] == "notice_period")


# ---------------------------------------------------------------- conclusions follow

def test_corrected_fact_changes_the_conclusions_at_once_and_the_answer_says_which(home: Path) -> None:
    record_id = contract(home)
    before = period(home, record_id)
    told = asks(home, "correct", "fact", record_id, before["fact_id"], "120", "--why", "The signed paper says 120.")
    where = {change["where"].partition(": ")[2]: (change["before"], change["after"]) for change in told["conclusions"][0]["changes"]}
    assert where["required_notice: value"] == (90, 120) and where["required_notice: status"] == ("extracted", "corrected")
    assert all(change["cites"] for change in told["conclusions"][0]["changes"])
    required = asks(home, "history", "C-1")["terminations"][0]["required_notice"]
    assert (required["value"], required["status"]) == (120, "corrected")
    settled = required["derivation"]["inputs"][0]["settled"]
    assert (settled["by"], settled["why"]) == ("local", "The signed paper says 120.") and settled["at"]
    again = period(home, record_id)
    assert (again["fact_id"], again["status"], again["cites"]) == (before["fact_id"], "corrected", before["cites"])
    back = asks(home, "correct", "undo", told["correction"]["correction_id"], "--why", "It does not.")
    assert {c["where"].partition(": ")[2]: (c["before"], c["after"]) for c in back["conclusions"][0]["changes"]}["required_notice: value"] == (120, 90)
    assert period(home, record_id) == before
    assert types(home, "correct", "undo", told["correction"]["correction_id"]).exit_code == 5


def test_paper_of_another_kind_is_read_for_what_such_papers_say_and_back(home: Path) -> None:
    record_id = contract(home)
    names = {f["name"] for f in asks(home, "facts", record_id)}
    assert "agreement_date" in names
    told = asks(home, "correct", "kind", record_id, "other", "--why", "a draft that was never signed")
    assert told["record"]["kind"] == "other" and "agreement_date" not in {f["name"] for f in asks(home, "facts", record_id)}
    assert any("terminations" in c["where"] for c in told["conclusions"][0]["changes"])
    asks(home, "correct", "undo", told["correction"]["correction_id"])
    assert {f["name"] for f in asks(home, "facts", record_id)} == names


def test_client_that_a_person_names_has_the_record_and_the_other_has_it_no_more(home: Path) -> None:
    record_id = contract(home)
    told = asks(home, "correct", "clients", record_id, "C-2", "--why", "filed under the wrong name")
    assert told["record"]["clients"] == ["C-2"] and {c["client"] for c in told["conclusions"]} == {"C-1", "C-2"}
    assert all(c["changes"] for c in told["conclusions"])
    assert asks(home, "search", "agreement", "--client", "C-2", "--kind", "contract")["total"] == 1
    assert asks(home, "search", "agreement", "--client", "C-1", "--kind", "contract")["total"] == 0
    assert types(home, "correct", "clients", record_id, "C-9", "--why", "x").exit_code == 3
    assert types(home, "correct", "clients", record_id, "--why", "x").exit_code == 2


def test_what_leaves_the_house_says_that_a_person_corrected_it_and_neither_who_nor_why(home: Path) -> None:
    record_id = contract(home)
    asks(home, "correct", "fact", record_id, period(home, record_id)["fact_id"], "120", "--why", "after counsel's secret memo")
    assert types(home, "bundle", "C-1", "-o", str(home / "c.zip")).exit_code == 0
    with zipfile.ZipFile(home / "c.zip") as bundle:
        told = {name: bundle.read(name).decode("utf-8", "replace") for name in bundle.namelist()}
    assert [name for name, words in told.items() if "secret memo" in words] == []
    whole = json.loads(next(words for name, words in told.items() if name.endswith("history.json")))
    settled = whole["terminations"][0]["required_notice"]["derivation"]["inputs"][0]["settled"]
    assert settled["at"] and (settled["by"], settled["why"]) == (None, None)
    assert types(home, "history", "C-1", "-o", str(home / "report.html")).exit_code == 0
    report = (home / "report.html").read_text("utf-8")
    assert "corrected by a person on" in report and "secret memo" not in report


# ---------------------------------------------------------------- what lasts

def test_word_of_a_person_survives_that_the_record_is_read_again_and_its_directory_changes(home: Path, taken_in: Path) -> None:
    record_id = contract(home)
    asks(home, "correct", "fact", record_id, period(home, record_id)["fact_id"], "120", "--why", "seen")
    asks(home, "correct", "kind", record_id, "amendment", "--why", "seen")
    asks(home, "correct", "date", record_id, "2024-03-01", "--why", "seen")
    before = (period(home, record_id), [r for r in records(home) if r["record_id"] == record_id])
    assert before[0]["value"] == 120 and (before[1][0]["kind"], before[1][0]["date"]) == ("amendment", "2024-03-01")
    assert types(home, "ingest", "--retry", "--record", record_id).exit_code == 0
    assert (period(home, record_id), [r for r in records(home) if r["record_id"] == record_id]) == before
    (home / "more.csv").write_text((taken_in / "directory.csv").read_text("utf-8").replace("Beech Works", "Beech Wood Works"), "utf-8")
    assert types(home, "clients", "import", str(home / "more.csv")).exit_code == 0
    assert (period(home, record_id), [r for r in records(home) if r["record_id"] == record_id]) == before


def test_rebuild_from_the_bucket_brings_back_corrections_tags_notes_and_saved_searches(home: Path) -> None:
    record_id = contract(home)
    asks(home, "correct", "fact", record_id, period(home, record_id)["fact_id"], "120", "--why", "seen")
    asks(home, "correct", "kind", record_id, "amendment", "--why", "seen")
    gone = asks(home, "correct", "privilege", record_id, "yes", "--why", "an error")
    asks(home, "correct", "undo", gone["correction"]["correction_id"])
    asks(home, "tag", "add", "hot", "--query", "termination")
    asks(home, "tag", "note", "Ask Tom.", record_id)
    undone = asks(home, "tag", "add", "cold", record_id)
    asks(home, "tag", "undo", undone["change_id"])
    asks(home, "saved", "add", "fees", "fee OR penalty", "--shared")
    elsewhere = {"CASETRAIL_HOME": str(home / "new"), "CASETRAIL_OBJECTS_URL": f"file://{home}/home/objects"}
    done = types(home, "rebuild", **elsewhere)
    assert done.exit_code == 0, done.output
    assert records(home, **elsewhere) == records(home)
    assert period(home, record_id, **elsewhere) == period(home, record_id) and period(home, record_id)["value"] == 120
    for command in (("correct", "list", "--all"), ("tag", "list"), ("saved", "list"), ("tag", "changes")):
        assert asks(home, *command, **elsewhere) == asks(home, *command), command
    assert asks(home, "tag", "list")["tags"] == {"hot": asks(home, "search", "tag:hot")["total"]}
    assert [n["value"] for n in asks(home, "tag", "show", record_id, **elsewhere)["notes"]] == ["Ask Tom."]
    assert asks(home, "search", "tag:hot", **elsewhere)["total"] == asks(home, "search", "tag:hot")["total"] > 0
    assert asks(home, "history", "C-1", **elsewhere) == asks(home, "history", "C-1")
    asks(home, "tag", "undo", next(c["change_id"] for c in asks(home, "tag", "changes", **elsewhere)["changes"] if c["what"] == "tag" and not c["undone_at"]),
         **elsewhere)
    assert asks(home, "tag", "list", **elsewhere)["tags"] == {}


def test_act_done_while_the_store_is_away_is_stated_with_the_next_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = opened(home / "home")
    record_id = contract(home)
    away = Unavailable("The store is away.")
    monkeypatch.setattr(archive.objects, "put_all", lambda _: (_ for _ in ()).throw(away))
    correcting.correct(archive, LOCAL, record_id, Wanted("kind", confirm=True), "seen")
    assert list(archive.objects.keys("v1/work/")) == [] and len(archive.catalogue.acts(unstored=True)) == 1
    monkeypatch.undo()
    correcting.correct(archive, LOCAL, record_id, Wanted("date", confirm=True), "seen")
    assert len(list(archive.objects.keys("v1/work/"))) == 2 and archive.catalogue.acts(unstored=True) == []
    archive.close()


# ---------------------------------------------------------------- what may be said, and by whom

@pytest.mark.parametrize("wanted", [
    Wanted("kind", "nonsense"), Wanted("date", "soon"), Wanted("record_types", []), Wanted("record_types", ["x"]), Wanted("privileged", "yes"),
    Wanted("clients", {"a": 1}), Wanted("kind", reject=True), Wanted("fact", "1", name="Bad Name", quote="90 days"), Wanted("fact", "1", name="law"),
    Wanted("fact", "1", name="law", quote="words that are not there"), Wanted("fact", "1", name="law", quote="agreement"), Wanted("fact", confirm=True),
    Wanted("fact", "", name="law", quote="90 days")])
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(home: Path, wanted: Wanted) -> None:
    archive = opened(home / "home")
    with pytest.raises(BadRequest):
        correcting.correct(archive, LOCAL, contract(home), wanted, "why")
    assert archive.catalogue.acts() == []
    archive.close()


def test_value_of_a_fact_keeps_its_form(home: Path) -> None:
    archive, record_id = opened(home / "home"), contract(home)
    found = {f.name: f for f in archive.catalogue.read_record(record_id, LOCAL).facts}
    for name, value in (("notice_period", "soon"), ("agreement_date", "1 May"), ("agreement_date", "2024-02-30")):
        with pytest.raises(BadRequest):
            correcting.correct(archive, LOCAL, record_id, Wanted("fact", value, fact_id=correcting.fact_id(found[name])), "why")
    for why in ("", " ", "x" * 3000):
        with pytest.raises(BadRequest, match="reason"):
            correcting.correct(archive, LOCAL, record_id, Wanted("kind", confirm=True), why)
    with pytest.raises(NotFound):
        correcting.correct(archive, LOCAL, record_id, Wanted("fact", 1, fact_id="0" * 12), "why")
    archive.close()


@pytest.mark.parametrize("role", ["agent", "auditor", "admin"])
def test_only_the_legal_role_may_correct_and_withdraw(home: Path, role: Role) -> None:
    archive = opened(home / "home")
    made = correcting.correct(archive, LOCAL, contract(home), Wanted("kind", confirm=True), "seen")
    viewer = Viewer("key:x", role, None, True)
    with pytest.raises(NotAllowed):
        correcting.correct(archive, viewer, contract(home), Wanted("kind", "other"), "why")
    with pytest.raises(NotAllowed):
        correcting.withdraw(archive, viewer, made["correction"]["correction_id"])
    archive.close()


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Mixed]:
    made = mixed_archive(tmp_path / "mixed")
    yield made
    made.archive.close()


@pytest.fixture
def server(mixed: Mixed) -> Iterator[httpx.Client]:
    with behind_keys(mixed) as client:
        yield client


def test_agent_learns_of_no_correction_of_what_it_may_not_see_on_any_route(mixed: Mixed, server: httpx.Client) -> None:
    lawyer, agent = shown(mixed, "legal", privileged=True), shown(mixed, "agent", [A])
    secrets = []
    for name, body in (("bletter", {"about": "kind", "value": "contract"}), ("counsel", {"about": "date", "value": "2026-01-09"}),
                       ("both", {"about": "record_types", "value": ["billing"]}), ("aletter", {"about": "kind", "value": "claim"}),
                       ("aletter", {"about": "privileged", "verdict": "confirmed"})):
        record_id, = mixed.ids(name)
        answer = server.post(f"/v1/records/{record_id}/corrections", headers=lawyer, json=body | {"why": f"reason of {name} after counsel's secret memo"})
        assert answer.status_code == 200, answer.text
        if name != "aletter":
            secrets += [answer.json()["correction"]["correction_id"], record_id]
    seen = []
    for path in ("/v1/corrections", "/v1/corrections?withdrawn=true", f"/v1/corrections?client={A}", f"/v1/review?client={A}", "/v1/review",
                 f"/v1/clients/{A}/history", f"/v1/clients/{A}/history?held_on=2030-01-01", f"/v1/clients/{A}/win-back", f"/v1/clients/{A}/audit",
                 *(f"/v1/records/{record_id}{part}" for record_id in mixed.ids(*mixed.pieces) for part in ("", "/facts", "/corrections"))):
        answer = server.get(path, headers=agent)
        assert answer.status_code in (200, 404), answer.text
        seen.append(answer.text if answer.status_code == 200 else "")
    told = "\n".join(seen)
    assert [trace for trace in [*secrets, "secret memo", B] if trace in told] == []
    mine, = mixed.ids("aletter")
    assert [c["why"] for c in server.get(f"/v1/records/{mine}/corrections", headers=agent).json()["corrections"]] == [None, None]
    assert server.get(f"/v1/corrections?client={B}", headers=agent).status_code == 404
    problem = server.post(f"/v1/records/{mine}/corrections", headers=agent, json={"about": "kind", "value": "other", "why": "x"})
    assert problem.status_code == 403 and problem.headers["content-type"] == "application/problem+json"
    assert server.post(f"/v1/corrections/{secrets[0]}/withdraw", headers=shown(mixed, "legal", [A], True), json={}).status_code == 404


def test_record_made_privileged_is_gone_for_agents_from_search_and_brief_at_once(mixed: Mixed, server: httpx.Client) -> None:
    lawyer, agent = shown(mixed, "legal", privileged=True), shown(mixed, "agent", [A])
    record_id, = mixed.ids("amail")
    def hits() -> int:
        return int(server.get("/v1/search", params={"q": "wordamail"}, headers=agent).json()["total"])
    assert hits() == 1
    made = server.post(f"/v1/records/{record_id}/corrections", headers=lawyer, json={"about": "privileged", "value": True, "why": "advice"}).json()
    assert hits() == 0 and server.get(f"/v1/records/{record_id}", headers=agent).status_code == 404
    attached, copy = mixed.ids("aletter"), mixed.ids("bcopy")
    assert all(server.get(f"/v1/records/{i}", headers=agent).status_code == 404 for i in attached)     # a family is privileged as a whole
    assert copy
    back = server.post(f"/v1/corrections/{made['correction']['correction_id']}/withdraw", headers=lawyer, json={"why": "no advice"})
    assert back.status_code == 200 and hits() == 1


def test_member_is_not_opened_against_its_family_and_the_answer_says_so(mixed: Mixed) -> None:
    record_id, = mixed.ids("memo")
    told = correcting.correct(mixed.archive, LOCAL, record_id, Wanted("privileged", False), "no advice")
    assert told["record"]["privileged"] is True and "stays true" in told["holds"]


def test_problem_documents_name_what_is_wrong_with_a_correction(mixed: Mixed, server: httpx.Client) -> None:
    lawyer = shown(mixed, "legal")
    record_id, = mixed.ids("amail")
    path = f"/v1/records/{record_id}/corrections"
    for body, status in (({"about": "kind", "value": "x", "why": "y"}, 400), ({"about": "kind", "value": "other"}, 422), ({"about": "mood", "why": "y"}, 422),
                         ({"about": "fact", "value": 1, "fact_id": "0", "why": "y"}, 404), ({"about": "kind", "value": "other", "why": "y", "more": 1}, 422)):
        answer = server.post(path, headers=lawyer, json=body)
        assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert server.post(path, headers=lawyer | {"Origin": "https://evil.example"}, json={"about": "kind", "value": "other", "why": "y"}).status_code == 403
    assert server.post(path, headers=lawyer | {"Content-Type": "text/plain"}, content=b'{"about":"kind","value":"other","why":"y"}').status_code == 403


# ---------------------------------------------------------------- what is left to settle

def test_review_lists_what_is_in_doubt_until_a_person_settles_it(home: Path) -> None:
    archive = opened(home / "home")
    told = reviewing.review(archive, LOCAL, "C-1")
    assert {"clients", "facts", "undecided", "conflicts", "misplaced"} <= told.keys()
    assert told["undecided"]["total"] == len(told["undecided"]["entries"]) > 0
    assert all(u["settle"] and u["in_doubt"] for u in told["undecided"]["entries"])
    for entry in told["facts"]["entries"]:
        correcting.correct(archive, LOCAL, entry["record_id"], Wanted("fact", fact_id=entry["fact_id"], confirm=True), "seen")
    for entry in told["clients"]["entries"]:
        correcting.correct(archive, LOCAL, entry["record_id"], Wanted("clients", confirm=True), "seen")
    after = reviewing.review(archive, LOCAL, "C-1")
    assert (after["facts"]["total"], after["clients"]["total"]) == (0, 0)
    with pytest.raises(NotFound):
        reviewing.review(archive, LOCAL, "C-9")
    archive.close()
    assert types(home, "review", "C-1").exit_code == types(home, "review").exit_code == 0


# ---------------------------------------------------------------- held on a day

class Calendar:
    """A clock that stands at noon of a day until it is set to another."""

    def __init__(self) -> None:
        self.day = "2030-01-01"

    def now(self) -> datetime:
        return datetime.fromisoformat(f"{self.day}T12:00:00+00:00").astimezone(UTC)


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def growing(tmp_path: Path, calendar: Calendar) -> Iterator[Archive]:
    """An archive that took in the contract on 2030-01-01 and the notice, which is dated 2025-12-01, on 2030-01-05."""
    drop = write_drop(tmp_path)
    archive = opened(tmp_path / "growing", calendar)
    import_directory(archive, (tmp_path / "directory.csv").read_bytes(), "local")
    ingest(archive, [str(drop / "agreement.txt")], source="drop")
    calendar.day = "2030-01-05"
    ingest(archive, [str(drop / "notice.eml")], source="drop")
    yield archive
    archive.close()


def told(archive: Archive, as_of: str | None = None, held: str | None = None) -> dict[str, Any]:
    return histories.history_of(archive, LOCAL, "C-1", as_of, held).as_json()


def kinds(history: dict[str, Any]) -> list[str]:
    return sorted(e["kind"] for e in history["timeline"])


def test_held_on_a_day_is_what_had_been_taken_in_by_then_whatever_its_date(growing: Archive) -> None:
    assert len(kinds(told(growing))) == 3
    before, after = told(growing, held="2030-01-04"), told(growing, held="2030-01-05")
    assert (kinds(before), before["terminations"], before["held_on"]) == (["contract"], [], "2030-01-04")
    assert len(kinds(after)) == 3 and after["terminations"] == told(growing)["terminations"] != []
    assert kinds(told(growing, held="2029-12-31")) == []


def test_as_of_is_the_date_of_the_papers_and_says_how_many_came_in_later(growing: Archive) -> None:
    as_of = told(growing, as_of="2025-12-31")
    assert len(kinds(as_of)) == 3 and as_of["taken_in_later"] == 3 and as_of["held_on"] is None
    both = told(growing, as_of="2025-06-30", held="2030-01-05")
    assert kinds(both) == ["contract"] and both["taken_in_later"] is None
    with pytest.raises(BadRequest):
        told(growing, held="soon")


def test_held_on_a_day_knows_no_correction_of_later_days(growing: Archive, calendar: Calendar) -> None:
    record_id = next(e["record_id"] for e in told(growing)["timeline"] if e["kind"] == "contract")
    calendar.day = "2030-01-10"
    fact = next(f for f in growing.catalogue.read_record(record_id, LOCAL).facts if f.name == "notice_period")
    correcting.correct(growing, LOCAL, record_id, Wanted("fact", 120, fact_id=correcting.fact_id(fact)), "seen")
    calendar.day = "2030-01-12"
    moved = correcting.correct(growing, LOCAL, record_id, Wanted("clients", ["C-2"]), "filed wrongly")
    calendar.day = "2030-01-15"
    values = {day: [t["required_notice"] and t["required_notice"]["value"] for t in told(growing, held=day)["terminations"]]
              for day in ("2030-01-09", "2030-01-10", "2030-01-12")}
    assert values == {"2030-01-09": [90], "2030-01-10": [120], "2030-01-12": [None]}
    correcting.withdraw(growing, LOCAL, moved["correction"]["correction_id"], "it was right")
    assert [t["required_notice"]["value"] for t in told(growing, held="2030-01-15")["terminations"]] == [120]
    assert [t["required_notice"] for t in told(growing, held="2030-01-13")["terminations"]] == [None]
    assert kinds(histories.history_of(growing, LOCAL, "C-2", None, "2030-01-13").as_json()) == ["contract"]
    assert kinds(histories.history_of(growing, LOCAL, "C-2", None, "2030-01-15").as_json()) == []


def test_held_on_a_day_reads_a_paper_as_of_the_kind_that_it_had_then(growing: Archive, calendar: Calendar) -> None:
    record_id = next(e["record_id"] for e in told(growing)["timeline"] if e["kind"] == "contract")
    calendar.day = "2030-01-10"
    correcting.correct(growing, LOCAL, record_id, Wanted("kind", "other"), "a draft")
    assert "contract" not in kinds(told(growing, held="2030-01-10")) and "contract" in kinds(told(growing, held="2030-01-09"))
    assert told(growing, held="2030-01-09")["terminations"][0]["required_notice"]["value"] == 90


# ---------------------------------------------------------------- verified

def test_statement_of_an_act_that_is_gone_or_altered_is_an_alarm_and_the_gone_one_is_written_again(home: Path) -> None:
    record_id = contract(home)
    asks(home, "correct", "confirm", record_id, "kind", "--why", "seen")
    asks(home, "tag", "add", "hot", record_id)
    assert asks(home, "verify")["status"] == "intact"
    first, second = sorted((home / "home" / "objects" / "v1" / "work").iterdir())
    first.unlink()
    second.chmod(0o600)
    second.write_bytes(second.read_bytes().replace(b"hot", b"not"))
    (second.parent / f"{9:012d}-0123456789ab.json").write_bytes(b"{}")
    found = json.loads(types(home, "verify", "--json").stdout)
    assert {f["code"] for f in found["findings"]} == {"no_act", "act", "lost_act"} and found["status"] == "broken"
    mended = json.loads(types(home, "verify", "--repair", "--json").stdout)
    assert [r["code"] for r in mended["repaired"]] == ["no_act"] and first.is_file()
    assert {f["code"] for f in mended["findings"]} == {"act", "lost_act"}


def test_agent_that_asks_for_a_day_is_told_no_reason_and_no_client_that_it_may_not_know(growing: Archive, calendar: Calendar) -> None:
    record_id = next(e["record_id"] for e in told(growing)["timeline"] if e["kind"] == "contract")
    fact = next(f for f in growing.catalogue.read_record(record_id, LOCAL).facts if f.name == "notice_period")
    calendar.day = "2030-01-10"
    made = correcting.correct(growing, LOCAL, record_id, Wanted("fact", 120, fact_id=correcting.fact_id(fact)), "after counsel's secret memo")
    both = correcting.correct(growing, LOCAL, record_id, Wanted("clients", ["C-1", "C-2"]), "after counsel's secret memo")
    calendar.day = "2030-01-12"
    for each in (made, both):
        correcting.withdraw(growing, LOCAL, each["correction"]["correction_id"], "another secret memo")
    agent = Viewer("key:a", "agent", frozenset({"C-1"}), False)
    seen = json.dumps(histories.history_of(growing, agent, "C-1", None, "2030-01-11").as_json())
    assert '"value": 120' in seen and "secret memo" not in seen and "C-2" not in seen
    assert "secret memo" in json.dumps(told(growing, held="2030-01-11"))
