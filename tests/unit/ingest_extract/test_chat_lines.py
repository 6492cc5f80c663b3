"""WhatsApp in many languages, IRC, and chats as they are copied: senders, times, and what decided the order of day and month."""
from __future__ import annotations

import pytest
from builders.readings import messages, reading

from ingest.extract.moments import Written, local, order_of

WHATSAPP = [
    ("Android, British", "14/11/2024, 20:02 - Mo: hi\n14/11/2024, 20:03 - Dev: yes", "2024-11-14T20:02"),
    ("Android, American", "11/14/24, 8:02 PM - Mo: hi\n11/14/24, 8:03 PM - Dev: yes", "2024-11-14T20:02"),
    ("Android, narrow blank before PM", "11/14/24, 8:02\u202fPM - Mo: hi\n11/14/24, 8:03\u202fPM - Dev: yes", "2024-11-14T20:02"),
    ("Android, German", "14.11.24, 20:02 - Mo: hi\n14.11.24, 20:03 - Dev: yes", "2024-11-14T20:02"),
    ("Android, French", "14/11/2024 à 20:02 - Mo: hi\n14/11/2024 à 20:03 - Dev: yes", "2024-11-14T20:02"),
    ("Android, Spanish", "14/11/24, 8:02 p. m. - Mo: hi\n14/11/24, 8:03 p. m. - Dev: yes", "2024-11-14T20:02"),
    ("Android, Spanish, hard blanks", "14/11/24, 8:02\u202fp.\xa0m. - Mo: hi\n14/11/24, 8:03\u202fp.\xa0m. - Dev: yes", "2024-11-14T20:02"),
    ("Android, Dutch", "14-11-2024 20:02 - Mo: hi\n14-11-2024 20:03 - Dev: yes", "2024-11-14T20:02"),
    ("Android, Hungarian", "2024. 11. 14. 20:02 - Mo: hi\n2024. 11. 14. 20:03 - Dev: yes", "2024-11-14T20:02"),
    ("Android, Chinese", "2024/11/14 下午8:02 - Mo: hi\n2024/11/14 下午8:03 - Dev: yes", "2024-11-14T20:02"),
    ("Android, Arabic digits", "١٤/١١/٢٠٢٤، ٨:٠٢ م - Mo: hi\n١٤/١١/٢٠٢٤، ٨:٠٣ م - Dev: yes", "2024-11-14T20:02"),
    ("iOS, British", "[14/11/2024, 20:02:11] Mo: hi\n\u200e[14/11/2024, 20:03:11] Dev: yes", "2024-11-14T20:02:11"),
    ("iOS, American", "[11/14/24, 8:02:11 PM] Mo: hi\n[11/14/24, 8:03:11 PM] Dev: yes", "2024-11-14T20:02:11"),
    ("iOS, German", "[14.11.24, 20:02:11] Mo: hi\n[14.11.24, 20:03:11] Dev: yes", "2024-11-14T20:02:11"),
    ("iOS, Canadian", "[2024-11-14, 8:02:11 p.m.] Mo: hi\n[2024-11-14, 8:03:11 p.m.] Dev: yes", "2024-11-14T20:02:11"),
    ("iOS, Korean", "[2024. 11. 14. 오후 8:02:11] Mo: hi\n[2024. 11. 14. 오후 8:03:11] Dev: yes", "2024-11-14T20:02:11"),
    ("midnight", "11/14/24, 12:02 AM - Mo: hi\n11/14/24, 12:03 AM - Dev: yes", "2024-11-14T00:02"),
]


@pytest.mark.parametrize(("text", "first"), [w[1:] for w in WHATSAPP], ids=[w[0] for w in WHATSAPP])
def test_messages_of_whatsapp_are_read_in_this_form(text: str, first: str) -> None:
    identified, read = reading(text, "WhatsApp Chat with Mo.txt")
    assert identified.format == "whatsapp" and read.text == text.replace("\r", "")
    assert [m[1:] for m in messages(read)] == [("Mo", "hi"), ("Dev", "yes")]
    assert messages(read)[0][0] == first


def test_lines_that_go_on_notices_and_attachments_belong_where_they_stand() -> None:
    text = ("14/11/2024, 20:02 - Messages and calls are end-to-end encrypted.\n14/11/2024, 20:02 - Mo (Shop): one\ntwo\n\nthree: four\n"
            "14/11/2024, 20:05 - Dev: IMG-2024.jpg (file attached)\n14/11/2024, 20:06 - Mo (Shop) changed the subject to “a: b”\n"
            "14/11/2024, 20:07 - Dev: <Media omitted>")
    _, read = reading(text, "WhatsApp Chat with Mo.txt")
    assert [m[1:] for m in messages(read)] == [
        ("", "14/11/2024, 20:02 - Messages and calls are end-to-end encrypted."), ("Mo (Shop)", "one\ntwo\n\nthree: four"), ("Dev",
         "IMG-2024.jpg (file attached)"),
        ("", "14/11/2024, 20:06 - Mo (Shop) changed the subject to “a: b”"), ("Dev", "<Media omitted>")]
    assert read.metadata["whatsapp:attachments"] == "IMG-2024.jpg" and [p.name for p in read.participants] == ["Mo (Shop)", "Dev"]


