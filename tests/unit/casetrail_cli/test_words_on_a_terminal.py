"""What is printed: words of documents cannot steer a terminal, JSON keeps its values, texts keep their bytes."""
from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from casetrail import output
from casetrail.main import cli

HOSTILE = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egpj\x7f\r"


def test_escape_sequences_and_direction_marks_are_shown_not_sent() -> None:
    shown = output.safe(HOSTILE)
    assert shown.isprintable()
    assert "\\x1b]0;owned\\x07" in shown


def test_letters_of_all_languages_tabs_and_lines_stay() -> None:
    words = "Kündigung zum\t31.12.\nRésiliation 解約 ✉"
    assert output.safe(words) == words


@given(st.text())
def test_json_on_a_terminal_keeps_every_value_and_steers_nothing(words: str) -> None:
    written = output.as_json({"words": words}, indent=None)
    assert json.loads(written) == {"words": words}
    assert output.safe(written) == written
    written.encode("utf-8")


def test_text_goes_into_a_pipe_byte_for_byte(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    output.print_exactly(f"a\r\nb\x1b\u2028 ü\n{chr(0xd800)}end")
    assert capfdbinary.readouterr().out == "a\r\nb\x1b\u2028 ü\n?end".encode()


def test_text_on_a_terminal_is_harmless(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    output.print_exactly(HOSTILE)
    assert "\x1b" not in capsys.readouterr().out


def test_line_feed_in_a_value_cannot_look_like_another_line(capsys: pytest.CaptureFixture[str]) -> None:
    output.line("subject\nRun finished: 0 failed")
    assert capsys.readouterr().out == "subject Run finished: 0 failed\n"


def test_table_columns_stand_beneath_one_another(capsys: pytest.CaptureFixture[str]) -> None:
    output.table(["A", "B"], [["x" * 100, None], ["y", "z"]])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].index("B") == lines[2].index("z")
    assert len(lines[1]) == 60


def test_argument_shown_in_an_error_is_harmless(tmp_path: object) -> None:
    result = CliRunner().invoke(cli, ["verify", "\x1b[2Jnone"])
    assert result.exit_code == 3
    assert "\x1b" not in result.output
