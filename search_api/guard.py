"""What stands before every route: the id of the request, who asks, whether the request may come in at all, and what every answer carries.

It is plain ASGI, so that streams pass through untouched, and it is the outermost layer, so that nothing can be forgotten on a route.
"""
from __future__ import annotations

import logging
import re
import time
import uuid
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive.errors import CasetrailError, NotAllowed, TooLarge
from search_api.auth import Gate, secret_in_path
from search_api.metrics import Metrics
from search_api.problems import problem_of, unexpected

log = logging.getLogger("casetrail.api")

OPEN_PATHS = frozenset({"/healthz", "/readyz"})
"""Answered to anybody: they tell nothing but whether the service works."""
QUESTION_BYTES_MAX = 1 << 20
READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_HOST = re.compile(r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9.-]+))(?::[0-9]*)?")
UNSAFE_FORM_TYPES = frozenset({"application/x-www-form-urlencoded", "text/plain", ""})
"""What a page of another site can send without asking first, and none of our routes takes."""

ANSWER_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
}
PAGE_POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
               "frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
"""The policy of our own static pages, which set it themselves; everything else gets the one that allows nothing."""


class Guard:
    """`loopback` is True for a server that listens on loopback only: then the Host header must be one of its names.

    Else a page of any site could have its own name resolve to 127.0.0.1 and read the archive of whoever visits it (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, gate: Gate, metrics: Metrics, loopback: bool) -> None:
        self._app, self._gate, self._metrics, self._loopback = app, gate, metrics, loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id, began, status, actor = str(uuid.uuid4()), time.perf_counter(), 0, "-"
        scope.setdefault("state", {})["request_id"] = request_id

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in ANSWER_HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = request_id
            await send(message)

        try:
            headers = Headers(scope=scope)
            check_host(headers, self._loopback)
            check_origin(scope["method"], headers)
            check_length(headers)
            if (secret := secret_in_path(scope["path"])) is not None:
                viewer = await run_in_threadpool(self._gate.feed, secret)
                scope["state"]["viewer"], actor = viewer, viewer.actor
            elif scope["path"] not in OPEN_PATHS:
                viewer = await run_in_threadpool(self._gate.viewer, headers.get("authorization"))
                scope["state"]["viewer"], actor = viewer, viewer.actor
            await self._app(scope, receive if _is_upload(headers) else _bounded(receive), answer)
        except CasetrailError as error:
            if status:
                raise
            await problem_of(error, request_id)(scope, receive, answer)
        except Exception:
            log.exception("request %s: unexpected error", request_id)
            if status:
                raise  # the answer has begun: the server breaks the connection, so that nobody takes it for whole
            await unexpected(request_id)(scope, receive, answer)
        finally:
            seconds = time.perf_counter() - began
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.observe(scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "OPTIONS"} else "other", route, status, seconds)
            # No path and no query: they hold names and words of people.
            log.info("request %s: %s %s %s by %s in %.0f ms", request_id, scope["method"], route, status, actor, seconds * 1000)


def check_host(headers: Headers, loopback: bool) -> None:
    """Raise NotAllowed for a Host header that is none of the names of this machine (servers on loopback only)."""
    if loopback and _host_name(headers.get("host", "")) not in LOOPBACK_NAMES:
        raise NotAllowed("The Host header is none of this server's names.", "Use http://127.0.0.1 or http://localhost.")


def check_origin(method: str, headers: Headers) -> None:
    """Raise NotAllowed for a writing request that a page of another site sent, or could send without the browser asking first."""
    if method in READING_METHODS:
        return
    origin, remedy = headers.get("origin"), "Call from the pages of this server, or from a program that sends no Origin header."
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        raise NotAllowed("The request comes from a page of another origin.", remedy)
    if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("The request comes from a page of another site.", remedy)
    # Other methods than POST are none that a page of another site can send unasked.
    if method == "POST" and headers.get("content-type", "").partition(";")[0].strip().lower() in UNSAFE_FORM_TYPES:
        raise NotAllowed("The content type of the request is none that is taken here.", "Send application/json, or multipart/form-data for files.")


def check_length(headers: Headers) -> None:
    """Raise TooLarge for a question (not an upload) that says it is longer than any of ours."""
    if not _is_upload(headers) and int(headers.get("content-length") or 0) > QUESTION_BYTES_MAX:
        raise TooLarge(f"A question has at most {QUESTION_BYTES_MAX} bytes.", "Ask for less at a time.")


def _is_upload(headers: Headers) -> bool:
    """Say whether the body is one that its route reads piece by piece, with a limit of its own."""
    return headers.get("content-type", "").lower().startswith("multipart/form-data")


def _bounded(receive: Receive) -> Receive:
    """Return the same body, broken off where it grows longer than any question."""
    size_bytes = 0

    async def bounded() -> Message:
        nonlocal size_bytes
        message = await receive()
        size_bytes += len(message.get("body", b""))
        if size_bytes > QUESTION_BYTES_MAX:
            raise TooLarge(f"A question has at most {QUESTION_BYTES_MAX} bytes.", "Ask for less at a time.")
        return message

    return bounded


def _host_name(host: str) -> str:
    """Return the name in a Host header in lower case, without port and brackets; "" for what is no name (RFC 9110, 7.2)."""
    found = _HOST.fullmatch(host)
    return (found["ipv6"] or found["name"]).lower() if found else ""
