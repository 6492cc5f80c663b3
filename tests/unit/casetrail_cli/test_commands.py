"""The set of commands: each is there, explains itself, and none imports more than it needs."""
from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from archive.model.record import KINDS, RECORD_TYPES
from casetrail import main
from casetrail.options import KIND_WORDS, TYPE_WORDS

HEAVY = {"fastapi", "boto3", "elasticsearch", "unstructured", "pypdfium2", "lxml", "uvicorn", "pydantic", "python_calamine"}
CONTRACT = {"clients", "ingest", "records", "text", "facts", "original", "search", "history", "disputes", "win-back", "sources", "audit", "bundle", "verify",
            "serve", "worker", "reindex"}
READING = ["clients list", "records", "text", "facts", "original", "search", "history", "disputes", "win-back", "sources", "audit", "verify"]


def test_every_command_of_the_contract_is_there() -> None:
    assert set(main.COMMANDS) >= CONTRACT


@pytest.mark.parametrize("name", main.COMMANDS)
def test_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(main.cli, [name, "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


@pytest.mark.parametrize("command", READING)
def test_reading_command_answers_in_json_when_asked(command: str) -> None:
    assert "--json" in CliRunner().invoke(main.cli, [*command.split(), "--help"]).output


def test_unknown_command_is_wrong_use() -> None:
    assert CliRunner().invoke(main.cli, ["nonsense"]).exit_code == 2


def test_words_of_options_are_those_of_the_model() -> None:
    assert (KIND_WORDS, TYPE_WORDS) == (KINDS, RECORD_TYPES)


@pytest.mark.parametrize("arguments", [["ingest"], ["ingest", "--retry-only", "encrypted", "x"], ["bundle", "-o", "x.zip"],
                                       ["bundle", "C-1", "--kind", "email", "-o", "x.zip"],
                                       ["keys", "issue", "--label", "x", "--role", "agent", "--days", "1"],
                                       ["keys", "issue", "--label", "x", "--role", "agent", "--days", "366", "--all-clients"],
                                       ["search", "x", "--limit", "0"], ["records", "--kind", "nonsense"]])
def test_wrong_use_is_told_before_anything_is_opened(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASETRAIL_HOME", str(tmp_path / "home"))
    assert CliRunner().invoke(main.cli, arguments).exit_code == 2
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("arguments", [["--help"], ["records", "--json"], ["clients", "list", "--json"], ["sources"], ["keys", "list"],
                                       ["facts", "--help"], ["bundle", "--help"]])
def test_command_imports_no_heavy_library(arguments: list[str], tmp_path: Path) -> None:
    code = ("import sys, json\nfrom click.testing import CliRunner\nfrom casetrail.main import cli\n"
            "result = CliRunner().invoke(cli, sys.argv[1:])\nassert result.exit_code == 0, result.output\n"
            "print(json.dumps(sorted(name for name in sys.modules if '.' not in name)))")
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True,
                          env={"CASETRAIL_HOME": str(tmp_path), "PATH": ""})
    assert HEAVY.isdisjoint(json.loads(done.stdout))


def test_every_command_is_a_click_command() -> None:
    group = main.cli
    assert isinstance(group, click.Group)
    context = click.Context(group)
    assert all(isinstance(group.get_command(context, name), click.Command) for name in group.list_commands(context))
