"""No bytes break a reader of chats, calls or calendars, and every turn points at the text."""
from __future__ import annotations

import json
import re
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from archive.model.extracted import Child, Extracted, Identified, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.extract.jsons import closed, parsed
from ingest.extract.turns import Turn, rendered, said
from ingest.fence import wire
from ingest.given import Given
from ingest.identify import identify
from ingest.identify.chats import json_format
from ingest.identify.outline import outline

QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
_AT = re.compile(r"(\d{4,}-\d\d-\d\d)?(T\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d(:\d\d)?)?)?|\d{2,3}:\d\d:\d\d\.\d{3}")
_FORBIDDEN = re.compile("[\0\ud800-\udfff\r]")

SLACK = json.dumps([{"type": "message", "ts": "1733130180.000001", "user": "U1", "text": "a <@U2> &amp; <http://x|y>",
    "reactions": [{"name": "x", "users": ["U1"]}],
                     "files": [{"name": "f"}], "edited": {"ts": "1733130190.0"}, "thread_ts": "1733130100.000001"}])
TEAMS = json.dumps({"value": [{"id": "1", "createdDateTime": "2024-10-02T06:41:12Z", "from": {"user": {"displayName": "A"}}, "chatId": "c",
                               "body": {"contentType": "html", "content": "<p>x</p>"}, "attachments": [{"name": "f"}], "messageType": "message"}]})
ZENDESK = json.dumps({"ticket": {"id": 1, "subject": "s", "requester_id": 2}, "users": [{"id": 2, "name": "A", "email": "a@x.example"}],
                      "comments": [{"id": 3, "author_id": 2, "public": False, "body": "x", "created_at": "2024-01-01T10:00:00Z"}]})
INTERCOM = json.dumps({"id": "1", "created_at": 1710652800, "source": {"body": "<p>x</p>", "author": {"type": "user", "name": "A"}},
                       "conversation_parts": {"conversation_parts": [{"part_type": "note", "body": "y", "author": {"type": "admin", "name": "B"}}]}})
DATA = json.dumps({"call_id": 1, "started_at": "2024-01-01T10:00:00Z", "transcript": [{"t": 0.4, "ch": "agent", "text": "x y"}, {"t": 9.5,
    "ch": "caller", "text": "z"}]})
SEEDS = {
    "slack": SLACK, "export-list": '[{"id": "U123", "name": "a", "profile": {"email": "a@x.example"}}]', "teams": TEAMS,
        "zendesk": ZENDESK, "intercom": INTERCOM,
    "chat-json": '{"messages": [{"from": "a", "text": "x", "time": "2024-01-01 10:00"}, {"from": "b", "text": "y"}]}', "transcript": DATA,
    "chat-ndjson": '{"sender": "a", "text": "x", "ts": 1710652800}\n{"sender": "b", "text": "y", "ts": 1710652801}\n',
    "whatsapp": "14/11/2024, 20:02 - A: x\n14/11/2024, 20:03 - B: y\nmore\n15/11/2024, 09:00 - A: <Media omitted>\n",
    "chat-txt": "[12:18] <a> x\n[12:19] <b> y\n=== c has left\n[12:20] * a waves\n",
    "transcript-txt": "[00:00:01] A: x\n[00:00:05] B: y\n[00:01:05] A: z\n",
        "transcript-tokens": "token|speaker|ts|endTs|punctuation\nGood|0|1.5||\nday|0|||.\n",
    "chat-csv": 'sender,time,message\na,2024-01-01 10:00,"x, ""y"""\nb,2024-01-01 10:01,z z\n',
        "chat-tsv": "sender\ttime\tmessage\na\t31.12.2024 10:00\tx\n",
    "chat-html": "<title>Chat</title>" + '<div class="msg"><span class="name">A</span><span class="ts">31.03.2025 16:20</span><div>x</div></div>' * 2,
    "vtt": "WEBVTT - x\n\nNOTE n\n\n1\n00:01.000 --> 00:00:02.000 align:left\n<v.a A B>x <b>y</b></v>\n\n00:00:02.000 --> 00:00:03.000\nz\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nA: x\n\n2\n00:00:02,000 --> 00:00:03,000\nB: y\n", "sbv": "0:00:01.000,0:00:02.000\nx\n",
    "ics": "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nDTSTART;TZID=Europe/London:20250116T140000\r\nSUMMARY:x\\, y\r\n"
           "ATTENDEE;CN=\"A\":mailto:a@x.example\r\n"
           "ATTACH;ENCODING=BASE64;VALUE=BINARY;FILENAME=a.txt:aGk=\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "vcf": "BEGIN:VCARD\r\nN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:D=C3=B6e;Jo=\r\nhn\r\nEMAIL;PREF:j@x.example\r\nORG:X;Y\r\nEND:VCARD\r\n",
}


