"""The pages: static files of this server, under a policy that allows nothing from anywhere else."""
from __future__ import annotations

from functools import cache
from importlib.resources import files

from fastapi import APIRouter
from starlette.responses import Response

from archive.errors import NotFound
from search_api.guard import PAGE_POLICY

FILES = {"index.html": "text/html; charset=utf-8", "casetrail.js": "text/javascript; charset=utf-8", "casetrail.css": "text/css; charset=utf-8",
         "icon.svg": "image/svg+xml"}

router = APIRouter(include_in_schema=False)


@router.get("/")
def start_page() -> Response:
    return _file("index.html")


@router.get("/web/{name}")
def page_file(name: str) -> Response:
    if name not in FILES:
        raise NotFound("There is no such page.", "The start page is /.")
    return _file(name)


def _file(name: str) -> Response:
    return Response(_content(name), headers={"Content-Type": FILES[name], "Content-Security-Policy": PAGE_POLICY, "Cache-Control": "no-cache"})


@cache
def _content(name: str) -> bytes:
    return files("search_api").joinpath("web", name).read_bytes()
