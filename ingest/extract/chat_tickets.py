"""Tickets of Zendesk (ticket with comments) and conversations of Intercom (source with conversation parts), one or several in a file."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.chat_slack import folder_of
from ingest.extract.jsons import at, lines_about, load, objects, text_of, unmarked
from ingest.extract.moments import basis_of, instant
from ingest.extract.turns import People, Turn, chat, line

_TICKET_SKIP = frozenset({"comments", "users", "subject", "raw_subject", "audits", "url", "created_at", "updated_at", "id", "requester",
                          "submitter", "assignee", "requester_id", "submitter_id", "assignee_id", "allow_channelback",
                          "brand_id", "generated_timestamp", "description", "fields"})


def _tickets(value: object, depth: int = 0) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield (ticket, what wraps it) for every ticket that has comments, in or beside it."""
    if depth > 4:
        return
    if isinstance(value, list):
        for each in value:
            yield from _tickets(each, depth + 1)
    elif isinstance(value, dict):
        inner = value.get("ticket")
        if isinstance(inner, dict) and (value.get("comments") is not None or inner.get("comments") is not None):
            yield inner, value
        elif isinstance(value.get("comments"), list):
            yield value, value
        else:
            for each in value.values():
                if isinstance(each, list | dict):
                    yield from _tickets(each, depth + 1)


def _zendesk(work: Work) -> Iterator[Part]:
    value, note = load(work)
    people, head, turns, written = People(), list[str](), list[Turn](), list[object]()
    ids, subject, hosts, about = list[str](), "", list[str](), dict[str, str]()
    for ticket, around in _tickets(value):
        users = {str(u.get("id")): u for u in (*objects(around.get("users")), *objects(at(value, "users")))}
        number = line(ticket.get("id") or "")
        ids.append(number)
        title = line(ticket.get("subject") or ticket.get("raw_subject") or "", 500)
        subject = subject or title
        hosts.append(urlsplit(line(ticket.get("url") or "")).netloc)
        start = len(turns)
        for comment in objects(ticket.get("comments") if ticket.get("comments") is not None else around.get("comments")):
            turns.append(_comment(comment, ticket, users, people))
            written.append(comment.get("created_at"))
        lines = [f"Ticket {number}: {title}".rstrip(": "), *lines_about({k: v for k, v in ticket.items() if not k.endswith("_id")}, _TICKET_SKIP)]
        if around is not ticket:
            lines += lines_about(around, _TICKET_SKIP | {"ticket"})
        described = text_of(ticket.get("description"))
        if described.strip() and not any(described.strip() == t.words.strip() for t in turns[start:]):
            lines.append(f"description: {described.strip()}")
        if len(ids) > 1 and len(turns) > start:
            turns[start] = _headed(turns[start], lines)
        else:
            head += lines
        for name in ("status", "priority", "created_at"):
            if ticket.get(name) and len(ids) == 1:
                about[f"zendesk:{name}"] = line(ticket[name])
        score = at(ticket, "satisfaction_rating", "score")
        if score and len(ids) == 1:
            about["zendesk:satisfaction"] = line(score)
    if not ids:
        raise CannotRead("damaged", "It holds no ticket with comments.")
    conversation = f"zendesk:{hosts[0]}/{ids[0]}" if len(ids) == 1 and ids[0] else _by_place(work, "zendesk")
    yield chat(turns, head=head, people=people, subject=subject, note=note, conversation=conversation,
               basis=basis_of(written, [instant(w) for w in written]), metadata={"zendesk:ticket": " ".join(ids[:50])} | about)


def _headed(turn: Turn, lines: list[str]) -> Turn:
    return Turn("\n".join([turn.words, *lines]), turn.speaker, turn.at, turn.marks, turn.notes, turn.id)


def _comment(comment: dict[str, Any], ticket: dict[str, Any], users: dict[str, dict[str, Any]], people: People) -> Turn:
    author = line(comment.get("author_id") or at(comment, "author", "id") or "")
    user = comment["author"] if isinstance(comment.get("author"), dict) else users.get(author, {})
    role = next((r for r in ("requester", "assignee", "submitter") if author and line(ticket.get(f"{r}_id") or at(ticket, r, "id") or "") == author), "")
    mail = at(comment, "via", "source", "from")
    name = line(user.get("name") or at(comment, "metadata", "author_name") or (at(mail, "name") if role == "requester" or not role else "")
                or (at(ticket, role, "name") if role else "") or "")
    address = line(user.get("email") or (at(mail, "address") if name and at(mail, "name") == name else "") or (at(ticket, role, "email") if role else "") or "")
    name = name or (f"{role or 'author'} {author}".strip() if author or role else line(comment.get("author") or ""))
    marks = [str(user["role"])] if user.get("role") else [role] if role and not name.startswith(role) else []
    if comment.get("public") is False:
        marks.append("internal note")
    channel = at(comment, "via", "channel")
    if isinstance(channel, str) and channel:
        marks.append(f"via {channel}")
    words = comment.get("plain_body") or comment.get("body")
    shown = unmarked(words) if isinstance(words, str) and words.strip() else text_of(comment.get("html_body") or comment.get("value") or "")
    notes = [_attachment(a, "file_name", "content_url") for a in objects(comment.get("attachments"))[:100]]
    if name:
        people.add(name, address, key=author)
    return Turn(shown, name, instant(comment.get("created_at")), tuple(marks), tuple(notes), line(comment.get("id") or ""))


