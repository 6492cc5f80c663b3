"""The port of a language model, against a real server that answers rightly, wrongly, too much, or not at all."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders.talking import talking

from archive.adapters.model_openai import OpenAIModel
from archive.errors import BadAnswer, BadSettings, TooLarge, Unavailable
from archive.ports import LanguageModel
from archive.settings import ModelAccess, read_settings
from archive.wiring import open_archive


def model(url: str, **told: object) -> LanguageModel:
    return OpenAIModel(ModelAccess(url=url, name="small", **{"seconds": 5, **told}))  # type: ignore[arg-type]


def test_answer_is_what_the_model_says_and_the_question_names_the_model_and_the_key() -> None:
    with talking(lambda heard: "said") as server:
        asked = model(server.url, key="k-1")
        assert asked.answer("do this", "with that") == "said"
        assert asked.address == server.url + "/chat/completions" and "k-1" not in repr(asked.__dict__["_access"])
    heard = server.heard[0]
    body = json.loads(heard.body)
    assert (heard.path, heard.headers["Authorization"], body["model"]) == ("/v1/chat/completions", "Bearer k-1", "small")
    assert [m["content"] for m in body["messages"]] == ["do this", "with that"]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"choices": []}', b'{"choices": [{"message": {"content": null}}]}',
                                     b'{"choices": [{"message": {"content": 3}}]}', b"\xff\xfe", b"[" * 100_000])
def test_answer_that_is_none_is_named(content: bytes) -> None:
    with talking(lambda heard: (200, content)) as server, pytest.raises(BadAnswer):
        model(server.url).answer("a", "b")


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_refusal_of_the_server_is_unavailable_and_none_of_its_words_are_told(status: int) -> None:
    with talking(lambda heard: (status, b"secret words")) as server, pytest.raises(Unavailable, match=str(status)) as told:
        model(server.url).answer("a", "b")
    assert "secret" not in str(told.value)


def test_server_that_never_ends_its_answer_is_left_after_the_time_that_is_set() -> None:
    with talking(lambda heard: None) as server, pytest.raises(Unavailable, match="within 1 seconds"):
        model(server.url, seconds=1).answer("a", "b")


def test_answer_larger_than_is_taken_is_refused() -> None:
    with talking(lambda heard: "x" * 100_000) as server, pytest.raises(TooLarge):
        model(server.url, answer_bytes=10_000).answer("a", "b")


def test_redirect_is_not_followed() -> None:
    with talking(lambda heard: "said") as other, talking(lambda heard: (307, (other.url + "/chat/completions").encode())) as server:
        with pytest.raises(Unavailable, match="307"):
            model(server.url).answer("a", "b")
        assert other.heard == []


def test_server_that_is_not_there_is_unavailable() -> None:
    with talking(lambda heard: "said") as server:
        url = server.url
    with pytest.raises(Unavailable):
        model(url).answer("a", "b")


@pytest.mark.parametrize("told", [
    {"URL": "ftp://m.example/v1", "NAME": "m"}, {"URL": "m.example/v1", "NAME": "m"}, {"URL": "http://user:pass@m.example/v1", "NAME": "m"},
    {"URL": "http://m.example/v1"}, {"URL": "http://m.example:99999/v1", "NAME": "m"}, {"URL": "http://m.example/v1?x=1", "NAME": "m"},
    {"URL": "http://m.example/v1", "NAME": "m", "KEY": "a\r\nX: y"}, {"SEND_PERSONAL": "perhaps"}, {"SECONDS": "-1"}])
def test_setting_of_the_wrong_form_is_refused(told: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        read_settings({f"CASETRAIL_MODEL_{name}": value for name, value in told.items()}, tmp_path / "none.toml")


def test_no_model_is_set_by_default(tmp_path: Path) -> None:
    settings = read_settings({"CASETRAIL_HOME": str(tmp_path)}, tmp_path / "none.toml")
    assert (settings.model.url, settings.model.send_privileged, settings.model.send_personal) == ("", False, False)
    with pytest.raises(BadSettings, match="nothing is sent"):
        _ = open_archive(settings).model
