"""Every way of asking, as each role: no trace (count, fragment, id, word of an error) of a record that the role may not see."""
from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from builders.mixed import A, B, Mixed, behind_keys, mixed_archive, shown
from flow.test_permissions import SEEN_OF_A, found, traces

from archive.model.viewer import Role
from search_api.search import ALL_FACETS, SORTS

PRIVILEGED = {"counsel", "memo", "locked"}
QUERIES = [
    "*", "notice", "notice termination", "termination OR notice", "NOT nothing", "give notice", '"give notice"', '"notice give"~5', "noti*", "*otice",
    "n?tice", "=notice", "notice W/5 termination", "notice PRE/5 give", "notic~", "/noti.*/", "subject:subject", "body:notice", "filename:path*",
    "filename:inner*", "from:x.example", "to:desk", "cc:desk", "participant:x.example", "kind:notice", "type:contractual", "custodian:x",
    "source:drop", "language:en", "sentiment:negative", "has:attachment", "has:date", "has:client", "is:duplicate", "is:original", "is:privileged",
    "-is:privileged", "date:2026", "date:none", "before:2030", "after:2000", "sent:2026", "received:2026", "amount:>0", "tag:secret",
    "received:none", "tells:*", "why did they leave",
    "thread:{notice} AND thread:{termination}", "family:{notice}", "client:" + A, "client:" + B, "client:Birchmoor", "client:C-Z", "contract:*",
    "account:*", "id:0000*", "mime:*", "message:*"]
SOME = ["*", "notice", "kind:notice", "is:duplicate", "noti*"]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mixed]:
    """An archive of two clients, on every record of which somebody who may see all has put tags and notes."""
    made = mixed_archive(tmp_path_factory.mktemp("mixed") / "home")
    yield made
    made.archive.close()


@pytest.fixture(scope="module")
def server(mixed: Mixed) -> Iterator[httpx.Client]:
    with behind_keys(mixed) as client:
        full = shown(mixed, "legal", None, True)
        for name, item in mixed.items.items():
            if name != "box":
                client.post("/v1/tags", headers=full, json={"value": f"tagof{name}", "record_id": item.record_id})
                client.post("/v1/notes", headers=full, json={"value": f"noteof{name}", "record_id": item.record_id})
        client.post("/v1/saved", headers=full, json={"name": "shared by who sees all", "search": {"query": "*"}, "shared": True})
        yield client


def traces_of(mixed: Mixed, names: set[str]) -> set[str]:
    return traces(mixed, names) | {f"{what}of{name}" for name in names for what in ("tag", "note")}


class Asking:
    """All that the routes answer to one key, by what was asked."""

    def __init__(self, server: httpx.Client, header: dict[str, str]) -> None:
        self._server, self._header, self.said = server, header, dict[str, str]()

    def __call__(self, method: str, path: str, **how: Any) -> httpx.Response:
        answer = self._server.request(method, path, headers=self._header, **how)
        assert answer.status_code < 500, (path, how, answer.text)
        media = answer.headers["content-type"]
        text = _unpacked(answer.content) if "spreadsheet" in media else answer.text
        # What was asked comes back in some answers; it tells nothing.
        self.said[f"{method} {path} {json.dumps(how)}"] = _without_the_question(text, how)
        return answer


