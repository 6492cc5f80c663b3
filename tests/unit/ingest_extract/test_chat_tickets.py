"""Tickets of Zendesk and conversations of Intercom."""
from __future__ import annotations

from builders.readings import messages, reading

TICKET = {"ticket": {"id": 77, "url": "https://h.example/api/v2/tickets/77.json", "subject": "IVR down", "status": "closed", "requester_id": 1,
    "assignee_id": 2,
                     "custom_fields": [{"id": 9, "value": "ACC-88"}], "satisfaction_rating": {"score": "bad", "comment": "slow"}},
          "users": [{"id": 1, "name": "Kay", "email": "kay@c.example", "role": "end-user"}],
          "comments": [{"id": 5, "author_id": 1, "body": "it is down", "html_body": "<p>it is down</p>", "public": True, "created_at": "2023-03-27T17:02:10Z",
                        "via": {"channel": "email"}, "attachments": [{"file_name": "log.txt", "content_type": "text/plain",
                         "content_url": "https://h.example/log"}]},
                       {"id": 6, "author_id": 2, "html_body": "<p>exclude <b>both</b></p>", "public": False, "created_at": "2023-03-27T18:00:00Z"}]}


def test_a_ticket_has_comments_with_authors_notes_and_ratings() -> None:
    identified, read = reading(TICKET, "d/ticket_77.json")
    assert identified.format == "zendesk" and read.subject == "IVR down" and read.conversation == "zendesk:h.example/77"
    assert messages(read) == [("2023-03-27T17:02:10+00:00", "Kay", "it is down\n  attachment: log.txt (text/plain, https://h.example/log)"),
                              ("2023-03-27T18:00:00+00:00", "assignee 2", "exclude both")]
    assert "assignee 2 (internal note)" in read.text and "Kay (end-user, via email)" in read.text
    assert read.text.startswith("Ticket 77: IVR down\nstatus: closed")
    assert "custom_fields.value: ACC-88" in read.text and "satisfaction_rating.comment: slow" in read.text
    assert ("kay@c.example", "Kay") in [(p.address, p.name) for p in read.participants] and read.metadata["zendesk:satisfaction"] == "bad"


def test_comments_inside_the_ticket_and_several_tickets_are_read() -> None:
    inner = {"tickets": [{"id": n, "subject": f"s{n}", "requester_id": 1, "comments": [{"author_id": 1, "author": {"name": "Kay"}, "body": f"b{n}",
        "public": True}]}
                         for n in (1, 2)]}
    identified, read = reading(inner, "d/tickets.json")
    assert identified.format == "zendesk" and [m[2].split("\n")[0] for m in messages(read)] == ["b1", "b2"] and "Ticket 2: s2" in read.text
    assert read.conversation == "zendesk:d/tickets.json"


def test_a_conversation_has_source_parts_and_rating() -> None:
    value = {"type": "conversation", "id": "21", "created_at": 1710652800, "title": "seats", "state": "closed", "tags": {"tags": [{"name": "outage"}]},
             "source": {"delivered_as": "customer_initiated", "body": "<p>I try</p>", "author": {"type": "user", "name": "Ray", "email": "ray@m.example"}},
             "conversation_parts": {"conversation_parts": [
                 {"id": "a", "part_type": "comment", "body": "<p>Hi</p>", "created_at": 1710653200, "author": {"type": "admin", "name": "Grace"}},
                 {"id": "b", "part_type": "note", "body": "<p>check</p>", "created_at": 1710653300, "author": {"type": "bot", "name": "Fin"}},
                 {"id": "c", "part_type": "assignment", "body": None, "created_at": 1710653400, "author": {"type": "admin", "name": "Grace"},
                  "assigned_to": {"name": "Ops"}}]},
             "conversation_rating": {"rating": 2, "remark": "late"}}
    identified, read = reading(value, "d/conversation_21.json")
    assert identified.format == "intercom" and read.conversation == "intercom:21" and read.subject == "seats"
    assert messages(read)[:2] == [("2024-03-17T05:20:00+00:00", "Ray", "I try"), ("2024-03-17T05:26:40+00:00", "Grace", "Hi")]
    assert "Fin (bot, internal note): check" in read.text and "Grace (admin, assignment): assigned to Ops" in read.text
    assert read.text.endswith("conversation_rating.rating: 2\nconversation_rating.remark: late") and "outage" in read.text.split("\n\n")[0]
    assert read.participants[0].address == "ray@m.example" and read.metadata["intercom:rating"] == "2"