@pytest.mark.parametrize(("name", "subject"), [("WhatsApp Chat with Mo Shop.txt", "Mo Shop"), ("WhatsApp - discussion Solène.txt", "Solène"),
    ("_chat.txt", ""),
                                               ("WhatsApp Chat mit Team Süd.txt", "Team Süd"), ("Chat de WhatsApp con Ana.txt", "Ana"),
                                               ("Discussion WhatsApp avec Zoé.txt", "Zoé"), ("Conversa do WhatsApp com Rui.txt", "Rui")])
def test_the_name_of_the_file_says_with_whom(name: str, subject: str) -> None:
    _, read = reading("14/11/2024, 20:02 - Mo: hi\n14/11/2024, 20:03 - Dev: yes\n", f"d/{name}")
    assert read.subject == subject and read.conversation == f"whatsapp:d/{subject or name}"


def test_order_of_day_and_month_is_decided_by_the_whole_file_and_says_why() -> None:
    def at(*days: tuple[int, int, int], mark: str = "/", half: str = "") -> list[Written]:
        return [Written(d, mark, 10, 0, 0, half) for d in days]
    assert order_of(at((3, 4, 2025), (2, 25, 2025)))[0] == "mdy"
    assert order_of(at((3, 4, 2025), (25, 2, 2025))) == ("dmy", "a first part above 12 is a day")
    assert order_of(at((3, 3, 2025), (2, 4, 2025), (5, 4, 2025))) == ("dmy", "messages come in order of time")
    assert order_of(at((3, 3, 2025), (4, 2, 2025), (4, 5, 2025))) == ("mdy", "messages come in order of time")
    assert order_of(at((3, 4, 25), mark="."))[0] == "dmy" and order_of(at((2025, 4, 3)))[0] == "ymd"
    assert order_of(at((3, 4, 25), half="pm"))[0] == "mdy" and order_of(at((3, 4, 25)))[0] == "dmy"
    assert local(Written((31, 2, 2025), "/", 10, 0, 0), "dmy") == "", "a day that no calendar has is no day"


def test_irc_has_actions_notices_and_the_day_of_the_file_name_over_midnight() -> None:
    text = "[23:58] <ann> hi bob: look\n[23:59] <@bob> yes\n=== cy [~c@h] has joined #x\n[00:01] * ann waves\n[00:02] <ann> <b> & c\n"
    identified, read = reading(text, "logs/2004-11-15.txt")
    assert identified.format == "chat-txt" and read.text == text
    assert messages(read) == [("2004-11-15T23:58", "ann", "hi bob: look"), ("2004-11-15T23:59", "bob", "yes\n=== cy [~c@h] has joined #x"),
                              ("2004-11-16T00:01", "ann", "waves"), ("2004-11-16T00:02", "ann", "<b> & c")]


def test_days_named_in_a_log_count_before_the_name() -> None:
    _, read = reading("--- Log opened Mon Nov 15 12:00:00 2004\n12:18 <ann> x\n12:19 <bob> y\n--- Day changed Tue Nov 16 2004\n12:20 <ann> z\n", "l/x.log")
    assert [m[0] for m in messages(read)] == ["2004-11-15T12:18", "2004-11-15T12:19", "2004-11-16T12:20"]


@pytest.mark.parametrize("text", [
    "[00:00:01] Ann: hello\n[00:00:05] Bob: yes\n[00:01:02] Ann: well\n",
     "Ann Lee  0:01\nhello\n\nBob Ray  0:05\nyes\n\nAnn Lee  1:02\nwell\n\nBob Ray  1:09\nno\n"])
def test_transcripts_as_text_count_from_the_start(text: str) -> None:
    identified, read = reading(text, "calls/x.txt")
    assert identified.format == "transcript-txt" and [m[0] for m in messages(read)][:3] == ["00:00:01.000", "00:00:05.000", "00:01:02.000"]
    assert read.conversation == ""


def test_copied_chats_with_a_line_of_sender_and_time_are_read() -> None:
    text = ("Ann Lee, [02.12.2024 09:14]\nfirst\nmore\n\nBob Ray, [02.12.2024 09:15]\nsecond\n\nAnn Lee, [02.12.2024 09:16]\n"
            "third\n\nBob Ray, [02.12.2024 09:17]\nlast\n")
    identified, read = reading(text, "d/x.txt")
    assert identified.format == "chat-txt" and [m[:2] for m in messages(read)][:2] == [("2024-12-02T09:14", "Ann Lee"), ("2024-12-02T09:15", "Bob Ray")]
    assert messages(read)[0][2] == "first\nmore"


@pytest.mark.parametrize("text", [
    "2024-12-02 09:14:00 - INFO: started\n2024-12-02 09:14:01 - WARN: slow\n2024-12-02 09:14:02 - INFO: done\n",
     "Agenda\n09:00 Welcome: all\n10:00 Costs\n11:00 End\n",
    "30/12 Mon nil\n31/12 Tue 10:12 1 x letter\n", "Dear Ann,\n\nthe meeting is at 10:00. Please note: bring the list.\n\nBob\n", "a\n", "12:30\n"])
def test_logs_agendas_and_letters_are_no_chats(text: str) -> None:
    assert reading(text, "d/x.txt")[0].format == "txt"
