"""Chats and calls told by their structure: exports in JSON by the names of their fields, in HTML and text by lines with a sender and a time.

Nothing is taken for a chat that lacks sender, time and words (or, in a list that is named so, two of the three).
"""
from __future__ import annotations

import re

from ingest.extract.message_words import CALLS, LISTS, OPINIONS, SAID, WHEN, WHO, plain
from ingest.extract.text import decode
from ingest.identify.outline import Outline, outline

HEAD_BYTES = 1 << 16
WHOLE_BYTES = 2 << 20
MORE = "more"

_SLACK_TIME = re.compile(r"\d{10}\.\d{6}")
_SLACK_ID = re.compile(r"[UWCGDB][A-Z0-9]{3,}")
_LINES_FORMATS = frozenset({"txt", "md"})


def chat_format(head: bytes, found: str, whole: bool, name: str = "") -> str:
    """Return the format of a chat or call in an item whose bytes were found to be `found`; "" when they are no chat.

    `head` is its beginning, `whole` says that there is no more.  MORE asks to be called again with up to WHOLE_BYTES.
    """
    start = head[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if found in ("json", "ndjson", "txt") and (start in (b"{", b"[") or head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        text = decode(head)[0].lstrip("\ufeff \t\n")
        format_name = json_format(text)
        if not format_name and not whole and len(head) < WHOLE_BYTES and found != "ndjson" and text[:1] in ("{", "["):
            return MORE
        if format_name or text[:1] == "{":
            return format_name
    if found == "html":
        from ingest.extract.chat_html import is_chat
        return "chat-html" if is_chat(head) else ""
    if found in ("csv", "tsv"):
        from ingest.extract.chat_table import is_chat_table
        return f"chat-{found}" if is_chat_table(decode(head)[0], found) else ""
    if found in _LINES_FORMATS:
        if head.startswith(b"token|speaker|ts|"):
            return "transcript-tokens"
        from ingest.extract.chat_lines import lines_format
        return lines_format(decode(head[:HEAD_BYTES])[0], name)
    return ""


def json_format(text: str) -> str:
    """Return which export a JSON text (or its beginning) is: `slack`, `export-list`, `teams`, `zendesk`, `intercom`, `transcript`, `chat-json`,

    `chat-ndjson`, or "".
    """
    seen = outline(text)
    if not seen:
        return ""
    for name, test in (("slack", _slack), ("export-list", _slack_list), ("teams", _teams), ("intercom", _intercom), ("zendesk", _zendesk)):
        if test(seen):
            return name
    kind = _generic(seen)
    if kind and text[:1] == "{" and "\n{" in text.replace("\r", "") and _lines_of_objects(text):
        return "chat-ndjson"
    return kind


def _lines_of_objects(text: str) -> bool:
    first = text.split("\n", 1)[0].rstrip()
    return first.startswith("{") and first.endswith("}")


def _slack(seen: Outline) -> bool:
    for at in ("[]", "messages[]"):
        if _SLACK_TIME.fullmatch(seen.get(f"{at}.ts", "")) and (f"{at}.text" in seen or f"{at}.subtype" in seen or f"{at}.type" in seen):
            return True
    return False


def _slack_list(seen: Outline) -> bool:
    if not _SLACK_ID.fullmatch(seen.get("[].id", "")):
        return False
    return ("[].profile" in seen and "[].name" in seen) or ("[].members[]" in seen and ("[].created" in seen or "[].creator" in seen))


def _teams(seen: Outline) -> bool:
    for path in seen:
        at = path.removesuffix("createdDateTime")
        if at != path and f"{at}body.content" in seen and (f"{at}from.user" in seen or f"{at}messageType" in seen or f"{at}from" in seen):
            return True
        at = path.removesuffix("originalarrivaltime")
        if at != path and f"{at}content" in seen and f"{at}messagetype" in seen:
            return True
    return False


def _intercom(seen: Outline) -> bool:
    return any(path.endswith(("conversation_parts.conversation_parts[].part_type", "conversation_parts[].part_type",
                              "conversation_parts.conversation_parts[].body")) for path in seen) \
        or (any(path.endswith("conversation_parts.conversation_parts") for path in seen) and any(path.endswith("source.body") for path in seen))


def _zendesk(seen: Outline) -> bool:
    for path in seen:
        at = path.removesuffix("comments[].author_id")
        if at != path and (f"{at}comments[].public" in seen or f"{at}comments[].html_body" in seen or f"{at}comments[].plain_body" in seen) \
                and (f"{at}ticket" in seen or f"{at}requester_id" in seen or f"{at}subject" in seen or f"{at}id" in seen or f"{at}ticket.id" in seen
                     or at.endswith("ticket.")):
            return True
    return False


def _generic(seen: Outline) -> str:
    """Return `transcript`, `chat-json` or "" by the names that stand side by side in a list of objects."""
    groups: dict[str, set[str]] = {}
    for path in seen:
        before, _, name = path.rpartition(".")
        groups.setdefault(before, set()).add(plain(name))
    names = {plain(path.rpartition(".")[2].removesuffix("[]")) for path in seen}
    for at, fields in groups.items():
        last = plain(at.removesuffix("[]").rpartition(".")[2])
        in_list = at.endswith("[]") or at == "" or last in LISTS
        if not in_list or not _message_like(fields, last):
            continue
        if at == "" and not {"conversation id", "chat id", "thread id", "message id", "channel"} & fields and not _has_all(fields):
            continue
        if fields & OPINIONS and last not in LISTS:
            continue
        return "transcript" if names & CALLS else "chat-json"
    if any(path.endswith("[][]") and plain(path.removesuffix("[][]").rpartition(".")[2]) in LISTS and value for path, value in seen.items()):
        return "chat-json"
    return ""


def _has_all(fields: set[str]) -> bool:
    return bool(fields & set(SAID)) and bool(fields & set(WHO)) and bool(fields & set(WHEN))


def _message_like(fields: set[str], name: str) -> bool:
    said, who, when = fields & set(SAID), fields & set(WHO), fields & set(WHEN)
    if not said:
        return False
    if who and when:
        return bool(who - when) and bool(said - who)
    return name in LISTS and bool(who or ({"start", "end"} <= fields) or {"start time", "end time"} <= fields)
