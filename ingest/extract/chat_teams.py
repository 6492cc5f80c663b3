"""Teams chats as JSON: messages of Microsoft Graph (`chatMessage`), alone, in lists and in pages of answers; and the personal export (messages.json)."""
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.chat_slack import folder_of
from ingest.extract.jsons import at, load, objects, text_of, unmarked
from ingest.extract.moments import basis_of, instant
from ingest.extract.turns import People, Turn, chat, line, shown_time

_NOT_SAID = frozenset({"message", "chatMessage", "text", "richtext/html", "text/html", "richtext", ""})


def _messages(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the messages in whatever they are wrapped, in order; replies behind what they answer."""
    if depth > 6:
        return
    if isinstance(value, list):
        for each in value:
            yield from _messages(each, depth + 1)
    elif isinstance(value, dict):
        if ("createdDateTime" in value and "body" in value) or "originalarrivaltime" in value:
            yield value
            yield from _messages(value.get("replies"), depth + 1)
        else:
            for inner in value.values():
                if isinstance(inner, list | dict):
                    yield from _messages(inner, depth + 1)


def _sender(message: dict[str, Any]) -> tuple[str, str, str]:
    """Return name, address and id of the sender: a person, an application, a device."""
    sent_by = message.get("from")
    if isinstance(sent_by, str):  # the personal export: "8:orgid:…", the name beside it
        return line(message.get("displayName") or sent_by, 200), "", sent_by
    for kind in ("user", "application", "device", "conversation"):
        who = at(sent_by, kind)
        if isinstance(who, dict):
            name = who.get("displayName") or who.get("userPrincipalName") or who.get("id")
            return line(name, 200), line(who.get("userPrincipalName") or who.get("email") or ""), line(who.get("id") or name)
    plain = at(sent_by, "emailAddress") or sent_by
    return line(at(plain, "name") or at(plain, "displayName") or "", 200), line(at(plain, "address") or at(plain, "email") or ""), ""


def _turn(message: dict[str, Any], people: People) -> Turn | None:
    name, address, who = _sender(message)
    written = message.get("createdDateTime") or message.get("originalarrivaltime")
    body = message.get("body")
    content = at(body, "content") if isinstance(body, dict) else body if body is not None else message.get("content")
    words = content if at(body, "contentType") == "text" and isinstance(content, str) else unmarked(content) if isinstance(content, str) else text_of(content)
    kind = str(message.get("messageType") or message.get("messagetype") or "")
    marks = [] if kind.lower() in _NOT_SAID or kind == "message" else [kind]
    if message.get("replyToId") and str(message["replyToId"]) != str(message.get("id")):
        marks.append(f"reply to {shown_time(instant(message['replyToId'])) or message['replyToId']}")
    if (gone := instant(message.get("deletedDateTime"))):
        marks.append(f"deleted {shown_time(gone)}")
    if (edited := instant(message.get("lastEditedDateTime"))):
        marks.append(f"edited {shown_time(edited)}")
    if message.get("importance") in ("high", "urgent"):
        marks.append(str(message["importance"]))
    notes = list(_notes(message))
    subject = message.get("subject")
    if isinstance(subject, str) and subject.strip():
        words = f"{subject.strip()}\n{words}"
    if not (words.strip() or notes or marks):
        return None
    if name:
        people.add(name, address, key=who)
    return Turn(words, name, instant(written), tuple(marks), tuple(notes), str(message.get("id") or ""))


def _notes(message: dict[str, Any]) -> Iterator[str]:
    for each in objects(message.get("attachments"))[:100]:
        name, link = each.get("name") or "", each.get("contentUrl") or ""
        about = ", ".join(str(v) for v in (each.get("contentType"), link) if v)
        if each.get("contentType") != "messageReference":
            yield f"attachment: {line(name) or 'unnamed'}" + (f" ({about})" if about else "")
        if isinstance(each.get("content"), str) and each["content"].strip():
            words = each["content"]
            yield text_of(words) if not words.lstrip().startswith("{") else f"card: {_card(words)}"
    event = message.get("eventDetail")
    if isinstance(event, dict):
        names = [line(m.get("displayName") or m.get("id")) for m in objects(event.get("members"))]
        topic = event.get("chatDisplayName") or event.get("teamDisplayName") or event.get("channelDisplayName") or ""
        yield f"event: {str(event.get('@odata.type') or '').rpartition('.')[2]} {', '.join(names)} {topic}".rstrip()
    shown = [f"{line(r.get('reactionType') or r.get('displayName'))} {line(at(r, 'user', 'user', 'displayName') or '')}".strip()
             for r in objects(message.get("reactions"))[:100]]
    if shown:
        yield f"reactions: {'; '.join(shown)}"


def _card(words: str) -> str:
    from ingest.extract.jsons import lines_about, parsed
    return "\n".join(lines_about(parsed(words) or {}))


def _read(work: Work) -> Iterator[Part]:
    value, note = load(work)
    people = People()
    found = list(_messages(value))
    if not found:
        raise CannotRead("damaged", "It holds no messages.")
    turns = [t for m in found if (t := _turn(m, people))]
    order = [t.at for t in turns]
    if all(order) and all(o[19:] == order[0][19:] for o in order):  # Graph gives the newest first
        turns.sort(key=lambda t: t.at)
    chats = list(dict.fromkeys(c for m in found if (c := _chat_of(m))))
    topic, listed = _about(value)
    for each in listed:
        people.add(each.get("displayName") or each.get("name"), each.get("email") or each.get("userPrincipalName"), "member",
                   each.get("userId") or each.get("id"))
    folder, _ = folder_of(work.given)
    conversation = f"teams:{chats[0]}" if len(chats) == 1 else f"teams:{folder}/{work.given.name}"
    written = [m.get("createdDateTime") or m.get("originalarrivaltime") for m in found]
    yield chat(turns, people=people, subject=topic, note=note, conversation=conversation,
               head=[f"Chat: {topic}"] if topic else [], basis=basis_of(written, [instant(w) for w in written]),
               metadata={"teams:chat": " ".join(chats[:20]), "teams:topic": topic})


def _chat_of(message: dict[str, Any]) -> str:
    channel = at(message, "channelIdentity", "channelId")
    in_team = f"{at(message, 'channelIdentity', 'teamId') or ''}/{channel}" if channel else ""
    return line(message.get("chatId") or in_team or message.get("conversationid") or "")


def _about(value: object) -> tuple[str, list[dict[str, Any]]]:
    """Return the topic of a chat and its members where the export wraps the messages into the chat."""
    if isinstance(value, dict):
        inner = objects(value.get("conversations"))
        own = at(inner[0], "displayName") if len(inner) == 1 else None
        topic = value.get("topic") or value.get("chatName") or value.get("title") or value.get("displayName") or own
        return line(topic or ""), objects(value.get("members") or value.get("participants"))
    return "", []


EXTRACTORS = (Extractor("chat-teams", "1", bids({"teams": 1.0}), _read),)
