"""The manual is held to the code: settings, errors, outcomes, commands, fields; links resolve; nothing in it belongs to one machine."""
from __future__ import annotations

import csv
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest

import archive.errors
from archive.errors import CasetrailError
from archive.model import custody, outcome, record, run
from archive.model.digest import Digest
from archive.model.fact import Cite
from archive.model.item import Item, Place
from archive.model.outcome import Done
from archive.model.record import Record
from archive.settings import DEFAULTS
from ingest.origin import statement_of

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "samples/README.md", ROOT / "mappings/README.md"])


def page(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def rows(text: str) -> Iterator[list[str]]:
    """Yield the cells of every line of every table."""
    for line in text.splitlines():
        if line.startswith("|") and not line.startswith("|---"):
            yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def first_cells(text: str) -> set[str]:
    """Return the code words in the first cells of the tables."""
    return {word for cells in rows(text) for word in re.findall(r"`([^`]+)`", cells[0])}


def section(text: str, heading: str) -> str:
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section {heading!r}"
    return found[1]


# ---------------------------------------------------------------- settings and errors

@pytest.mark.parametrize("setting", DEFAULTS)
def test_every_setting_has_a_line_in_the_manual(setting: str) -> None:
    assert setting in first_cells(page("settings.md"))


@pytest.mark.parametrize("setting", [name for name, default in DEFAULTS.items() if default])
def test_default_of_a_setting_in_the_manual_is_that_of_the_code(setting: str) -> None:
    cells = next(cells for cells in rows(page("settings.md")) if cells[0] == f"`{setting}`")
    assert f"`{DEFAULTS[setting]}`" in cells[1]


def test_manual_has_no_setting_that_the_code_does_not_read() -> None:
    assert {name for name in first_cells(page("settings.md")) if name.startswith("CASETRAIL_")} == set(DEFAULTS)


def errors() -> list[type[CasetrailError]]:
    return [each for _, each in inspect.getmembers(archive.errors, inspect.isclass) if issubclass(each, CasetrailError)]


@pytest.mark.parametrize("error", errors(), ids=lambda each: each.__name__)
def test_every_error_has_its_exit_status_and_http_status_in_the_manual(error: type[CasetrailError]) -> None:
    cells = next(cells for cells in rows(page("errors.md")) if cells[0] == f"`{error.__name__}`")
    assert cells[1:3] == [str(error.exit_code), str(error.http_status)]
    assert all(cells[3:5])


def test_every_code_of_an_outcome_stands_in_the_manual() -> None:
    assert set(get_args(outcome.Code)) == first_cells(section(page("errors.md"), "Outcomes of an item"))


# ---------------------------------------------------------------- formats

def a_record() -> Record:
    return Record(
        record_id="0" * 20, source_paths=("a.txt",), inner=None, kind="other", record_types=(), clients=(), date=None, sent_at=None, sender=None,
        to=(), subject="", language=None, thread_id=None, family_id="0" * 20, parent_id=None, duplicate_of=None, near_duplicate_of=None,
        privileged=False, sentiment=None, digest=Digest("0" * 64), mime="text/plain", size_bytes=0, pages=None, source="", custodian="",
        name="a.txt", ordinal=0, outcome=Done())


@pytest.mark.parametrize("field", a_record().as_json())
def test_every_field_of_a_record_stands_in_its_format(field: str) -> None:
    assert field in first_cells(page("formats/record.md"))


@pytest.mark.parametrize("word", [*record.KINDS, *record.RECORD_TYPES])
def test_every_kind_and_record_type_stands_in_the_format_of_a_record(word: str) -> None:
    assert f"`{word}`" in page("formats/record.md")


@pytest.mark.parametrize("field", Cite.__dataclass_fields__)
def test_every_field_of_a_citation_stands_in_the_format_of_a_record(field: str) -> None:
    assert field in first_cells(section(page("formats/record.md"), "Facts and citations"))


def test_fields_of_an_origin_statement_are_those_of_its_format() -> None:
    import json
    item = Item("0" * 20, Digest("0" * 64), 0, Place("a", "a"), "", "", "", None, "0" * 20, 0, 0, "", "", "", "")
    assert set(json.loads(statement_of(item))) == first_cells(section(page("formats/object-store.md"), "Origin statement"))


def test_every_custody_action_stands_in_the_format_of_the_object_store() -> None:
    actions = next(cells[1] for cells in rows(page("formats/object-store.md")) if cells[0] == "`action`")
    assert set(re.findall(r"`([^`]+)`", actions)) == set(get_args(custody.Action))


def test_columns_of_the_sample_directory_are_those_of_its_format() -> None:
    header = next(csv.reader((ROOT / "samples/directory.csv").open(encoding="utf-8", newline="")))
    assert set(header) == first_cells(page("formats/directory.md"))


def test_columns_and_format_of_a_bundle_stand_in_its_format() -> None:
    from evidence.bundle import FORMAT
    from evidence.tables import COLUMNS
    text = page("formats/bundle.md")
    assert f"`{FORMAT}`" in text
    assert [column for column in COLUMNS if f"`{column}`" not in text.partition("The columns of the table:")[2]] == []


@pytest.mark.parametrize("result", run.RESULTS)
def test_every_result_of_a_run_stands_in_the_format_of_its_report(result: str) -> None:
    assert result in first_cells(page("formats/run-report.md"))


def test_fields_of_a_history_are_those_of_its_format() -> None:
    from archive.model.client import Client
    from history.assembly import assemble
    from history.file import ClientFile
    told = assemble(ClientFile(Client("C-1", "One Limited"), ())).as_json()
    assert set(told) == first_cells(section(page("formats/history.md"), "Top level"))
    assert set(told["billing"]) <= set(re.findall(r"`([^`]+)`", section(page("formats/history.md"), "Billing")))


# ---------------------------------------------------------------- commands

def commands() -> dict[str, str]:
    return dict(importlib.import_module("casetrail.main").COMMANDS)


@pytest.mark.parametrize("name", commands())
def test_every_command_has_a_section_in_the_manual(name: str) -> None:
    assert section(page("commands.md"), f"casetrail {name}").strip()


def test_manual_has_no_command_that_is_not_there() -> None:
    assert set(re.findall(r"^## casetrail (\S+)$", page("commands.md"), re.MULTILINE)) == set(commands())


def options(command: click.Command) -> Iterator[str]:
    """Yield the long form of every option of a command and of the commands below it."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield next(name for name in parameter.opts if name.startswith("--"))
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield below.name or ""
            yield from options(below)


@pytest.mark.parametrize("name", commands())
def test_every_option_of_a_command_stands_in_its_section(name: str) -> None:
    from casetrail.main import cli
    assert isinstance(cli, click.Group)
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    told = section(page("commands.md"), f"casetrail {name}")
    assert [option for option in options(command) if not re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", told)] == []


# ---------------------------------------------------------------- routes

def routes() -> set[str]:
    """Return method and path of every route of the API, as `GET /v1/clients`."""
    import pkgutil

    import search_api.routes
    modules = [importlib.import_module(f"search_api.routes.{each.name}") for each in pkgutil.iter_modules(search_api.routes.__path__)]
    return {f"{method} {route.path}" for module in modules if hasattr(module, "router") for route in module.router.routes
            for method in route.methods - {"HEAD"}}


def test_routes_in_the_manual_are_those_of_the_api() -> None:
    assert {cells[0].strip("`") for cells in rows(page("http.md")) if cells[0] != "Route"} == routes()


# ---------------------------------------------------------------- pages as such

def anchors(text: str) -> set[str]:
    """Return the anchors of the headings as the usual renderers make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_resolve(path: Path) -> None:
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (path.parent / name).resolve() if name else path
        if not there.exists() or (anchor and anchor not in anchors(there.read_text("utf-8"))):
            broken.append(target)
    assert broken == []


def test_pages_that_the_code_names_are_there() -> None:
    packages = ("mappings", "archive", "ingest", "history", "evidence", "search_api", "casetrail")
    named = {name for package in packages for path in (ROOT / package).rglob("*.py")
             for name in re.findall(r"\bdocs/[\w./-]+\.md\b", path.read_text("utf-8"))}
    assert sorted(name for name in named if not (ROOT / name).is_file()) == []


def test_every_decision_has_a_number_of_its_own_and_says_context_choice_and_what_was_refused() -> None:
    notes = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(note.name[:4]) for note in notes] == list(range(1, len(notes) + 1))
    for note in notes:
        text = note.read_text("utf-8")
        assert text.startswith(f"# {note.name[:4]} ")
        assert [word for word in ("**Context.**", "**Choice.**", "**Refused.**") if word not in text] == []


