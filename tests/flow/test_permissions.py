"""A viewer sees no trace of what it may not see, on any route: not in lists, counts, facets, texts, histories, bundles, nor by its id."""
from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from builders.mixed import A, B, Mixed, behind_keys, mixed_archive, shown

from archive.model.viewer import Role
from search_api.services import keys

SEEN_OF_A = ("amail", "aletter", "zcopy")
"""What is about A alone and not privileged. `both` is about B too."""
EVERYWHERE = ("", "/history", "/disputes", "/win-back", "/audit", "/status", "/status.html", "/deadlines")


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mixed]:
    made = mixed_archive(tmp_path_factory.mktemp("mixed") / "home")
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def server(mixed: Mixed) -> Iterator[httpx.Client]:
    with behind_keys(mixed) as client:
        yield client


def traces(mixed: Mixed, names: set[str]) -> set[str]:
    """Return all that would tell of these records: ids, words, paths, addresses, and digests that no visible record shares."""
    hidden = [(mixed.pieces[name], mixed.items[name]) for name in names]
    visible_digests = {mixed.items[name].digest for name in set(mixed.pieces) - names}
    return ({item.record_id for _, item in hidden} | {piece.word for piece, _ in hidden} | {f"person{piece.name}" for piece, _ in hidden}
            | {f"path{piece.name}" for piece, _ in hidden if not piece.attached_to} | {f"inner{piece.name}" for piece, _ in hidden if piece.attached_to}
            | {str(item.digest) for _, item in hidden if item.digest not in visible_digests})


def everything_said_to(server: httpx.Client, header: dict[str, str], record_ids: set[str]) -> dict[str, str]:
    """Return all that the routes answer to this key, by what was asked."""
    said: dict[str, str] = {}

    def ask(method: str, path: str, **how: Any) -> None:
        answer = server.request(method, path, headers=header | how.pop("headers", {}), **how)
        assert answer.status_code < 500, (path, answer.text)
        said[f"{method} {path} {how}"] = answer.text if "zip" not in answer.headers["content-type"] else unpacked(answer.content)

    ask("GET", "/v1/clients")
    ask("GET", "/v1/records")
    ask("GET", "/v1/records", headers={"Accept": "application/x-ndjson"})
    ask("GET", "/v1/records", params={"kind": "notice", "type": "contractual"})
    for part in EVERYWHERE:
        ask("GET", f"/v1/clients/{A}{part}")
    for query in ("notice", "wor*", "NOT nothing", "termination OR notice", "kind:notice", '"give notice"'):
        for client in (None, A):
            ask("GET", "/v1/search", params={"q": query, "limit": 50} | ({"client": client} if client else {}))
        ask("POST", "/v1/search", json={"query": query, "sort": "date_asc", "limit": 1})
    for record_id in record_ids:
        for part in ("", "/text", "/facts", "/original"):
            ask("GET", f"/v1/records/{record_id}{part}")
    ask("POST", "/v1/bundles", json={"client": A})
    ask("POST", "/v1/bundles", json={"query": "notice"})
    ask("GET", f"/v1/clients/{A}/report")
    ask("GET", "/v1/deadlines")
    ask("GET", "/v1/deadlines.ics")
    ask("GET", "/v1/churn")
    ask("GET", "/v1/churn.csv")
    ask("GET", "/v1/sources")
    ask("GET", "/metrics")
    return said


def unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        return "\n".join(f"{name}\n{bundle.read(name).decode('utf-8', 'replace')}" for name in bundle.namelist())


def found(said: dict[str, str], traces: set[str]) -> dict[str, list[str]]:
    return {asked: sorted(trace for trace in traces if trace in answer) for asked, answer in said.items() if any(trace in answer for trace in traces)}


@pytest.mark.parametrize("role", ["agent", "auditor", "legal"])
def test_who_may_see_one_client_finds_no_trace_of_other_records(mixed: Mixed, server: httpx.Client, role: Role) -> None:
    hidden = set(mixed.pieces) - set(SEEN_OF_A)
    said = everything_said_to(server, shown(mixed, role, [A]), mixed.ids(*SEEN_OF_A))
    assert found(said, traces(mixed, hidden) | {B, "Birchmoor"}) == {}
    assert all(any(mixed.items[name].record_id in answer for answer in said.values()) for name in SEEN_OF_A)


