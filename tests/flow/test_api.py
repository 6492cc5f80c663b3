"""The API over a real server on loopback, on the embedded default: the same answers as the command line, one shape of error."""
from __future__ import annotations

import base64
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from builders.drop import write_drop
from builders.served import served
from click.testing import CliRunner

from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from casetrail.main import cli
from evidence import verify_bundle
from ingest.directory import import_directory
from ingest.pipeline import ingest

HOME = "CASETRAIL_HOME"
PROBLEM = {"type", "title", "status", "detail", "instance"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("api")
    write_drop(made)
    return made


@pytest.fixture(scope="module")
def archive(folder: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({HOME: str(folder / "home"), "CASETRAIL_WORKERS": "1", "CASETRAIL_UPLOAD_MAX_BYTES": "100000"}, folder / "none.toml"))
    import_directory(opened, (folder / "directory.csv").read_bytes(), "local")
    ingest(opened, [str(folder / "drop")])
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def server(archive: Archive) -> Iterator[httpx.Client]:
    with served(archive) as client:
        yield client


def answer(server: httpx.Client, path: str, **parameters: Any) -> Any:
    got = server.get(path, params=parameters)
    assert got.status_code == 200, got.text
    return got.json()


def record(server: httpx.Client, name: str) -> dict[str, Any]:
    return next(r for r in answer(server, "/v1/records")["records"] if r["name"] == name)


def test_same_answers_as_the_command_line(server: httpx.Client, folder: Path) -> None:
    def typed(*arguments: str) -> Any:
        result = CliRunner().invoke(cli, [*arguments, "--json"], env={HOME: str(folder / "home")})
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    for part in ("history", "disputes", "win-back", "audit"):
        assert answer(server, f"/v1/clients/C-1/{part}") == typed(part, "C-1")
    assert answer(server, "/v1/clients") == typed("clients", "list")
    agreement = record(server, "agreement.txt")["record_id"]
    assert answer(server, f"/v1/records/{agreement}/facts")["facts"] == typed("facts", agreement)
    ours, theirs = answer(server, "/v1/search", q="notice", client="C-1"), typed("search", "notice", "--client", "C-1")
    assert {**ours, "took_ms": 0} == {**theirs, "took_ms": 0}
    assert server.get(f"/v1/records/{agreement}/text").content == (folder / "drop" / "agreement.txt").read_bytes()


def test_get_and_post_search_answer_alike(server: httpx.Client) -> None:
    got = answer(server, "/v1/search", **{"q": "notice", "client": "C-1", "from": "2025-01-01", "to": "2026-12-31", "sort": "date_asc", "limit": 2})
    posted = server.post("/v1/search", json={"query": "notice", "client": "C-1", "from": "2025-01-01", "to": "2026-12-31", "sort": "date_asc",
                                             "limit": 2}).json()
    assert {**got, "took_ms": 0} == {**posted, "took_ms": 0}
    assert got["total"] > 0


def test_records_come_as_one_list_or_one_a_line(server: httpx.Client) -> None:
    listed = answer(server, "/v1/records")["records"]
    lines = server.get("/v1/records", headers={"Accept": "application/x-ndjson"}).text.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert len(listed) == 5


def test_original_is_a_download_with_its_digest(server: httpx.Client, folder: Path) -> None:
    got = server.get(f"/v1/records/{record(server, 'notice.eml')['record_id']}/original")
    content = (folder / "drop" / "notice.eml").read_bytes()
    assert got.content == content
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"] == "attachment; filename=\"notice.eml\"; filename*=UTF-8''notice.eml"
    assert got.headers["repr-digest"] == f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"


def test_altered_original_is_not_handed_out(archive: Archive, server: httpx.Client, folder: Path) -> None:
    sent = server.post("/v1/ingest", files={"file": ("to be altered.txt", b"True words of the client.")})
    assert sent.status_code == 200, sent.text
    altered = record(server, "to be altered.txt")
    stored = next(p for p in (folder / "home" / "objects").rglob(altered["sha256"]) if p.is_file())
    stored.chmod(0o600)
    stored.write_bytes(b"Fake words of the client.")
    got = server.get(f"/v1/records/{altered['record_id']}/original")
    assert (got.status_code, got.json()["type"]) == (500, "urn:casetrail:problem:integrity-broken")
    assert b"Fake" not in got.content
    stored.write_bytes(b"True words of the client.")


def test_bundle_over_http_verifies(server: httpx.Client, tmp_path: Path) -> None:
    got = server.post("/v1/bundles", json={"client": "C-1"})
    assert got.status_code == 200
    assert got.headers["content-type"] == "application/zip"
    target = tmp_path / "bundle.zip"
    target.write_bytes(got.content)
    verdict = verify_bundle(target)
    assert verdict.status == "intact"
    assert got.headers["x-bundle-seal"] == verdict.seal
    assert any(name.endswith("/data/history.json") for name in zipfile.ZipFile(io.BytesIO(got.content)).namelist())


def test_bundles_leave_nothing_in_the_spool(server: httpx.Client, folder: Path) -> None:
    server.post("/v1/bundles", json={"query": "notice"})
    assert list((folder / "home" / "spool").iterdir()) == []


def test_upload_goes_through_the_same_pipeline(server: httpx.Client, folder: Path) -> None:
    note, letter = b"Call note: the client asks about the handover of MSA-77.", b"Letter about the handover."
    sent = server.post("/v1/ingest", files=[("file", ("call note.txt", note)), ("file", ("../letter.txt", letter))],
                       data={"client": "C-1", "custodian": "desk", "source": "phone"})
    assert sent.status_code == 200, sent.text
    report = sent.json()
    assert (report["met"], report["stored"], report["status"], report["adds_up"]) == (2, 2, "finished", True)
    taken = record(server, "call note.txt")
    assert (taken["custodian"], taken["source"], taken["clients"], taken["sha256"]) == ("desk", "phone", ["C-1"], hashlib.sha256(note).hexdigest())
    assert str(folder) not in json.dumps(taken) and str(folder) not in json.dumps(report)
    assert answer(server, "/v1/search", q="handover")["total"] == 2
    again = server.post("/v1/ingest", files=[("file", ("call note.txt", note))], data={"source": "phone"}).json()
    assert (again["met"], again["already_held"]) == (1, 1)
    assert list((folder / "home" / "spool").iterdir()) == []


def test_upload_over_the_limit_is_refused_and_leaves_nothing(server: httpx.Client, folder: Path) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--edge\r\nContent-Disposition: form-data; name="file"; filename="big.txt"\r\n\r\n'
        for _ in range(200):
            yield b"x" * 1000

    for refused in (server.post("/v1/ingest", files={"file": ("big.txt", b"x" * 200_000)}),
                    server.post("/v1/ingest", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=edge"})):
        assert (refused.status_code, refused.json()["type"]) == (413, "urn:casetrail:problem:too-large")
    assert [p for p in (folder / "home" / "spool").rglob("*") if p.is_file()] == []


ERRORS: list[tuple[str, str, dict[str, Any], int]] = [
    ("GET", "/v1/clients/C-404", {}, 404), ("GET", "/v1/records/none", {}, 404), ("GET", "/v1/nothing", {}, 404), ("GET", "/v1/clients/", {}, 404),
    ("DELETE", "/v1/clients", {"headers": {"Content-Type": "application/json"}}, 405), ("GET", "/v1/search", {}, 422),
    ("GET", "/v1/search", {"params": {"q": "x", "limit": "many"}}, 422), ("GET", "/v1/search", {"params": {"q": '"open'}}, 400),
    ("GET", "/v1/search", {"params": {"q": "x", "cursor": "nonsense"}}, 400), ("GET", "/v1/search", {"params": {"q": "x", "from": "sometime"}}, 400),
    ("GET", "/v1/records", {"params": {"kind": "nonsense"}}, 400), ("GET", "/v1/clients/C-1/history", {"params": {"as_of": "soon"}}, 400),
    ("POST", "/v1/search", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 422),
    ("POST", "/v1/search", {"json": {"query": "x", "unknown": 1}}, 422),
    ("POST", "/v1/search", {"json": {"query": "x"}, "headers": {"Origin": "http://x.example"}}, 403),
    ("POST", "/v1/search", {"content": b"{}", "headers": {"Content-Type": "text/plain"}}, 403), ("POST", "/v1/bundles", {"json": {}}, 400),
    ("POST", "/v1/bundles", {"json": {"query": "nothing-that-is-anywhere"}}, 404), ("POST", "/v1/ingest", {"json": {}}, 400),
    ("POST", "/v1/search", {"json": {"query": "x" * 2_000_000}}, 413),
    ("GET", "/v1/clients", {"headers": {"Host": "archive.example"}}, 403), ("GET", "/v1/clients", {"headers": {"Authorization": "Bearer ct_no"}}, 401),
]


@pytest.mark.parametrize(("method", "path", "how", "status"), ERRORS)
def test_every_error_is_a_problem_of_one_shape(server: httpx.Client, method: str, path: str, how: dict[str, Any], status: int) -> None:
    got = server.request(method, path, **how)
    assert got.status_code == status, got.text
    assert got.headers["content-type"] == "application/problem+json"
    body = got.json()
    assert body.keys() >= PROBLEM and body["status"] == status and body["detail"]
    assert body["instance"] == f"urn:uuid:{got.headers['x-request-id']}"


def test_broken_query_says_where(server: httpx.Client) -> None:
    assert isinstance(server.get("/v1/search", params={"q": 'notice AND "open'}).json()["position"], int)


def test_unexpected_error_tells_no_cause(archive: Archive, server: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("inner secret")

    monkeypatch.setattr(archive.catalogue, "clients", broken)
    got = server.get("/v1/clients")
    assert (got.status_code, got.headers["content-type"]) == (500, "application/problem+json")
    assert "secret" not in got.text and got.json().keys() >= PROBLEM


@pytest.mark.parametrize("path", ["/", "/web/casetrail.js", "/web/casetrail.css", "/v1/clients", "/v1/nothing", "/healthz", "/openapi.json"])
def test_every_answer_carries_the_headers_that_keep_browsers_in_check(server: httpx.Client, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "server" not in headers


def test_pages_need_nothing_from_elsewhere_and_no_inline_script(server: httpx.Client) -> None:
    page = server.get("/")
    assert page.headers["content-type"].startswith("text/html")
    for name in re.findall(r'(?:src|href)="([^"#]+)"', page.text):
        assert name.startswith("/web/")
        assert server.get(name).status_code == 200
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|style=", page.text)
    script = server.get("/web/casetrail.js").text
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?://", script)


def test_ready_names_the_part_that_does_not_answer(archive: Archive, server: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert server.get("/readyz").json()["ready"] is True

    def broken(prefix: str) -> Iterator[str]:
        raise OSError("no route to secret.internal")
        yield ""

    monkeypatch.setattr(archive.objects, "keys", broken)
    got = server.get("/readyz")
    assert got.status_code == 503
    assert got.json()["parts"]["objects"]["ready"] is False and got.json()["parts"]["catalogue"]["ready"] is True
    assert "secret" not in got.text
    assert server.get("/healthz").status_code == 200


def test_measures_count_requests_by_route_and_tell_the_lag(server: httpx.Client) -> None:
    server.get("/v1/records/none")
    text = server.get("/metrics").text
    assert 'casetrail_http_requests_total{method="GET",route="/v1/records/{record_id}",status="404"}' in text
    assert "none" not in text
    assert "casetrail_index_lag 0" in text
    assert re.search(r"^casetrail_records [1-9]", text, re.M)


def test_description_names_every_route_of_the_contract(server: httpx.Client) -> None:
    described = server.get("/openapi.json").json()
    wanted = {"/v1/clients", "/v1/clients/{client_id}", *(f"/v1/clients/{{client_id}}/{part}" for part in ("history", "disputes", "win-back", "audit")),
              "/v1/search", "/v1/records/{record_id}", "/v1/records/{record_id}/text", "/v1/records/{record_id}/original", "/v1/ingest", "/v1/bundles",
              "/healthz", "/readyz", "/metrics"}
    assert wanted <= described["paths"].keys()
    assert {"get", "post"} <= described["paths"]["/v1/search"].keys()
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            if path.startswith("/v1/"):
                assert route["responses"]["401"]["content"].keys() == {"application/problem+json"}, (path, method)