def test_no_word_of_the_glossary_is_defined_twice() -> None:
    words = [cells[0] for cells in rows(page("glossary.md").partition("## Retired words")[0]) if cells[0] != "Word"]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []


def test_words_that_the_glossary_marks_are_defined_there() -> None:
    text = page("glossary.md").partition("## Retired words")[0]
    defined = {cells[0].lower() for cells in rows(text)}
    marked = {word.lower() for word in re.findall(r"\*([^*]+)\*", text.partition("## What is kept")[2])}
    assert sorted(word for word in marked if word not in defined and word.removesuffix("s") not in defined) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_page_names_no_folder_of_a_machine_and_no_registry_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.findall(r"(?<![\w.])/(?:home|root|Users|work|tmp)/\S*", text) == []
    hosts = re.findall(r"https?://([\w.-]+)", text)
    assert [host for host in hosts if not (host.endswith(".example") or host in ("127.0.0.1", "localhost", "host"))] == []


def test_every_reader_stands_in_the_page_on_formats() -> None:
    from ingest.extract import builtin
    readers = {word for cells in rows(page("formats.md")) for word in re.findall(r"`([^`]+)`", cells[1])}
    assert {extractor.name for extractor in builtin()} <= readers


def test_fields_of_a_query_in_the_manual_are_those_of_the_parser() -> None:
    from search_api.query.fields import FIELDS
    assert {word for cells in rows(section(page("search.md"), "Fields")) for word in re.findall(r"`([^`]+)`", cells[0])} == set(FIELDS)
