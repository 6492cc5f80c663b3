"""What the lines above a quoted mail tell of it: who wrote it, when, about what and to whom, as far as they say so."""
from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.extract import headers
from ingest.extract.moments import DATE, TIME, local, order_of, written
from ingest.extract.quote_blocks import Block

_DAY, _CLOCK = re.compile(DATE), re.compile(TIME)
_HALF_AFTER = re.compile(r"[\s\u202f]*(?:([ap])\.?\s?m\b\.?)?", re.IGNORECASE)
_ZONED = re.compile(r"\d{1,2} \w{3} \d{4} \d{1,2}:\d\d(?::\d\d)? [+-]\d{4}")
_OF = re.compile(r"(?<=\w) (?:de|d['’]|of) (?=\w)|(?<=\d)(?:er|st|nd|rd|th)\b|(?<=\d)º", re.IGNORECASE)
_ADDRESS = re.compile(r"[<\[(]?(?:mailto:)?([\w.+'=/-]{1,100}@[\w.-]{1,200}\w)[>\])]?")
_VERB = re.compile(
    r"\b(?:wrote|writes|schrieb(?:en)?|hat (?:folgendes )?geschrieben|geschrieben|a écrit|a ecrit|escribi[oó]|ha escrito|ha scritto|schreef|heeft|"
    r"geschreven|skrev|escreveu|"
    r"napisał(?:\(a\)|a)?|napsal(?:\(a\)|a)?|kirjoitti|пишет|написал(?:\(а\)|а)?|писал(?:\(а\)|а)?|пользователь|yazdı|şunları|a scris|írta|έγραψε|đã viết|"
    r"Forwarded (?:message|by)|from|on behalf of)\b|写道|寫道|書きました|작성", re.IGNORECASE)
_WORDS = re.compile(
    r"^(?:On|Am|Le|El|Il(?: giorno)?|Op|Den|Em|Dnia|W dniu|Dne|At|In|På|um|at|à|a las|alle(?: ore)?|om|kl\.?|o godz\.?|às|Uhr|h|[ap]\.?m\.?|"
    r"Mon(?:day)?|Tue(?:s|sday)?|Wed(?:nesday)?|Thu(?:rs|rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?|Mo|Di|Mi|Do|Fr|Sa|So|\w+tag|Mittwoch|lun(?:di|"
    r"es|edì)?|mar(?:di|tes|tedì)?|"
    r"mer(?:credi|coledì)?|mi[eé](?:rcoles)?|jeu(?:di)?|jue(?:ves)?|ven(?:dredi|erdì)?|vie(?:rnes)?|sam(?:edi)?|s[aá]b(?:ado|ato)?|dim(?:anche)?|"
    r"dom(?:ingo|enica)?|gio(?:vedì)?|"
    r"ma|wo|vr|za|zo|le|the|UTC|GMT|CET|CEST|[ECMP][SD]T|[+-]\d{2}:?\d{2})(?=[\s.,;:]|$)[\s.,;:]*", re.IGNORECASE)
_NAME_MAX = 200


@dataclass(frozen=True, slots=True)
class Told:
    sender: str = ""
    date: str = ""
    subject: str = ""
    to: str = ""


def told(block: Block) -> Told:
    """Return what a block tells of the mail below it. `sender` is an address where one is told, else a name; `date` as `moment_in` gives it."""
    said = block.fields
    if said.get("from"):
        return Told(_person(said["from"]), moment_in(said.get("sent", ""))[0], said.get("subject", "")[:1000], said.get("to", "")[:2000])
    date, rest = moment_in(block.words)
    if block.words.lower().startswith("forwarded by"):
        return Told("", date) if not said else Told(_person(rest.split("<")[0]), date, said.get("subject", "")[:1000], said.get("to", "")[:2000])
    return Told(_person(_VERB.sub(" ", rest)), date, said.get("subject", "")[:1000], said.get("to", "")[:2000])


def moment_in(words: str) -> tuple[str, str]:
    """Return the day and time that words name as ISO 8601 ("" for none, a day alone where no time is told), and the words without them.

    The time is that of the clock of whoever quoted, without a zone unless it is written.  Of 03/04 the first number is the month where
    the clock has twelve hours, else the day.
    """
    words = " ".join(words[:LOOK_CHARS].split())
    zoned = _ZONED.search(words)
    if zoned and (at := headers.moment(zoned.group().encode())[0]):
        return at, words[:zoned.start()] + " " + words[zoned.end():]
    eased = _OF.sub(lambda m: " " * len(m.group()), words)
    eased = re.sub(r" {2,}", " ", eased) if "  " in eased else eased
    day = _DAY.search(eased)
    if day is None:
        return "", words
    clock = _CLOCK.search(eased, day.end(), day.end() + 40) or _CLOCK.search(eased, max(0, day.start() - 30), day.start())
    if clock is None:
        found = re.match(DATE + r"(?P<hour>)(?P<minute>)(?P<second>)", eased[day.start():])
        at = _day_alone(day)
        return at, eased[:day.start()] + " " + eased[day.end():] if at or found else eased
    half = _HALF_AFTER.match(eased, clock.end())
    mark = f"{half.group(1)}m" if half and half.group(1) else ""
    joined = re.fullmatch(rf"{DATE} {TIME}", f"{day.group()} {clock.group()}")
    when = written(joined, after=mark) if joined else None
    if when is None:
        return "", words
    at = local(when, order_of([when])[0])
    first, last = min(day.start(), clock.start()), max(day.end(), half.end() if half and mark else clock.end())
    return at, f"{eased[:first]} {eased[last:]}"


LOOK_CHARS = 600


def _day_alone(day: re.Match[str]) -> str:
    joined = re.fullmatch(rf"{DATE} {TIME}", f"{day.group()} 00:00")
    when = written(joined) if joined else None
    return local(when, order_of([when])[0])[:10] if when else ""


def _person(words: str) -> str:
    """Return an address in lower case where one is told, else a name."""
    found = _ADDRESS.search(words[:LOOK_CHARS])
    if found:
        return found.group(1).lower()
    bare = words.split("<")[0].split("[")[0] if words.split("<")[0].strip() else words
    bare = " ".join(bare.replace("*", " ").split()).strip(" ,;:.\"'()-/|")
    while (cut := _WORDS.sub("", bare).strip(" ,;:.\"'()-/|")) != bare:
        bare = cut
    return bare[:_NAME_MAX]