def strings(value: object) -> Iterator[str]:
    """Yield every string inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from strings(inner)


def hold(members: list[Child | Unread], read: Extracted) -> None:
    """Hold a result to what every result promises, and turns to what they promise."""
    assert isinstance(read.outcome, Done | Skipped | Failed)
    assert len({m.inner for m in members}) == len(members)
    sent = wire.encoder.encode(wire.read_of(read))
    assert not any(_FORBIDDEN.search(s) for s in strings(msgspec.to_builtins(wire.read_of(read))))
    assert wire.extracted_of(msgspec.msgpack.decode(sent, type=wire.Read)) == read
    before = 0
    for segment in read.segments:
        assert 0 <= segment.start <= segment.end <= len(read.text)
        assert segment.start >= before, "turns do not overlap and stand in order"
        before = segment.end
        if segment.kind == "turn":
            start, end = said(read.text, segment)
            assert segment.start <= start <= end
            assert segment.at == "" or _AT.fullmatch(segment.at), segment.at


def work(format_name: str, content: bytes, name: str = "x") -> Work:
    return Work(Content(data=content), Identified(format_name, "x/y", "structure"), Given(name), Limits())


@pytest.mark.parametrize("format_name", SEEDS)
def test_each_seed_is_read_and_known_by_its_structure(format_name: str) -> None:
    content = SEEDS[format_name].encode()
    ending = {"chat-csv": "csv", "chat-tsv": "tsv", "chat-html": "html", "chat-ndjson": "jsonl", "whatsapp": "txt", "chat-txt": "txt",
        "transcript-txt": "txt",
              "transcript-tokens": "nlp", "vtt": "vtt", "srt": "srt", "sbv": "sbv", "ics": "ics", "vcf": "vcf"}.get(format_name, "json")
    found = identify(Content(data=content), Given(f"x.{ending}"))
    assert found.format == format_name and found.basis == "structure" and found.declared == ""
    members, read = read_whole(work(format_name, content))
    hold(members, read)
    assert isinstance(read.outcome, Done) and not read.outcome.note and read.text.strip()
    assert not read.extractor.startswith("text/")


@pytest.mark.parametrize("format_name", SEEDS)
@QUICK
@given(data=st.data())
def test_any_bytes_end_in_an_outcome(format_name: str, data: st.DataObject) -> None:
    seed = SEEDS[format_name].encode()
    content = data.draw(st.one_of(st.binary(max_size=200), st.tuples(st.binary(max_size=30), st.integers(0, len(seed)), st.integers(0, len(seed))).map(
        lambda t: seed[:t[1]] + t[0] + seed[t[2]:])))
    hold(*read_whole(work(format_name, content)))


PLAIN = st.one_of(st.none(), st.booleans(), st.integers(-10**18, 10**18), st.floats(), st.text(max_size=12),
    st.sampled_from(["1733130180.000001", "2024-13-45T99:00:00Z", "<p>"]))
NAMES = st.sampled_from(["text", "ts", "user", "from", "messages", "body", "content", "createdDateTime", "comments", "ticket", "author",
    "id", "value", "source", "thread_ts",
                         "conversation_parts", "part_type", "name", "email", "files", "attachments", "reactions", "edited", "blocks",
                             "users", "author_id", "profile"])
VALUES = st.recursive(PLAIN, lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=6)), max_leaves=25)


@pytest.mark.parametrize("format_name", ["slack", "export-list", "teams", "zendesk", "intercom", "chat-json", "transcript"])
@QUICK
@given(value=VALUES)
def test_any_data_under_the_right_names_ends_in_an_outcome(format_name: str, value: object) -> None:
    wrapped = {"slack": [value, {"ts": "1733130180.000001", "text": value, "user": value}], "export-list": [value, {"id": value,
        "profile": {"email": value}}],
               "teams": [{"createdDateTime": value, "body": value, "from": value, "attachments": value, "replyToId": value}],
               "zendesk": {"ticket": {"id": value, "subject": value}, "comments": [{"author_id": value, "body": value, "via": value}], "users": value},
               "intercom": {"conversation_parts": {"conversation_parts": [{"body": value, "author": value, "created_at": value}]},
                   "source": value, "title": value},
               }.get(format_name, {"messages": [{"text": value, "from": value, "time": value}] * 2, "extra": value})
    hold(*read_whole(work(format_name, json.dumps(wrapped).encode())))


@QUICK
@given(value=VALUES, cut=st.integers(0, 400))
def test_a_cut_json_is_read_as_far_as_it_goes(value: object, cut: int) -> None:
    text = json.dumps({"a": [1, value, 2]})[:cut]
    ended = closed(text)
    assert ended == "" or parsed(ended) is not None
    outline(text)
    json_format(text)


@QUICK
@given(st.lists(st.builds(Turn, st.text(max_size=30), st.text(max_size=10), st.sampled_from(["", "2024-12-02T09:14:00+00:00",
    "00:01:02.500"])), max_size=8))
def test_no_message_can_pass_for_another(turns: list[Turn]) -> None:
    text, segments = rendered(turns)
    assert len(segments) == len(turns)
    starts = {s.start for s in segments}
    for found in re.finditer(r"(?m)^(?=\S)", text):
        assert found.start() in starts, "only the first line of a message begins in the first column"


@QUICK
@given(st.lists(st.tuples(st.sampled_from(["Ann", "Bob", "Åsa Ö."]), st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1,
    max_size=15)), min_size=3, max_size=10),
       st.sampled_from(["{d:02d}/{m:02d}/{y}, 20:{i:02d} - {n}: {w}", "[{d:02d}.{m:02d}.{t:02d}, 08:{i:02d}:10] {n}: {w}",
           "\u200e[{m}/{d}/{t:02d}, 8:{i:02d}:03\u202fPM] {n}: {w}",
                        "{y}-{m:02d}-{d:02d} 8:{i:02d} p.m. - {n}: {w}"]))
def test_messages_of_a_messenger_come_back_with_sender_and_words(messages: list[tuple[str, str]], form: str) -> None:
    assume(not any(re.search(r"[:<>\"“”„«»]", words) for _, words in messages))
    text = "\n".join(form.format(d=25, m=11, y=2024, t=24, i=i, n=name, w=words) for i, (name, words) in enumerate(messages))
    _, read = read_whole(work("whatsapp", text.encode()))
    assert [(s.speaker, read.text[slice(*said(read.text, s))]) for s in read.segments] == messages
    assert {s.at[:10] for s in read.segments} == {"2024-11-25"} and {s.at[11:13] for s in read.segments} <= {"20", "08"}


GROWING = {
    "slack": lambda n: json.dumps([{"type": "message", "ts": "1733130180.000001", "text": "<" * n}]),
    "teams": lambda n: TEAMS.replace("<p>x</p>", "<!-- >" * n),
    "chat-json": lambda n: '{"messages":[{"from":"a","text":"b"},' + '{"a":[' * n,
    "whatsapp": lambda n: "14/11/2024, 20:02 - A: x\n" * 3 + "14/11/2024, 20:02 - " + ": a" * n,
    "chat-txt": lambda n: "Karen Doe 12:18\nwords\n" * 5 + ("A" * 40 + " " * 8) * n,
    "vtt": lambda n: "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n" + "<v " * n,
    "chat-html": lambda n: "<title>chat</title>" + '<span class="name">' * n,
    "ics": lambda n: "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + 'A;X=",' * n + ":\n",
}


@pytest.mark.parametrize("format_name", GROWING)
def test_hostile_repetition_comes_to_an_end(format_name: str) -> None:
    """At this length time that grows with the square would be hours: the test would not end. Nothing is measured."""
    content = GROWING[format_name](300_000).encode()
    hold(*read_whole(work(format_name, content)))