# ---------------------------------------------------------------- Intercom

_PART_SKIP = frozenset({"source", "conversation_parts", "statistics", "id", "created_at", "updated_at", "waiting_since", "type", "title", "teammates",
                        "contacts", "first_contact_reply", "linked_objects", "sla_applied", "admin_assignee_id",
                        "team_assignee_id", "redacted", "conversation_rating"})


def _conversations(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for each in value:
            yield from _conversations(each, depth + 1)
    elif isinstance(value, dict):
        if "conversation_parts" in value:
            yield value
        else:
            for each in value.values():
                if isinstance(each, list | dict):
                    yield from _conversations(each, depth + 1)


def _intercom(work: Work) -> Iterator[Part]:
    value, note = load(work)
    people, head, tail, turns, written, ids, subject = People(), list[str](), list[str](), list[Turn](), list[object](), list[str](), ""
    about: dict[str, str] = {}
    for talk in _conversations(value):
        number = line(talk.get("id") or "")
        ids.append(number)
        source = talk["source"] if isinstance(talk.get("source"), dict) else {}
        title = line(talk.get("title") or text_of(source.get("subject") or "") or "", 500)
        subject = subject or title
        parts = objects(at(talk, "conversation_parts", "conversation_parts") or talk.get("conversation_parts"))
        start = len(turns)
        if source:
            turns.append(_part(source | {"created_at": source.get("created_at") or talk.get("created_at")}, people))
            written.append(talk.get("created_at"))
        for part in parts:
            turns.append(_part(part, people))
            written.append(part.get("created_at"))
        for contact in objects(at(talk, "contacts", "contacts") or talk.get("contacts")):
            people.add(contact.get("name"), contact.get("email"), "member", contact.get("id"))
        lines = [f"Conversation {number}: {title}".rstrip(": "), *lines_about(talk, _PART_SKIP)]
        rating = talk.get("conversation_rating")
        rated = lines_about({"conversation_rating": rating}, frozenset({"created_at", "contact", "teammate", "type"})) if rating else []
        if len(ids) > 1 and len(turns) > start:
            turns[start] = _headed(turns[start], lines + rated)
        else:
            head, tail = head + lines, tail + rated
        if len(ids) == 1:
            about |= {"intercom:state": line(talk.get("state") or ""), "intercom:rating": line(at(rating, "rating") or "")}
    if not ids:
        raise CannotRead("damaged", "It holds no conversation.")
    conversation = f"intercom:{ids[0]}" if len(ids) == 1 and ids[0] else _by_place(work, "intercom")
    yield chat(turns, head=head, tail=tail, people=people, subject=subject, note=note, conversation=conversation,
               basis=basis_of(written, [instant(w) for w in written]), metadata={"intercom:conversation": " ".join(ids[:50])} | about)


def _part(part: dict[str, Any], people: People) -> Turn:
    author = part["author"] if isinstance(part.get("author"), dict) else {}
    role = line(author.get("type") or "", 60)
    name = line(author.get("name") or author.get("email") or role, 200)
    if name:
        people.add(name, author.get("email"), key=author.get("id") or "")
    kind = str(part.get("part_type") or part.get("delivered_as") or "")
    marks = [role] if role and role != name else []
    if kind == "note":
        marks.append("internal note")
    elif kind not in ("", "comment", "customer_initiated", "conversation", "email"):
        marks.append(kind.replace("_", " "))
    subject, body = text_of(part.get("subject") or ""), text_of(part.get("body") or "")
    words = f"{subject}\n{body}" if subject.strip() and part.get("delivered_as") else body
    notes = [_attachment(a, "name", "url") for a in objects(part.get("attachments"))[:100]]
    assigned = at(part, "assigned_to", "name") or at(part, "assigned_to", "id")
    if assigned:
        notes.append(f"assigned to {line(assigned)}")
    return Turn(words, name, instant(part.get("created_at")), tuple(marks), tuple(notes), line(part.get("id") or ""))


def _attachment(each: dict[str, Any], name: str, link: str) -> str:
    about = ", ".join(str(v) for v in (each.get("content_type"), each.get(link)) if v)
    return f"attachment: {line(each.get(name) or each.get('name') or 'file')}" + (f" ({about})" if about else "")


def _by_place(work: Work, system: str) -> str:
    folder, _ = folder_of(work.given)
    return f"{system}:{folder}/{work.given.name}"


EXTRACTORS = (Extractor("chat-zendesk", "1", bids({"zendesk": 1.0}), _zendesk), Extractor("chat-intercom", "1", bids({"intercom": 1.0}), _intercom))