def test_who_may_not_see_privileged_records_finds_no_trace_of_them(mixed: Mixed, server: httpx.Client) -> None:
    hidden = {"counsel", "memo", "locked"}
    said = everything_said_to(server, shown(mixed, "legal", None), mixed.ids(*set(mixed.pieces) - hidden))
    assert found(said, traces(mixed, hidden)) == {}


def test_counts_and_facets_are_of_what_may_be_seen(mixed: Mixed, server: httpx.Client) -> None:
    answer = server.get("/v1/search", params={"q": "notice"}, headers=shown(mixed, "agent", [A])).json()
    assert answer["facets"]["clients"] == {A: answer["facets"]["clients"][A]}
    assert sum(answer["facets"]["kind"].values()) == answer["total"] <= len(SEEN_OF_A)
    assert server.get(f"/v1/clients/{A}", headers=shown(mixed, "agent", [A])).json()["records"]["total"] == len(SEEN_OF_A)
    assert server.get(f"/v1/clients/{A}", headers=shown(mixed, "legal", None, True)).json()["records"]["total"] == 7


@pytest.mark.parametrize("part", ["", "/text", "/facts", "/original"])
@pytest.mark.parametrize("name", ["bmail", "both", "nobody", "counsel", "memo"])
def test_hidden_record_is_told_in_the_words_of_one_that_does_not_exist(mixed: Mixed, server: httpx.Client, name: str, part: str) -> None:
    header = shown(mixed, "agent", [A])
    hidden = mixed.items[name].record_id
    answers = [server.get(f"/v1/records/{record_id}{part}", headers=header) for record_id in (hidden, "0" * 20)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["detail"].replace(hidden, "0" * 20) == answers[1].json()["detail"]


@pytest.mark.parametrize("part", EVERYWHERE)
def test_hidden_client_is_told_in_the_words_of_one_that_does_not_exist(mixed: Mixed, server: httpx.Client, part: str) -> None:
    header = shown(mixed, "agent", [A])
    answers = [server.get(f"/v1/clients/{client_id}{part}", headers=header) for client_id in (B, "C-Z")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json()["detail"].replace(B, "C-Z") == answers[1].json()["detail"]
    asked = [server.get("/v1/search", params={"q": "notice", "client": client_id}, headers=header).json() for client_id in (B, "C-Z")]
    assert asked[0]["detail"].replace(B, "C-Z") == asked[1]["detail"]


def test_links_to_hidden_records_are_not_told(mixed: Mixed, server: httpx.Client) -> None:
    """`zcopy` has the bytes of a letter of B: who may see all is told, who may see A only is not."""
    path = f"/v1/records/{mixed.items['zcopy'].record_id}"
    assert server.get(path, headers=shown(mixed, "legal", None, True)).json()["duplicate_of"] == mixed.items["bletter"].record_id
    assert server.get(path, headers=shown(mixed, "legal", [A], True)).json()["duplicate_of"] is None


def test_win_back_brief_has_nothing_privileged_even_for_who_may_see_it(mixed: Mixed, server: httpx.Client) -> None:
    full, outside = (server.get(f"/v1/clients/{A}/win-back", headers=shown(mixed, "legal", None, privileged)).text for privileged in (True, False))
    assert full == outside
    assert not any(trace in full for trace in traces(mixed, {"counsel", "memo", "locked"}))


@pytest.mark.parametrize(("role", "path", "method"), [
    ("agent", "/v1/bundles", "POST"), ("admin", "/v1/records", "GET"), ("admin", "/v1/search?q=notice", "GET"), ("admin", f"/v1/clients/{A}/history", "GET"),
    ("agent", "/v1/ingest", "POST"), ("auditor", "/v1/ingest", "POST"), ("admin", "/v1/bundles", "POST")])
def test_role_may_not_do_what_is_not_its_own(mixed: Mixed, server: httpx.Client, role: Role, path: str, method: str) -> None:
    body: dict[str, Any] = {} if method == "GET" else {"files": {"file": ("a.txt", b"x")}} if path.endswith("ingest") else {"json": {"client": A}}
    assert server.request(method, path, headers=shown(mixed, role, None), **body).status_code == 403


@pytest.mark.parametrize(("fields", "status"), [({}, 400), ({"client": B}, 404), ({"client": "C-Z"}, 404)])
def test_who_may_see_one_client_takes_in_for_that_client_only(mixed: Mixed, server: httpx.Client, fields: dict[str, str], status: int) -> None:
    got = server.post("/v1/ingest", headers=shown(mixed, "legal", [A]), data=fields, files={"file": ("a.txt", b"a note")})
    assert got.status_code == status


@pytest.mark.parametrize("path", ["/v1/sources", "/metrics"])
def test_what_counts_over_all_clients_is_for_who_may_see_all(mixed: Mixed, server: httpx.Client, path: str) -> None:
    assert server.get(path, headers=shown(mixed, "auditor", [A])).status_code == 403
    assert server.get(path, headers=shown(mixed, "auditor", None)).status_code == 200


def test_count_proof_withholds_the_place_of_a_privileged_trouble_and_still_adds_up(mixed: Mixed, server: httpx.Client) -> None:
    full, outside = (server.get("/v1/sources", headers=shown(mixed, "auditor", None, privileged)).json() for privileged in (True, False))
    assert full["runs"][0]["troubles"][0]["inner"] == "innerlocked.txt"
    assert outside["runs"][0]["troubles"][0]["path"] == "(withheld)"
    assert outside["adds_up"] and outside["totals"] == full["totals"]


@pytest.mark.parametrize("path", ["/", "/web/casetrail.js", "/v1/clients", "/v1/records/x", "/metrics", "/openapi.json", "/nonsense"])
def test_nothing_but_health_is_answered_without_a_key(server: httpx.Client, path: str) -> None:
    answer = server.get(path)
    assert answer.status_code == 401
    assert "Bearer" in answer.headers["www-authenticate"]
    assert server.get(path, headers={"Authorization": "Bearer ct_wrong"}).status_code == 401


def test_health_is_answered_without_a_key(server: httpx.Client) -> None:
    assert server.get("/healthz").status_code == server.get("/readyz").status_code == 200


def test_revoked_key_is_refused_at_once(mixed: Mixed, server: httpx.Client) -> None:
    issued = keys.issue(mixed.archive, "short", "agent", [A], False, 1)
    header = {"Authorization": f"Bearer {issued.secret}"}
    assert server.get("/v1/clients", headers=header).status_code == 200
    keys.revoke(mixed.archive, issued.key.key_id)
    assert server.get("/v1/clients", headers=header).status_code == 401


def test_secret_of_a_key_is_kept_nowhere(mixed: Mixed) -> None:
    secret = keys.issue(mixed.archive, "kept", "agent", [A], False, 1).secret
    home: Path = mixed.archive.settings.home
    assert not [path for path in home.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]


def test_reads_stand_in_the_custody_log_under_the_key(mixed: Mixed, server: httpx.Client) -> None:
    issued = keys.issue(mixed.archive, "reader", "legal", [A], False, 1)
    header, target = {"Authorization": f"Bearer {issued.secret}"}, mixed.items["amail"].record_id
    for part in ("", "/text", "/facts", "/original"):
        server.get(f"/v1/records/{target}{part}", headers=header)
    server.get("/v1/search", params={"q": "wordamail"}, headers=header)
    server.post("/v1/bundles", json={"client": A}, headers=header)
    events = [event.event for event in mixed.archive.catalogue.custody() if event.event.actor == f"key:{issued.key.key_id}"]
    assert [event.details["what"] for event in events if event.subject == target and event.action == "read"] == ["record", "text", "facts", "original"]
    assert {event.subject for event in events if event.action == "exported"} == mixed.ids(*SEEN_OF_A) | {A}
    searched = [event for event in events if event.action == "searched"]
    assert len(searched) == 1 and "wordamail" not in str(searched)


# the last, since it adds records to what the others count

def test_same_file_from_two_keys_is_each_client_s_own_and_neither_learns_of_the_other(mixed: Mixed, server: httpx.Client) -> None:
    for client in (A, B):
        header = shown(mixed, "legal", [client])
        for held in (0, 1):
            files = {"file": ("same note.txt", b"The same words about zebras.")}
            report = server.post("/v1/ingest", headers=header, data={"client": client}, files=files).json()
            assert (report["stored"], report["already_held"], report["duplicate"], report["adds_up"]) == (1 - held, held, 0, True)
        found = server.get("/v1/search", params={"q": "zebras"}, headers=header).json()
        assert [(hit["clients"], hit["source_paths"]) for hit in found["hits"]] == [([client], [f"upload/{client}/same note.txt"])]
