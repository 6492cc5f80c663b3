"""Slack exports: a file a channel and day, messages as Slack's API gives them (conversations.history), users and channels as lists beside them.

Names come from the list of users in the same export, else from what the messages say of their senders (`user_profile`), else the id
stands.  Replies, edits, deletions, files, reactions and the formats of `mrkdwn` (links, mentions, entities) are written out.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from archive.model.extracted import Extracted
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.jsons import at, lines_about, load, objects, text_of
from ingest.extract.moments import instant
from ingest.extract.turns import People, Turn, chat, line, shown_time
from ingest.given import Given

_ANGLE = re.compile(r"<([^<>\n]{1,4000})>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))
_SYSTEM = {"channel_join": "joined", "group_join": "joined", "channel_leave": "left", "group_leave": "left", "tombstone": "deleted",
           "message_deleted": "deleted", "bot_message": "bot", "file_comment": "comment on a file", "me_message": "action",
           "thread_broadcast": "also in the channel"}
_FILES_MAX = 100


def folder_of(given: Given) -> tuple[str, str]:
    """Return the path of the folder in which an item lies (inside its archive, where it lies in one) and the name of that folder."""
    whole = given.path if given.inner is None else f"{given.path}#{given.inner}"
    inside = PurePosixPath((given.path if given.inner is None else given.inner.rpartition("#")[2]).replace("\\", "/")).parent
    return whole.replace("\\", "/").rpartition("/")[0], "" if inside.name in (".", "..") else inside.name


class _Names:
    """Who is meant by an id: the list beside the export first, then what messages say of their senders."""

    def __init__(self, given: Given, messages: list[dict[str, Any]]) -> None:
        self._by_id: dict[str, tuple[str, str]] = {}
        for message in messages:
            profile, user = message.get("user_profile"), message.get("user")
            if isinstance(profile, dict) and isinstance(user, str):
                name = profile.get("real_name") or profile.get("display_name") or profile.get("name")
                if name:
                    self._by_id[user] = (line(name, 200), line(profile.get("email") or ""))
        for user, name, address in given.people:
            self._by_id[user] = (name, address)

    def of(self, user: str) -> tuple[str, str]:
        return self._by_id.get(user, (user, ""))


def words_of(text: str, names: _Names) -> str:
    """Return `mrkdwn` as people see it: `<url|label>` as `label (url)`, mentions by name, entities undone."""
    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target.startswith("@"):
            return f"@{names.of(target[1:])[0] if target[1:] != names.of(target[1:])[0] or not label else label.lstrip('@')}"
        if target.startswith("#"):
            return f"#{label or target[1:]}"
        if target.startswith("!"):
            return label or f"@{target[1:].partition('^')[0]}"
        return f"{label} ({target.removeprefix('mailto:')})" if label and label != target.removeprefix("mailto:") else target.removeprefix("mailto:")
    text = _ANGLE.sub(shown, text)
    for entity, mark in _ENTITIES:
        text = text.replace(entity, mark)
    return text


def _blocks(value: object, depth: int = 0) -> str:
    """Return the words in the blocks of a message, for one that has no text of its own."""
    if depth > 8:
        return ""
    if isinstance(value, list):
        return "".join(_blocks(each, depth + 1) for each in value[:500])
    if not isinstance(value, dict):
        return ""
    kind = value.get("type")
    if kind in ("user", "link", "emoji", "channel"):
        return {"user": f"<@{value.get('user_id')}>", "emoji": f":{value.get('name')}:", "channel": f"<#{value.get('channel_id')}>"}.get(
            str(kind), str(value.get("text") or value.get("url") or ""))
    words = value.get("text")
    own = _blocks(words, depth + 1) if isinstance(words, dict) else words if isinstance(words, str) else ""
    inner = "".join(_blocks(value.get(key), depth + 1) for key in ("elements", "fields"))
    return own + inner + ("\n" if kind in ("section", "header", "context", "rich_text_section", "rich_text_quote") else "")


def _turn(message: dict[str, Any], names: _Names, people: People, basis: dict[str, str]) -> Turn | None:
    stamp = str(message.get("ts") or "")
    subtype = str(message.get("subtype") or "")
    inner = message.get("message") if subtype == "message_changed" else message.get("previous_message") if subtype == "message_deleted" else None
    if isinstance(inner, dict):
        message = inner | {k: v for k, v in message.items() if k not in ("message", "previous_message")}
    user = str(message.get("user") or message.get("bot_id") or "")
    name, address = names.of(user)
    if name == user:
        name = line(at(message, "bot_profile", "name") or message.get("username") or name)
    text = message.get("text")
    said = words_of(text if isinstance(text, str) and text.strip() else _blocks(message.get("blocks")), names)
    marks = [_SYSTEM.get(subtype, subtype.replace("_", " "))] if subtype else []
    if not subtype and message.get("bot_id"):
        marks.append("bot")
    thread = str(message.get("thread_ts") or "")
    if thread and thread != stamp:
        marks.append(f"reply to {shown_time(instant(thread)) or thread}")
    if isinstance(message.get("edited"), dict) or subtype == "message_changed":
        when = shown_time(instant(at(message, "edited", "ts")))
        marks = [m for m in marks if m != "message changed"] + [f"edited {when}" if when else "edited"]
    notes = [*_attachments(message, names), *_files(message), *_reactions(message, names)]
    if not (said.strip() or notes or subtype):
        return None
    if name:
        people.add(name, address, key=user)
    return Turn(said, name, instant(stamp), tuple(m for m in marks if m), tuple(notes), stamp)


def _attachments(message: dict[str, Any], names: _Names) -> Iterator[str]:
    for each in objects(message.get("attachments"))[:_FILES_MAX]:
        parts = [each.get(k) for k in ("pretext", "author_name", "title", "text")] + [
            f"{f.get('title') or ''}: {f.get('value') or ''}" for f in objects(each.get("fields"))]
        said = " | ".join(words_of(str(p), names) for p in parts if p and str(p).strip())
        said = said or words_of(str(each.get("fallback") or ""), names) or _blocks(each.get("blocks"))
        link = each.get("title_link") or each.get("from_url")
        if said.strip() or link:
            yield f"attachment: {said}" + (f" ({link})" if link else "")


def _files(message: dict[str, Any]) -> Iterator[str]:
    listed = objects(message.get("files")) or objects([message.get("file")])
    for each in listed[:_FILES_MAX]:
        name = each.get("name") or each.get("title") or each.get("id") or "file"
        about = [str(v) for v in (each.get("mimetype"), f"{each['size']} bytes" if each.get("size") else None,
                                  each.get("url_private") or each.get("permalink")) if v]
        gone = " deleted" if each.get("mode") == "tombstone" else ""
        yield f"file{gone}: {line(name)}" + (f" ({', '.join(about)})" if about else "")
        preview = each.get("plain_text") or each.get("preview_plain_text") or each.get("preview") or at(each, "initial_comment", "comment")
        if isinstance(preview, str) and preview.strip() and "<" not in preview[:1]:
            yield preview


def _reactions(message: dict[str, Any], names: _Names) -> Iterator[str]:
    shown = []
    for each in objects(message.get("reactions"))[:_FILES_MAX]:
        users = each.get("users")
        who = ", ".join(names.of(str(u))[0] for u in users[:50]) if isinstance(users, list) else ""
        shown.append(f":{line(each.get('name'), 80)}: {who or each.get('count') or ''}".strip())
    if shown:
        yield f"reactions: {'; '.join(shown)}"


def _read(work: Work) -> Iterator[Part]:
    value, note = load(work)
    wrapped = value if isinstance(value, dict) else {}
    messages = objects(wrapped.get("messages") if wrapped else value)
    if not messages:
        raise CannotRead("damaged", "It holds no list of messages.")
    names, people = _Names(work.given, messages), People()
    turns = [t for m in messages if (t := _turn(m, names, people, {}))]
    turns.sort(key=lambda t: float(t.id) if re.fullmatch(r"\d{1,12}(?:\.\d{1,9})?", t.id) else 0.0)
    folder, channel = folder_of(work.given)
    given_channel = line(text_of(wrapped.get("name") or at(wrapped, "channel_info", "name") or at(wrapped, "channel", "name") or wrapped.get("channel") or ""))
    channel = given_channel or channel
    team = next((str(m["team"]) for m in messages if isinstance(m.get("team"), str)), "")
    rest = lines_about(wrapped, frozenset({"messages"})) if wrapped else []
    private = re.fullmatch(r"[DG][A-Z0-9]{6,}|mpdm-.+", channel)
    yield chat(turns, head=rest, people=people, subject=channel if private or not channel else f"#{channel.lstrip('#')}", note=note,
               metadata={"slack:channel": channel, "slack:team": team, "slack:export": folder, "slack:names": _names_basis(work.given, messages)},
               conversation=f"slack:{folder}" + (f"/{given_channel}" if given_channel else ""), basis="counted in seconds since 1970, shown in UTC")


def _names_basis(given: Given, messages: list[dict[str, Any]]) -> str:
    if given.people:
        return "users.json of the export"
    return "user_profile of the messages" if any("user_profile" in m for m in messages) else "none: ids as they stand"


def _list(work: Work) -> Iterator[Part]:
    """The lists of an export (users, channels, direct messages): an entry a paragraph, people as members."""
    value, note = load(work)
    entries = objects(value)
    if not entries:
        raise CannotRead("damaged", "It holds no list.")
    people, paragraphs = People(), list[str]()
    for entry in entries:
        profile = entry.get("profile") if isinstance(entry.get("profile"), dict) else {}
        if profile:
            people.add(entry.get("real_name") or at(profile, "real_name") or entry.get("name"), at(profile, "email"), "member", entry.get("id"))
        paragraphs.append("\n".join(each.replace("\n", "\n  ") for each in lines_about(entry, _PICTURES)))
    yield Extracted(Done(note), text="\n\n".join(paragraphs), participants=people.all(), subject=work.given.name,
                    metadata={"export:entries": str(len(entries))})


_PICTURES = frozenset({*(f"image_{n}" for n in (24, 32, 48, 72, 192, 512, 1024, "original")), "avatar_hash", "color"})

EXTRACTORS = (Extractor("chat-slack", "1", bids({"slack": 1.0}), _read), Extractor("export-list", "1", bids({"export-list": 1.0}), _list))
