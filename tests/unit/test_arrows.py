"""Imports point one way: mappings <- archive <- (ingest | history | evidence) <- (search_api | casetrail)."""
from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "mappings": set(),
    "archive": {"mappings"},
    "ingest": {"mappings", "archive"},
    "history": {"archive"},
    "evidence": {"mappings", "archive"},
    "search_api": {"mappings", "archive", "ingest", "history", "evidence"},
    "casetrail": {"mappings", "archive", "ingest", "history", "evidence", "search_api"},
}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def modules(package: str) -> Iterator[Path]:
    yield from (p for p in sorted((ROOT / package).rglob("*.py")) if "migrations" not in p.parts)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_package_imports_only_what_lies_before_it(package: str) -> None:
    wrong = {f"{path.relative_to(ROOT)}: {name}" for path in modules(package) for name in imports(path)
             if (top := name.partition(".")[0]) in MAY_IMPORT and top != package and top not in MAY_IMPORT[package]}
    assert wrong == set()


def test_thinking_half_knows_the_model_and_nothing_else_of_the_archive() -> None:
    wrong = {f"{path.relative_to(ROOT)}: {name}" for path in modules("history") for name in imports(path)
             if name.startswith("archive") and name != "archive" and not name.startswith("archive.model")}
    assert wrong == set()


def test_only_wiring_imports_adapters() -> None:
    wrong = {f"{path.relative_to(ROOT)}: {name}" for package in MAY_IMPORT for path in modules(package) for name in imports(path)
             if name.startswith("archive.adapters.") and path != ROOT / "archive" / "wiring.py" and "adapters" not in path.parts}
    assert wrong == set()


@pytest.mark.parametrize("package", ["ingest/extract", "ingest/enrich", "ingest/identify"])
def test_readers_see_no_store_index_or_catalogue(package: str) -> None:
    forbidden = ("archive.ports", "archive.wiring", "archive.adapters", "ingest.pipeline", "ingest.feed")
    wrong = {f"{path.relative_to(ROOT)}: {name}" for path in modules(package) for name in imports(path) if name.startswith(forbidden)}
    assert wrong == set()


@pytest.mark.parametrize("package", ["archive/model", "history"])
def test_values_and_conclusions_do_no_input_or_output(package: str) -> None:
    forbidden = {"os", "socket", "subprocess", "sqlalchemy", "requests", "httpx", "boto3", "elasticsearch", "tantivy", "shutil", "tempfile"}
    wrong = {f"{path.relative_to(ROOT)}: {name}" for path in modules(package) for name in imports(path) if name.partition(".")[0] in forbidden}
    assert wrong == set()
