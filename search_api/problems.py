"""Errors over HTTP: one function makes every problem document (RFC 9457), whatever went wrong.

`type` is `urn:casetrail:problem:<name>`, the name that of the error class; `instance` is the id of the request, which the log has too.
The text is that of the error, never its internal cause.
"""
from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from archive.errors import CasetrailError, NotAuthenticated, QuerySyntax, Unavailable

MEDIA_TYPE = "application/problem+json"
CHALLENGE = 'Bearer realm="casetrail", Basic realm="casetrail", charset="UTF-8"'
"""What a 401 answers with (RFC 9110, 11.6.1): a key as Bearer token, or as the password of a browser's own prompt."""
RETRY_AFTER_SECONDS = 5

log = logging.getLogger("casetrail.api")

PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object", "title": "Problem", "required": ["type", "title", "status", "detail", "instance"],
    "description": "A problem document, RFC 9457.",
    "properties": {
        "type": {"type": "string", "examples": ["urn:casetrail:problem:not-found"]},
        "title": {"type": "string"}, "status": {"type": "integer"}, "detail": {"type": "string"},
        "instance": {"type": "string", "description": "The id of the request; the log has it too."},
        "position": {"type": "integer", "description": "Where a query stopped making sense, in characters from 0."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "Which parameters cannot be used, and why."},
    },
}


def problem(request_id: str, status: int, name: str, title: str, detail: str, *, headers: Mapping[str, str] | None = None,
            **further: object) -> Response:
    """Return the one shape of an error: type, title, status, detail, instance, and what the kind of problem adds."""
    body = {"type": f"urn:casetrail:problem:{name}", "title": title, "status": status, "detail": detail,
            "instance": f"urn:uuid:{request_id}"} | further
    # Escaped throughout: what a client sent may come back in the detail, lone surrogates included.
    return Response(json.dumps(body), status, dict(headers or {}), MEDIA_TYPE)


def problem_of(error: CasetrailError, request_id: str) -> Response:
    """Return the problem document of an error that callers may be told."""
    further: dict[str, object] = {"position": error.position} if isinstance(error, QuerySyntax) else {}
    headers = {}
    if isinstance(error, NotAuthenticated):
        headers["WWW-Authenticate"] = CHALLENGE
    if isinstance(error, Unavailable) and error.http_status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return problem(request_id, error.http_status, _name(type(error).__name__), error.title, str(error), headers=headers, **further)


def unexpected(request_id: str) -> Response:
    """Return the problem document of a fault of our own: it says where to look, not what it was."""
    return problem(request_id, 500, "unexpected", "Something went wrong",
                   "An unexpected error. The log has it under the id given as instance.")


def register(app: FastAPI) -> None:
    """Let every error of the application become a problem document."""

    async def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, CasetrailError)
        if error.http_status >= 500:
            log.error("request %s: %s", request_id_of(request), error, exc_info=error)
        return problem_of(error, request_id_of(request))

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = [{"where": ".".join(str(part) for part in each["loc"]), "message": str(each["msg"])} for each in error.errors()]
        detail = "; ".join(f"{each['where']}: {each['message']}" for each in told)
        return problem(request_id_of(request), 422, "invalid-request", "Request not understood", f"{detail}. See /openapi.json.", errors=told)

    async def plain(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        title = HTTPStatus(error.status_code).phrase
        return problem(request_id_of(request), error.status_code, _name(title), title, _plain_detail(error, request), headers=error.headers)

    app.add_exception_handler(CasetrailError, known)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, plain)


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what the description of the interface says of the errors of a route."""
    return {status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}} for status in statuses}


def request_id_of(request: Request) -> str:
    return str(request.scope.get("state", {}).get("request_id", ""))


def _plain_detail(error: HTTPException, request: Request) -> str:
    if error.status_code == HTTPStatus.NOT_FOUND:
        return "There is no such page. /openapi.json lists those there are."
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return f"{request.method} is not possible here. Use {(error.headers or {}).get('Allow', 'another method')}."
    return str(error.detail)


def _name(words: str) -> str:
    """Return `QuerySyntax` or `Not Found` as `query-syntax`, `not-found`."""
    parts: Sequence[str] = re.findall(r"[A-Z][a-z]*|[a-z]+", words)
    return "-".join(part.lower() for part in parts)