def _unpacked(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "\n".join(book.read(name).decode() for name in book.namelist())


def _without_the_question(text: str, how: dict[str, Any]) -> str:
    for given in (how.get("params", {}), how.get("json", {})):
        if given.get("client") and '"status": 404' in text:
            text = text.replace(str(given["client"]), "…")
    for words in {str(how.get("params", {}).get("q", "")), str(how.get("json", {}).get("query", ""))} - {""}:
        text = text.replace(json.dumps(words)[1:-1], "…")
        for part in words.split(":"):
            if part in (B, "Birchmoor"):
                text = text.replace(part, "…")
    return text


def everything(mixed: Mixed, server: httpx.Client, header: dict[str, str]) -> Asking:
    """Ask in every way there is, about what may be seen and about what may not."""
    ask = Asking(server, header)
    for query in QUERIES:
        ask("GET", "/v1/search", params={"q": query, "limit": 50, "facet": list(ALL_FACETS)})
        ask("POST", "/v1/search", json={"query": query, "exact": True, "limit": 50})
    for query in SOME:
        ask("POST", "/v1/saved", json={"name": f"mine {query}", "search": {"query": query}})
        for sort in SORTS:
            cursor = None
            for _ in range(30):
                answer = ask("GET", "/v1/search", params={"q": query, "sort": sort, "limit": 2} | ({"cursor": cursor} if cursor else {}))
                cursor = answer.json().get("next") if answer.status_code == 200 else None
                if not cursor:
                    break
        for collapse in ("thread", "family", "duplicates"):
            ask("GET", "/v1/search", params={"q": query, "collapse": collapse, "limit": 50})
            ask("GET", "/v1/search", params={"q": query, "collapse": collapse, "limit": 1})
        for form in ("csv", "xlsx", "jsonl"):
            ask("POST", "/v1/exports", json={"query": query, "format": form})
        for client in (A, B, "C-Z"):
            ask("POST", "/v1/exports", json={"query": query, "client": client})
            ask("GET", "/v1/search", params={"q": query, "client": client})
    ask("POST", "/v1/saved/check", json={"keep": False})
    ask("POST", "/v1/saved/check", json={"names": ["shared by who sees all"]})
    ask("GET", "/v1/saved")
    ask("GET", "/v1/searches")
    ask("GET", "/v1/tags")
    # Terms are given back in the report; those that name the other client have a test of their own.
    ask("POST", "/v1/term-reports", json={"terms": [query for query in QUERIES if B not in query and "Birchmoor" not in query]})
    ask("POST", "/v1/term-reports", json={"terms": ["notice"], "within": {"query": "kind:notice"}})
    ask("POST", "/v1/batches", json={"searches": [{"query": query} for query in SOME], "limit": 0})
    names = [item.record_id for item in mixed.items.values()] + ["0" * 20]
    for record_id in names:
        for part in ("labels", "similar", f"compare/{names[0]}", f"compare/{names[-1]}"):
            ask("GET", f"/v1/records/{record_id}/{part}")
        ask("GET", f"/v1/records/{record_id}/marks", params={"q": "notice"})
        ask("GET", f"/v1/threads/{record_id}")
        ask("POST", "/v1/tags", json={"value": "seen", "record_id": record_id})
        ask("POST", "/v1/notes", json={"value": "seen", "record_id": record_id})
        ask("POST", "/v1/tags/remove", json={"value": "seen", "record_id": record_id})
    for record in mixed.archive.catalogue.records(_all(), _whole()):
        if record.thread_id:
            ask("GET", f"/v1/threads/{record.thread_id}")
    ask("POST", "/v1/tags", json={"value": "mine", "search": {"query": "*"}})
    ask("GET", "/v1/search", params={"q": "tag:mine", "limit": 50, "facet": "tags"})
    ask("POST", "/v1/tags/remove", json={"value": "mine", "search": {"query": "*"}})
    ask("GET", "/v1/changes")
    return ask


def _all() -> Any:
    from archive.ports import RecordFilter
    return RecordFilter()


def _whole() -> Any:
    from archive.model.viewer import LOCAL
    return LOCAL


def own(said: dict[str, str], names: set[str]) -> dict[str, str]:
    """Leave out answers that only give back the id that was asked for, as an error of what is not there does."""
    return {asked: _answer_without(asked, answer, names) for asked, answer in said.items()}


def _answer_without(asked: str, answer: str, names: set[str]) -> str:
    for name in names:
        if name in asked and '"status": 404' in answer:
            answer = answer.replace(name, "…")
    return answer


@pytest.mark.parametrize("role", ["agent", "auditor", "legal"])
def test_who_may_see_one_client_finds_no_trace_of_other_records_in_any_way(mixed: Mixed, server: httpx.Client, role: Role) -> None:
    hidden = set(mixed.pieces) - set(SEEN_OF_A)
    said = everything(mixed, server, shown(mixed, role, [A])).said
    ids = {mixed.items[name].record_id for name in hidden}
    assert found(own(said, ids), traces_of(mixed, hidden) | {B, "Birchmoor"}) == {}
    assert all(any(mixed.items[name].record_id in answer for answer in said.values()) for name in SEEN_OF_A)


@pytest.mark.parametrize("role", ["auditor", "legal"])
def test_who_may_not_see_privileged_records_finds_no_trace_of_them_in_any_way(mixed: Mixed, server: httpx.Client, role: Role) -> None:
    said = everything(mixed, server, shown(mixed, role, None)).said
    ids = {mixed.items[name].record_id for name in PRIVILEGED}
    assert found(own(said, ids), traces_of(mixed, PRIVILEGED)) == {}


def test_who_runs_the_archive_reads_nothing_of_it(mixed: Mixed, server: httpx.Client) -> None:
    said = everything(mixed, server, shown(mixed, "admin", None, True)).said
    ids = {item.record_id for item in mixed.items.values()}
    assert found(own(said, ids), traces_of(mixed, set(mixed.pieces))) == {}


def test_numbers_are_those_of_an_archive_that_holds_nothing_else(mixed: Mixed, server: httpx.Client) -> None:
    """Every count that one client's agent is told is at most the number of records that it may see."""
    header = shown(mixed, "legal", [A])
    for query in QUERIES:
        answer = server.get("/v1/search", params={"q": query, "limit": 50, "facet": list(ALL_FACETS), "collapse": "duplicates"}, headers=header)
        if answer.status_code == 200:
            told = answer.json()
            assert told["total"] == sum(len(hit["group"]["record_ids"]) for hit in told["hits"]) <= len(SEEN_OF_A)
            assert all(0 < count <= told["total"] for counts in told["facets"].values() for count in counts.values())
            assert all(holder["record_id"] in mixed.ids(*SEEN_OF_A) for hit in told["hits"] for holder in hit["holders"])
    report = server.post("/v1/term-reports", json={"terms": QUERIES}, headers=header).json()
    assert report["totals"]["with_families"] <= len(SEEN_OF_A)
    assert all((term["with_families"] or 0) <= len(SEEN_OF_A) for term in report["terms"])


def test_cursor_of_who_may_see_all_shows_no_more_to_who_may_not(mixed: Mixed, server: httpx.Client) -> None:
    full = server.get("/v1/search", params={"q": "*", "limit": 1}, headers=shown(mixed, "legal", None, True)).json()
    seen, cursor = [], full["next"]
    header = shown(mixed, "agent", [A])
    while cursor:
        page = server.get("/v1/search", params={"q": "*", "limit": 1, "cursor": cursor}, headers=header).json()
        assert page["total"] <= len(SEEN_OF_A)
        seen += [hit["record_id"] for hit in page["hits"]]
        cursor = page["next"]
    assert set(seen) <= mixed.ids(*SEEN_OF_A)


def test_tag_on_all_hits_reaches_only_what_may_be_seen(mixed: Mixed, server: httpx.Client) -> None:
    done = server.post("/v1/tags", json={"value": "of an agent", "search": {"query": "*"}}, headers=shown(mixed, "agent", [A])).json()
    assert done["records"] == len(SEEN_OF_A)
    found_by = server.get("/v1/search", params={"q": 'tag:"of an agent"', "limit": 50}, headers=shown(mixed, "legal", None, True)).json()
    assert {hit["record_id"] for hit in found_by["hits"]} == mixed.ids(*SEEN_OF_A)


def test_searches_and_acts_of_one_person_are_not_told_to_another(mixed: Mixed, server: httpx.Client) -> None:
    mine, other = shown(mixed, "legal", None, True), shown(mixed, "legal", None, True)
    server.get("/v1/search", params={"q": "a very personal question"}, headers=mine)
    kept = server.post("/v1/saved", json={"name": "a private search", "search": {"query": "notice"}}, headers=mine).json()
    assert "personal" in server.get("/v1/searches", headers=mine).text
    said = "".join(server.get(path, headers=other).text for path in ("/v1/searches", "/v1/saved", "/v1/changes", f"/v1/saved/{kept['saved_id']}"))
    assert "personal" not in said and "a private search" not in said and kept["change_id"] not in said
    for method, path in (("POST", f"/v1/changes/{kept['change_id']}/undo"), ("DELETE", f"/v1/saved/{kept['saved_id']}"), ("GET", "/v1/saved/a private search")):
        assert server.request(method, path, headers=other, **({"json": {}} if method == "POST" else {})).status_code == 404


def test_shared_search_is_used_by_others_and_changed_by_its_owner_alone(mixed: Mixed, server: httpx.Client) -> None:
    agent = shown(mixed, "agent", [A])
    checked = server.post("/v1/saved/check", json={"names": ["shared by who sees all"]}, headers=agent).json()["checked"][0]
    assert checked["total"] == len(checked["new"]) == len(SEEN_OF_A)
    assert server.patch("/v1/saved/shared by who sees all", json={"name": "taken over"}, headers=agent).status_code == 404
    assert server.delete("/v1/saved/shared by who sees all", headers=agent).status_code == 404


def test_hidden_client_is_told_in_a_report_as_one_that_does_not_exist(mixed: Mixed, server: httpx.Client) -> None:
    report = server.post("/v1/term-reports", json={"terms": [f"client:{B}", "client:C-Z"]}, headers=shown(mixed, "legal", [A])).json()
    hidden, unknown = report["terms"]
    assert hidden["trouble"].replace(B, "C-Z") == unknown["trouble"] and hidden["hits"] is unknown["hits"] is None


@pytest.mark.parametrize(("role", "path", "body"), [
    ("agent", "/v1/exports", {"query": "*"}), ("admin", "/v1/exports", {"query": "*"}), ("admin", "/v1/tags", {"value": "x"}),
    ("admin", "/v1/saved", {"name": "x", "search": {"query": "*"}}), ("admin", "/v1/term-reports", {"terms": ["x"]})])
def test_role_may_not_do_what_is_not_its_own(mixed: Mixed, server: httpx.Client, role: Role, path: str, body: dict[str, Any]) -> None:
    assert server.post(path, json=body, headers=shown(mixed, role, None)).status_code == 403
