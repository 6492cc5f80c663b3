"""Calendars (iCalendar) and contacts (vCard) as readable text with people and times."""
from __future__ import annotations

from builders.readings import reading

from archive.model.extracted import Child
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.identify import identify

INVITATION = """BEGIN:VCALENDAR\r
METHOD:REQUEST\r
BEGIN:VTIMEZONE\r
TZID:Europe/London\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
UID:u1@x.example\r
DTSTART;TZID=Europe/London:20250616T140000\r
DTEND;TZID="W. Europe Standard Time":20250616T150000\r
SUMMARY;LANGUAGE=en:Exit planning\\, part 2\r
ORGANIZER;CN="Doe; Karen":MAILTO:Karen@x.example\r
ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=DECLINED;CN=Tim:mailto:tim@c.examp\r
 le\r
DESCRIPTION:First line\\nsecond\\; line\r
RRULE:FREQ=WEEKLY;COUNT=3\r
ATTACH;FILENAME=a.txt;ENCODING=BASE64;VALUE=BINARY:aGVsbG8=\r
BEGIN:VALARM\r
DESCRIPTION:Reminder\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_an_invitation_says_when_who_and_what() -> None:
    identified, read = reading(INVITATION, "m/invite.ics")
    assert identified.format == "ics" and read.text == (
        "Meeting request: Exit planning, part 2\nStart: 2025-06-16 14:00:00 Europe/London (2025-06-16T14:00:00+01:00)\n"
        "End: 2025-06-16 15:00:00 W. Europe Standard Time\nRepeats: FREQ=WEEKLY;COUNT=3\nOrganizer: Doe; Karen <Karen@x.example>\n"
        "Attendee: Tim <tim@c.example> (optional, declined)\nAttached: a.txt\nDescription: First line\n  second; line")
    assert read.subject == "Exit planning, part 2"
    assert read.metadata["ics:uid"] == "u1@x.example" and read.metadata["ics:dtstart"] == "2025-06-16T14:00:00+01:00"
    assert {p.address for p in read.participants} == {"karen@x.example", "tim@c.example"}


def test_what_is_attached_in_the_file_is_a_child() -> None:
    content, given = Content(data=INVITATION.encode()), Given("invite.ics")
    members, _ = read_whole(Work(content, identify(content, given), given, Limits()))
    assert [(m.inner, m.content) for m in members if isinstance(m, Child)] == [("a.txt", b"hello")]


def test_cancellations_tasks_and_days_are_told() -> None:
    text = INVITATION.replace("METHOD:REQUEST", "METHOD:CANCEL")
    assert reading(text, "c.ics")[1].text.startswith("Meeting cancelled: Exit")
    _, read = reading("BEGIN:VCALENDAR\nX-WR-CALNAME:Holidays\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20161225\nSUMMARY:Christmas\n"
                      "END:VEVENT\n"
                      "BEGIN:VTODO\nDUE:19980415T235959\nSUMMARY:Taxes\nEND:VTODO\n", "h.ics")
    assert read.text == "Calendar: Holidays\n\nEvent: Christmas\nStart: 2016-12-25\n\nTask: Taxes\nDue: 1998-04-15 23:59:59" and len(read.segments) == 2
    assert [read.text[s.start:s.end].split(":")[0] for s in read.segments] == ["Event", "Task"] and read.subject == "Holidays"


def test_contacts_of_all_versions_are_people() -> None:
    text = ("BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:D=C3=B6e;J=\r\nane\r\nEMAIL;PREF;INTERNET:Jane@x.example\r\n"
            "PHOTO;ENCODING=BASE64:\r\n /9j/4AAQ\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\n"
            "FN:Bob Ray\r\nORG:Acme\\, Inc;Sales\r\nitem1.TEL;TYPE=\"work,voice\":+1 2\r\nNOTE:a\\nb\r\nEND:VCARD\r\n")
    identified, read = reading(text, "c/all.vcf")
    assert identified.format == "vcf" and read.text == (
        "Jane Döe\nE-mail (pref): Jane@x.example\n\nBob Ray\nOrganisation: Acme, Inc, Sales\nPhone (work, voice): +1 2\nNote: a\n  b")
    assert [(p.role, p.address, p.name) for p in read.participants] == [("member", "jane@x.example", "Jane Döe"), ("member", "", "Bob Ray")]


def test_what_is_no_calendar_is_read_as_text() -> None:
    _, read = reading("nothing here", "x.ics")
    assert read.extractor.startswith("text/") and read.text == "nothing here"
