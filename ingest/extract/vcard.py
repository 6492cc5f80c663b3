"""Contacts (vCard 2.1, 3.0 and 4.0, RFC 6350): a paragraph a card, its person a member with address. Pictures, sounds and keys are left out."""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Extracted, Segment
from archive.model.outcome import Done
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.content_lines import ContentLine, lines_of, split
from ingest.extract.text import decode
from ingest.extract.turns import People, line

_LABELS = {"ORG": "Organisation", "TITLE": "Title", "ROLE": "Role", "EMAIL": "E-mail", "TEL": "Phone", "ADR": "Address", "LABEL": "Address label", "URL": "URL",
           "NOTE": "Note", "BDAY": "Birthday", "NICKNAME": "Nickname", "CATEGORIES": "Categories", "IMPP": "Messenger", "REV": "Changed", "RELATED": "Related",
           "LANG": "Language", "TZ": "Time zone", "KIND": "Kind", "MEMBER": "Member", "ANNIVERSARY": "Anniversary"}
_DATA = frozenset(("PHOTO", "LOGO", "SOUND", "KEY", "X-MS-CARDPICTURE", "BEGIN", "END", "VERSION", "FN", "N", "PRODID", "UID"))
CARDS_MAX = 50_000


def _cards(text: str) -> list[list[ContentLine]]:
    cards, depth = list[list[ContentLine]](), 0
    for each in lines_of(text):
        if each.name == "BEGIN" and each.value.strip().upper() == "VCARD":
            depth += 1
            if depth == 1 and len(cards) < CARDS_MAX:
                cards.append([])
        elif each.name == "END" and depth:
            depth -= 1
        elif depth == 1 and cards:
            cards[-1].append(each)
    return cards


def _name(card: list[ContentLine]) -> str:
    for each in card:
        if each.name == "FN" and each.text:
            return line(each.text, 200)
    for each in card:
        if each.name == "N":
            last, first, middle, before, after, *_ = [*split(each.value), "", "", "", "", ""]
            if name := " ".join(p for p in (before, first, middle, last, after) if p):
                return line(name, 200)
    return next((line(each.text, 200) for each in card if each.name in ("ORG", "EMAIL") and each.text), "")


def _paragraph(card: list[ContentLine], name: str) -> str:
    out = [name or "Contact without a name"]
    for each in card:
        if each.name in _DATA or (each.name.startswith("X-") and len(each.value) > 200):
            continue
        parts = [p for p in split(each.value) if p] if each.name in ("ADR", "ORG") else [each.text]
        value = ", ".join(parts)
        kind = each.parameters.get("TYPE", "").strip('"').lower().replace(",", ", ")
        if value:
            label = _LABELS.get(each.name, each.name)
            out.append(f"{label}{f' ({line(kind, 60)})' if kind else ''}: " + value.replace("\n", "\n  "))
    return "\n".join(out)


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    cards = _cards(text)
    if not any(cards):
        raise CannotRead("damaged", "It holds no contact.")
    people, parts, segments, at = People(), list[str](), list[Segment](), 0
    for card in cards:
        name = _name(card)
        mail = next((each.text for each in card if each.name == "EMAIL" and each.text), "")
        people.add(name or mail, mail, "member", key=mail or name)
        shown = _paragraph(card, name)
        segments.append(Segment("paragraph", at, at + len(shown)))
        parts.append(shown)
        at += len(shown) + 2
    yield Extracted(Done(), text="\n\n".join(parts), segments=tuple(segments), participants=people.all(),
                    subject=_name(cards[0]) if len(cards) == 1 else work.given.name, metadata={"charset": charset, "vcard:cards": str(len(cards))})


EXTRACTORS = (Extractor("vcard", "1", bids({"vcf": 1.0}), _read),)
