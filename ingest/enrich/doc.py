"""One item as the rules of this package look at it: its text folded once, its own words apart from quoted ones, its head and its names."""
from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from archive.model.client import Client
from archive.model.extracted import Extracted, Identified, Passage
from ingest.enrich.fold import flowed, fold, words
from ingest.enrich.hints import known, mask_of
from ingest.enrich.shapes import chat_lines, data_shape
from ingest.given import Context, Given

Form = Literal["mail", "chat", "call", "table", "slides", "paper", "none"]

_TABLES = frozenset({"csv", "tsv", "xlsx", "xls", "ods", "xlsb"})
_SLIDES = frozenset({"pptx", "ppt", "odp"})
_MAILS = frozenset({"email", "eml", "msg", "message"})
_CALLS = frozenset({"vtt", "srt", "transcript", "call", "call_transcript", "webvtt"})
_CHATS = re.compile(r"chat|slack|teams|whatsapp|zendesk|intercom|ticket|messag|telegram|signal")
_DATA = frozenset({"json", "ndjson"})
_PLAIN = frozenset({"txt", "text", "md", "unknown"})
_TITLE_CHARS = 400
_HEAD_CHARS = 3000
_BREAKS = {ord("\n"): " ", ord("\t"): " ", ord("\f"): " "}
_REPLY = re.compile(r"^\s*(?:re|aw|sv|rv|antw|antwort|res|ref)\s?(?:\[\d+\])?:\s*", re.ASCII)
_FORWARD = re.compile(r"^\s*(?:fwd?|wg|tr|rv|reenv|i|enc)\s?:\s*", re.ASCII)


class Doc:
    """What was extracted and given for one item, with views that are computed once and when asked for."""

    def __init__(self, extracted: Extracted, identified: Identified, given: Given, context: Context) -> None:
        self.extracted, self.identified, self.given, self.context = extracted, identified, given, context
        self.text = extracted.text
        self._mask = self._mask_of_all = (-1, 0)        # with how many hints were known then

    @cached_property
    def form(self) -> Form:
        """What kind of thing it is by its format and by the segments that the reader found."""
        name = self.identified.format
        if self.extracted.mail is not None or name in _MAILS:
            return "mail"
        if name in _CALLS:
            return "call"
        if _CHATS.search(name):
            return "chat"
        turns = [s for s in self.extracted.segments[:40] if s.kind == "turn"]
        if turns and len(turns) * 2 >= min(len(self.extracted.segments), 40):
            return "chat" if any(t.at[:4].isdigit() and t.at[4:5] == "-" for t in turns) else "call"
        if name in _TABLES:
            return "table"
        if name in _DATA:
            return data_shape(self.text) or ("paper" if self.text.strip() else "none")
        if name in _PLAIN and chat_lines(self.text):
            return "chat"
        if name in _SLIDES:
            return "slides"
        return "paper" if self.text.strip() else "none"

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def flat(self) -> str:
        """The folded text with a blank for every line break, so that words can be looked for across lines; offsets hold."""
        return self.folded.translate(_BREAKS)

    @cached_property
    def said(self) -> str:
        """The folded text of what the sender wrote; quoted mails, signatures and disclaimers are blanks, so offsets hold."""
        return self._only(frozenset({"quoted", "signature", "disclaimer"}))

    @cached_property
    def unquoted(self) -> str:
        """The folded text without quoted mails and disclaimers, signatures included; offsets hold."""
        return self._only(frozenset({"quoted", "disclaimer"}))

    @cached_property
    def flow(self) -> str:
        """What the sender wrote, as `said`, with blanks where running text was wrapped; offsets hold."""
        return flowed(self.said)

    def _only(self, hidden: frozenset[str]) -> str:
        spans = [(s.start, s.end) for s in self.extracted.segments if s.kind in hidden]
        if not spans:
            return self.folded
        out, at = [], 0
        for start, end in sorted(spans):
            if start > at:
                out.append(self.folded[at:start])
            if end > at:
                out.append(" " * (end - max(start, at)))
                at = end
        out.append(self.folded[at:])
        return "".join(out)

    @cached_property
    def turns(self) -> list[str]:
        """The folded words of each message of a chat or call, without times and speakers; [] where no reader took it apart."""
        from ingest.extract.turns import said
        spans = (said(self.text, s) for s in self.extracted.segments if s.kind == "turn")
        return [self.folded[start:end] for start, end in spans]

    @cached_property
    def words(self) -> list[str]:
        """The words that the sender wrote, folded."""
        return words(self.said)

    @cached_property
    def all_words(self) -> list[str]:
        """All words of the text, folded."""
        return self.words if self.said is self.folded else words(self.folded)

    @cached_property
    def own_vocabulary(self) -> frozenset[str]:
        """The different words that the sender wrote, folded."""
        return frozenset(self.words)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The different words of the text, folded."""
        return self.own_vocabulary if self.said is self.folded else frozenset(self.all_words)

    @property
    def mask(self) -> int:
        """Which hints stand in what the sender wrote himself."""
        if self._mask[0] != known():
            self._mask = known(), mask_of(self.said)
        return self._mask[1]

    @property
    def mask_of_all(self) -> int:
        """Which hints stand in the whole text."""
        if self.said is self.folded:
            return self.mask
        if self._mask_of_all[0] != known():
            self._mask_of_all = known(), mask_of(self.folded)
        return self._mask_of_all[1]

    @cached_property
    def topics(self) -> dict[str, tuple[float, list[str]]]:
        """How much it speaks of each trail, and by which words."""
        from ingest.enrich.topics import topics_of
        return topics_of(self)

    @cached_property
    def subject(self) -> str:
        """The folded subject without reply and forward prefixes."""
        subject = fold(self.extracted.subject).strip()
        while True:
            cut = _REPLY.sub("", _FORWARD.sub("", subject))
            if cut == subject:
                return subject
            subject = cut

    @cached_property
    def is_reply(self) -> bool:
        """Whether the subject says that it answers, or it has an In-Reply-To and quotes; a forwarded message is no reply."""
        subject = fold(self.extracted.subject).strip()
        if _FORWARD.match(subject):
            return False
        return bool(_REPLY.match(subject))

    @cached_property
    def head(self) -> str:
        return self.said[:_HEAD_CHARS]

    @cached_property
    def title(self) -> str:
        """The folded first lines, up to about 400 characters; leading blank lines are kept so that offsets hold."""
        start = len(self.said) - len(self.said.lstrip())
        return self.said[:start + _TITLE_CHARS]

    @cached_property
    def name(self) -> str:
        """The folded file name without its ending; "" for a message in a mailbox, whose name is only an id."""
        name = self.given.name
        if name.startswith("<") and name.endswith((">", ">.eml")):
            return ""
        stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", name)
        return fold(stem)

    @cached_property
    def folders(self) -> tuple[str, ...]:
        """The folded names of the folders above it, outermost first."""
        return tuple(fold(p) for p in self.given.path.replace("\\", "/").split("/")[:-1] if p not in ("", ".", ".."))

    @property
    def clients(self) -> tuple[Client, ...]:
        return self.context.clients

    def passage(self, start: int, end: int) -> Passage:
        return self.extracted.passage(start, end)


def is_forward(subject: str) -> bool:
    """Say whether a subject tells that a mail passes on another."""
    return _FORWARD.match(fold(subject)) is not None
