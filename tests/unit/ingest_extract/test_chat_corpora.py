"""Real chats, transcripts and calendars: every message comes back with its sender, in order, and no words are lost."""
from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from builders.readings import messages, reading

from archive.model.extracted import Extracted

pytestmark = pytest.mark.corpora
ENOUGH = 0.97


def recall(expected: Iterable[str], read: Extracted) -> float:
    """Return the share of the expected words that the text has, each as often as it should be there."""
    wanted = Counter(word for text in expected for word in re.findall(r"\w+", text.lower()))
    found = Counter(re.findall(r"\w+", read.text.lower()))
    return sum(min(count, found[word]) for word, count in wanted.items()) / sum(wanted.values()) if wanted else 1.0


def read_file(path: Path) -> tuple[str, Extracted]:
    identified, read = reading(path.read_bytes(), str(path))
    return identified.format, read


def test_every_turn_of_every_meeting_stands_in_order_with_its_speaker(shared: Path) -> None:
    files = sorted((shared / "corpora/meetings-qmsum").glob("*.json"))
    assert len(files) >= 30
    for path in files:
        value = json.loads(path.read_text())
        kind, read = read_file(path)
        expected = [(t["speaker"].strip(), " ".join(t["content"].split())) for t in value["meeting_transcripts"] if t["content"].strip()]
        assert kind == "transcript" and [(who, " ".join(words.split())) for _, who, words in messages(read)] == expected, path.name
        assert recall([q["query"] + " " + q["answer"] for q in value["specific_query_list"]], read) == 1.0
        assert recall([t["topic"] for t in value["topic_list"]], read) == 1.0


def test_every_line_of_the_irc_logs_is_a_message_with_its_nick(shared: Path) -> None:
    for path in sorted((shared / "corpora/chats/irc-disentanglement/dev").glob("*.raw.txt")):
        kind, read = read_file(path)
        text = path.read_bytes().decode("utf-8", "replace")
        expected = re.findall(r"^\[\d\d:\d\d\] <([^>]+?)\s?>", text, re.MULTILINE)
        assert kind == "chat-txt" and [s.speaker for s in read.segments if f"<{s.speaker}" in read.text[s.start:s.end]] == expected, path.name
        assert read.segments[0].at.startswith(path.name[:10]) and recall([text], read) >= ENOUGH


def test_support_chats_keep_who_said_what(shared: Path) -> None:
    path = shared / "corpora/chats/abcd/abcd_sample.json"
    expected = [tuple(pair) for talk in json.loads(path.read_text()) for pair in talk["original"]]
    kind, read = read_file(path)
    assert kind == "chat-json" and [who for _, who, _ in messages(read)] == [who for who, _ in expected]
    assert recall([words for _, words in expected], read) == 1.0


def test_earnings_calls_keep_every_token(shared: Path) -> None:
    for path in sorted((shared / "corpora/chats/earnings21").glob("*.nlp")):
        tokens = [line.split("|") for line in path.read_text().split("\n")[1:] if line]
        kind, read = read_file(path)
        assert kind == "transcript-tokens" and recall([t[0] for t in tokens], read) >= ENOUGH, path.name
        assert {p.name for p in read.participants} == {f"Speaker {t[1]}" for t in tokens}


def test_cues_good_and_broken_keep_their_words(shared: Path) -> None:
    for path in sorted((shared / "corpora/chats/webvtt/subtitles").iterdir()):
        kind, read = read_file(path)
        text = path.read_bytes().decode()
        captions = re.findall(r"Caption text #\d+", text)
        words = re.sub(r"<[^<>]*>", "", text) if path.name.startswith("netflix") else ""
        spoken = [line for line in words.split("\n") if "-->" not in line and not line.startswith(("NOTE", "WEBVTT")) and not line.strip().isdigit()]
        assert kind == path.suffix[1:] and read.text.strip(), path.name
        assert re.findall(r"Caption text #\d+", read.text) == captions and recall([w.replace("&lrm;", "") for w in spoken], read) >= ENOUGH, path.name


def test_calendars_and_contacts_show_what_they_hold(shared: Path) -> None:
    files = [p for p in sorted((shared / "corpora/outlook/aspose").rglob("*")) if p.suffix in (".ics", ".vcf")]
    assert len(files) >= 5
    for path in files:
        kind, read = read_file(path)
        text = path.read_bytes().decode("utf-8", "replace").replace("\r\n ", "").replace("\n ", "")
        shown = [m.replace("\\n", " ").replace("\\,", ",").strip()
                 for m in re.findall(r"^(?:SUMMARY|DESCRIPTION|LOCATION|FN|EMAIL)[^:\n]*:(.*)$", text, re.MULTILINE)]
        assert kind == path.suffix[1:] and recall([s for s in shown if s != "Reminder"], read) >= ENOUGH, path.name


def test_nothing_else_in_the_corpora_passes_for_a_chat(shared: Path) -> None:
    from ingest.extract.base import Content
    from ingest.given import Given
    from ingest.identify import identify
    from ingest.identify.formats import CHATS
    names = {f.name for f in CHATS}
    for folder in ("billing", "contracts-cuad", "court-pacer", "documents", "reply-quotes", "surveys", "tos-unfair"):
        for path in (shared / "corpora" / folder).rglob("*"):
            if path.is_file():
                assert identify(Content(file=str(path)), Given(path.name, str(path))).format not in names, path
