"""The application: the reading half over HTTP (and the way in for uploads). `create_app` puts together what the other modules hold."""
from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI

from archive.errors import BadSettings
from archive.wiring import Archive
from search_api import problems, uploads
from search_api.auth import Gate, is_loopback
from search_api.guard import Guard
from search_api.metrics import Metrics
from search_api.remembered import Remembered
from search_api.routes import around, bundles, churn, clients, corrections, deadlines, ingest, labels, lists, operations, pages, records, reports, saved, search
from search_api.services import keys

ABOUT = """Answers the same JSON as the command line. Errors are problem documents (RFC 9457). What a viewer may not see is not there: neither in
lists, counts and facets, nor by its id. On loopback no key is needed; else every path but /healthz and /readyz asks for
`Authorization: Bearer ct_…`."""


def create_app(archive: Archive, host: str = "127.0.0.1") -> FastAPI:
    """Return the application over an open archive, for a server that listens on `host`. The caller closes the archive.

    Raises BadSettings when others than this machine could reach it and no valid key exists.
    """
    loopback = is_loopback(host)
    if not loopback and not keys.any_valid(archive):
        raise BadSettings(f"Nobody could use a server on {host}: there is no valid API key.",
                          "Make one with `casetrail keys issue`, or listen on 127.0.0.1.")
    uploads.sweep(archive.settings)
    stopping = threading.Event()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        stopping.set()

    app = FastAPI(lifespan=lifespan, title="Casetrail", version=version("casetrail"), description=ABOUT, docs_url=None, redoc_url=None,
                  swagger_ui_oauth2_redirect_url=None, redirect_slashes=False)
    app.state.archive, app.state.metrics, app.state.stopping = archive, Metrics(), stopping
    app.state.remembered = Remembered(archive.settings.remember_bytes)
    for module in (clients, reports, deadlines, churn, search, records, around, saved, labels, corrections, lists, bundles, ingest, operations, pages):
        app.include_router(module.router)
    problems.register(app)
    app.add_middleware(Guard, gate=Gate(archive.catalogue, archive.clock, keys_required=not loopback), metrics=app.state.metrics, loopback=loopback)
    _describe_keys(app)
    return app


def _describe_keys(app: FastAPI) -> None:
    """Let the description of the interface say how keys are shown: the guard asks for them, not the routes."""
    plain = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = plain()
            schema.setdefault("components", {})["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer", "bearerFormat": "ct_…"}}
            schema["security"] = [{"key": []}, {}]
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]
