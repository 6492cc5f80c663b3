"""Transcripts as tables of tokens (`token|speaker|ts|endTs|punctuation|case|tags…`, as speech recognition is scored with): joined to utterances."""
from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.moments import clock
from ingest.extract.text import decode
from ingest.extract.turns import Turn, chat

_ENDS = frozenset(".?!")
_LONG_WORDS = 120


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    lines = text.split("\n")
    names = lines[0].split("|")
    try:
        token, speaker, mark = names.index("token"), names.index("speaker"), names.index("punctuation") if "punctuation" in names else -1
    except ValueError as error:
        raise CannotRead("damaged", "It has no columns for token and speaker.") from error
    time = names.index("ts") if "ts" in names else -1
    turns, who, at, words = list[Turn](), "", "", list[str]()

    def finish() -> None:
        if words:
            turns.append(Turn(" ".join(words), f"Speaker {who}" if who else "", at))
        words.clear()

    for each in lines[1:]:
        fields = each.split("|")
        if len(fields) <= max(token, speaker) or not fields[token]:
            continue
        if fields[speaker] != who or (len(words) >= _LONG_WORDS and words[-1][-1:] in _ENDS):
            finish()
            who, at = fields[speaker], _time(fields[time]) if 0 <= time < len(fields) else ""
        words.append(fields[token] + (fields[mark] if 0 <= mark < len(fields) else ""))
    finish()
    yield chat(turns, basis="counted from the start of the recording" if any(t.at for t in turns) else "",
               metadata={"charset": charset, "transcript:tokens": str(len(lines) - 1)})


def _time(value: str) -> str:
    try:
        return clock(float(value)) if value and float(value) < 1e8 else ""
    except ValueError:
        return ""


EXTRACTORS = (Extractor("transcript-tokens", "1", bids({"transcript-tokens": 1.0}), _read),)
