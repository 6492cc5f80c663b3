"""Chats and calls in JSON, JSON lines and tables of any make."""
from __future__ import annotations

import pytest
from builders.readings import messages, reading


def test_a_live_chat_without_times_has_the_day_it_began_and_its_rating() -> None:
    value = {"conversation_id": "77", "started": "2024-11-14T18:22:09-05:00", "tags": ["a", "b"],
             "messages": [{"from": "visitor", "name": "Jo B.", "text": "Bonjour"}, {"from": "operator", "text": "Hello!"}], "rating": {"score": 1,
              "comment": "no"}}
    identified, read = reading(value, "d/conv_77.json")
    assert identified.format == "chat-json" and messages(read) == [("", "Jo B.", "Bonjour"), ("", "operator", "Hello!")]
    assert "Jo B. (visitor): Bonjour" in read.text and "rating.comment: no" in read.text and "tags: a, b" in read.text
    assert read.created_at == "2024-11-14T18:22:09-05:00" and read.conversation == "chat:d/77"


def test_telegram_data_with_pieces_of_text_are_read() -> None:
    value = {"name": "Ops", "type": "personal_chat", "id": 5, "messages": [
        {"id": 1, "type": "message", "date": "2024-11-14T20:02:11", "from": "Ann", "from_id": "user1", "text": ["see ", {"type": "link",
         "text": "x.example"}]},
        {"id": 2, "type": "message", "date": "2024-11-14T20:03:11", "from": "Bob", "from_id": "user2", "text": "ok"}]}
    _, read = reading(value, "d/result.json")
    assert messages(read) == [("2024-11-14T20:02:11", "Ann", "see x.example"), ("2024-11-14T20:03:11", "Bob", "ok")] and read.subject == "Ops"


@pytest.mark.parametrize(("value", "times"), [
    ({"call_id": "8", "transcript": [{"t": 0.4, "ch": "agent", "text": "this is the first"}, {"t": 4.9, "ch": "caller", "text": "hello there"}]},
     ["00:00:00.400", "00:00:04.900"]),
    ({"utterances": [{"speaker": "A", "text": "this is the first", "start": 400, "end": 2000}, {"speaker": "B", "text": "hello there", "start": 64900,
     "end": 66000}]},
     ["00:00:00.400", "00:01:04.900"]),
    ({"segments": [{"id": 0, "start": 0.0, "end": 2.5, "text": " this is the first"}, {"id": 1, "start": 2.5, "end": 4.0, "text": " hello there"}]},
     ["00:00:00.000", "00:00:02.500"]),
    ({"sentences": [{"speaker_name": "A", "text": "this", "start_time": "00:00:01.5"}, {"speaker_name": "B", "text": "that",
     "start_time": "00:00:03"}]}, ["00:00:01.500", "00:00:03.000"]),
])
def test_calls_have_times_from_the_start_in_whatever_unit(value: object, times: list[str]) -> None:
    identified, read = reading(value, "calls/c.json")
    assert identified.format == "transcript" and [m[0] for m in messages(read)] == times
    assert read.metadata["chat:times"] == "counted from the start of the recording"


def test_meetings_keep_turns_topics_questions_and_answers() -> None:
    value = {"topic_list": [{"topic": "Costs", "relevant_text_span": [["0", "1"]]}], "specific_query_list": [{"query": "What was said?",
        "answer": "Little."}],
             "meeting_transcripts": [{"speaker": "PM", "content": "Okay ."}, {"speaker": "Marketing", "content": "Right { laugh } ."}]}
    identified, read = reading(value, "m/x.json")
    assert identified.format == "transcript" and messages(read) == [("", "PM", "Okay ."), ("", "Marketing", "Right { laugh } .")]
    assert all(words in read.text for words in ("Costs", "What was said?", "Little."))


def test_pairs_of_sender_and_words_are_messages() -> None:
    value = [{"convo_id": n, "original": [["agent", "Hi!"], ["customer", f"I need {n}"]]} for n in (1, 2)]
    identified, read = reading(value, "d/c.json")
    assert identified.format == "chat-json" and [m[1] for m in messages(read)] == ["agent", "customer"] * 2 and "I need 2" in read.text


def test_lines_of_json_are_messages_and_broken_ones_are_told() -> None:
    text = '{"sender": "Ann", "sent_at": 1710652800, "text": "one"}\n{"sender": "Bob", "sent_at": 1710652860, "text": "two"}\n{"sender": "Cy", "text": "thr'
    identified, read = reading(text, "d/c.jsonl")
    assert identified.format == "chat-ndjson" and [m[1:] for m in messages(read)][:2] == [("Ann", "one"), ("Bob", "two")]
    assert read.outcome.note == "1 lines are no whole JSON"  # type: ignore[union-attr]


@pytest.mark.parametrize("value", [{"a": 1}, [{"id": 1, "name": "x"}], {"invoice": {"lines": [{"text": "x", "amount": 1}]}},
                                   [{"author": "Ann", "date": "2024-01-01", "text": "good", "rating": 5}], {"from": "a@x.example", "text": "y"}])
def test_other_data_are_no_chat(value: object) -> None:
    assert reading(value, "d/x.json")[0].format == "json"


@pytest.mark.parametrize(("header", "rows"), [
    ("sender,timestamp,message", ["Ann,2024-11-14 20:02,\"hi, you\"", "Bob,2024-11-14 20:03,well yes"]),
    ("Datum;Uhrzeit;Absender;Nachricht", ["14.11.2024;20:02;Ann;\"hi, you\"", "14.11.2024;20:03;Bob;well yes"]),
    ("Date\tHeure\tAuteur\tMessage", ["14/11/2024\t20:02\tAnn\thi, you", "14/11/2024\t20:03\tBob\twell yes"]),
    ("fecha|remitente|mensaje", ["14/11/2024 20:02|Ann|hi, you", "14/11/2024 20:03|Bob|well yes"]),
])
def test_tables_with_sender_time_and_words_are_chats_in_four_languages(header: str, rows: list[str]) -> None:
    text = "\n".join([header, *rows])
    identified, read = reading(text, "d/chat.csv")
    assert identified.format == "chat-csv" and read.text == text and len(read.tables[0].rows) == 3
    assert [(s.at[:16], s.speaker, read.text[s.start:s.end]) for s in read.segments] == [("2024-11-14T20:02", "Ann", rows[0]), ("2024-11-14T20:03",
        "Bob", rows[1])]


@pytest.mark.parametrize("text", ["date,user,comment,rating\n2024-01-01,Ann,so so nice,3\n", "Date,From,Amount,Text\n",
    "invoice,date,amount\n1,2024-01-01,5.00\n",
                                  "author,date,text,stars\nAnn,2024-01-01,very good work,5\n"])
def test_surveys_ledgers_and_reviews_stay_tables(text: str) -> None:
    assert reading(text, "d/x.csv")[0].format == "csv"
