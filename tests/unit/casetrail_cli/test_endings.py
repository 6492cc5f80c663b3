"""How commands end: words on stderr, the exit status of the error, no traceback unless asked for."""
from __future__ import annotations

import errno
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from archive import errors
from casetrail import main
from casetrail.trouble import told


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASETRAIL_HOME", str(tmp_path))
    return tmp_path


def ending(error: BaseException, *, debug: bool = False) -> Result:
    @click.command()
    @click.option("--debug", is_flag=True)
    @click.pass_context
    def command(ctx: click.Context, debug: bool) -> None:
        with told(ctx):
            raise error

    return CliRunner().invoke(command, ["--debug"] if debug else [])


@pytest.mark.parametrize("kind", [e for e in vars(errors).values()
                                  if isinstance(e, type) and issubclass(e, errors.CasetrailError) and e is not errors.QuerySyntax])
def test_each_error_ends_with_its_status_and_its_remedy(kind: type[errors.CasetrailError]) -> None:
    result = ending(kind("It is so.", "Do this."))
    assert result.exit_code == kind.exit_code != 0
    assert result.stderr == "casetrail: It is so. Do this.\n"
    assert result.stdout == ""


def test_ctrl_c_says_how_to_go_on_and_ends_with_130() -> None:
    result = ending(KeyboardInterrupt())
    assert result.exit_code == 130
    assert "the same command goes on" in result.stderr


def test_full_disk_ends_with_its_own_status() -> None:
    assert ending(OSError(errno.ENOSPC, "No space left on device")).exit_code == errors.StoreFull.exit_code


def test_unexpected_error_is_one_line_and_a_log(home: Path) -> None:
    result = ending(RuntimeError("inner secret"))
    log = home / "casetrail-errors.log"
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert str(log) in result.stderr and "inner secret" not in result.stderr
    assert "inner secret" in log.read_text() and "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_debug_shows_the_traceback() -> None:
    result = ending(RuntimeError("inner secret"), debug=True)
    assert result.exit_code == 1
    assert "Traceback" in result.stderr and "inner secret" in result.stderr


def test_log_of_errors_is_not_written_through_a_link(home: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    victim = tmp_path_factory.mktemp("elsewhere") / "victim"
    victim.write_text("mine")
    (home / "casetrail-errors.log").symlink_to(victim)
    ending(RuntimeError("x"))
    assert victim.read_text() == "mine"


def test_wrong_settings_are_told_by_every_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASETRAIL_WORKERS", "many")
    result = CliRunner().invoke(main.cli, ["records"])
    assert result.exit_code == 2
    assert "CASETRAIL_WORKERS" in result.stderr


def test_archive_is_closed_when_a_command_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    class Broken:
        def close(self) -> None:
            closed.append(True)

        def __getattr__(self, name: str) -> object:
            raise errors.Unavailable("The catalogue does not answer.")

    monkeypatch.setattr("archive.wiring.open_archive", lambda settings: Broken())
    assert CliRunner().invoke(main.cli, ["records"]).exit_code == 6
    assert closed == [True]


