"""Every error over HTTP is one problem document (RFC 9457), and none tells an internal cause."""
from __future__ import annotations

import json
from typing import Any

import pytest

from archive import errors
from search_api.problems import MEDIA_TYPE, problem_of, unexpected

ALL = [error for error in vars(errors).values() if isinstance(error, type) and issubclass(error, errors.CasetrailError)]


def made(kind: type[errors.CasetrailError]) -> errors.CasetrailError:
    return errors.QuerySyntax("A bracket is open.", 7, "Close it.") if kind is errors.QuerySyntax else kind("It is so.", "Do this.")


def body_of(response: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(bytes(response.body))
    return document


@pytest.mark.parametrize("kind", ALL)
def test_each_error_becomes_a_problem_with_its_status_title_and_words(kind: type[errors.CasetrailError]) -> None:
    response = problem_of(made(kind), "11111111-1111-4111-8111-111111111111")
    body = body_of(response)
    assert response.media_type == MEDIA_TYPE
    assert response.status_code == body["status"] == kind.http_status
    assert (body["title"], body["detail"]) == (kind.title, str(made(kind)))
    assert body["instance"] == "urn:uuid:11111111-1111-4111-8111-111111111111"
    assert body["type"].startswith("urn:casetrail:problem:")


def test_problem_types_tell_the_errors_apart() -> None:
    assert len({body_of(problem_of(made(kind), "x"))["type"] for kind in ALL}) == len(ALL)


def test_query_problem_says_where_the_query_stopped_making_sense() -> None:
    assert body_of(problem_of(made(errors.QuerySyntax), "x"))["position"] == 7


def test_cause_of_an_error_is_not_told() -> None:
    error = errors.Unavailable("The catalogue does not answer.", "Try again.")
    error.__cause__ = OSError("postgresql://secret@db.internal refused")
    assert b"secret" not in bytes(problem_of(error, "x").body)


def test_unexpected_error_tells_nothing_but_its_id() -> None:
    body = body_of(unexpected("abc"))
    assert (body["status"], body["instance"]) == (500, "urn:uuid:abc")
    assert "log" in body["detail"]


def test_missing_key_is_asked_for_and_missing_server_says_when_to_come_again() -> None:
    assert "Bearer" in problem_of(made(errors.NotAuthenticated), "x").headers["WWW-Authenticate"]
    assert int(problem_of(made(errors.Unavailable), "x").headers["Retry-After"]) > 0


def test_words_sent_by_a_client_cannot_break_the_document() -> None:
    body = body_of(problem_of(errors.NotFound('There is no client "\ud800\x00\n".'), "x"))
    assert body["detail"] == 'There is no client "\ud800\x00\n".'
