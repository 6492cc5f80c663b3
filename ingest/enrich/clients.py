"""Which clients an item is about: every sign of the directory that stands in it, with its strength.

Strength says how far one sign alone goes; `concerned` adds signs up.

    1.0   given with `--client`                       0.8   full legal name; a domain that spells a name
    0.95  address of a contact as a participant       0.7   name of several words
    0.9   domain of a participant; account or         0.6   name of a contact; several leading words of a legal name
          contract number                             0.55  name of one word
    0.85  address or domain in the text               0.5   folder named after the client
    0.4   leading or last word of a name              0.35  initials of a name, letters of an account number

A folder counts where the item itself shows no other client, and not for the side files of an export. A word that stands in the
subject and in the text counts 0.15 more.

A passing word is weak: a name met once in the running text of an item whose participants or numbers show another client counts half, and a name
that is part of another one (a road, another firm) a fifth.
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from archive.model.extracted import Passage
from archive.model.fact import ClientEvidence
from ingest.enrich.client_index import SUFFIXES, ClientIndex, Known, client_index
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold, vocabulary, word_places, words
from ingest.enrich.shapes import is_side_file

ENOUGH: Final = 0.5
"""The strength from which on an item is taken to be about a client."""

_IDENTIFIER_GAP = frozenset({"-", "/", ".", "_", "", " ", ":", "#", "@"})
_PLACES = vocabulary("road street lane avenue ave drive square bridge park hill station strasse strase str platz weg allee gasse rue "
                     "place quai "
                    "calle avenida plaza via county valley river lake")
_OF_FOLDERS = vocabulary("acct account accounts client clients customer customers kunde kunden konto cliente clientes cuenta compte proj project "
                         "projekt team ext ops the")
"""Words that stand beside a client's name in the name of a folder or of a channel: `acct-nordwind`, `client_nordwind`."""

_MENTIONS_READ = 40
_QUOTED = 0.85
_HEADED = 0.15
_TEXT_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class _Sign:
    known: Known
    strength: float
    where: str
    passage: Passage | None
    count: int = 1


def evidence(doc: Doc) -> tuple[ClientEvidence, ...]:
    """Return every sign of a client in the item, strongest first; signs of the same client by the same identifier are one.

    A folder gives one sign a client, the strongest, since folders repeat one another.
    """
    index = client_index(doc.context)
    signs: list[_Sign] = []
    given = index.by_id.get(doc.given.client_given)
    if doc.given.client_given and given is None:
        signs.append(_Sign(Known(doc.given.client_given, "given", f"client {doc.given.client_given}"), 1.0, "given", None))
    elif given is not None:
        signs.append(_Sign(Known(given.client_id, "given", f"client {given.client_id}"), 1.0, "given", None))
    if index.by_id:
        signs += _participants(doc, index)
        if doc.extracted.subject:
            signs += _in_line(doc.extracted.subject, "subject", index, prose=True)
        signs += _in_text(doc, index)
        if doc.name:
            signs += _in_line(doc.given.name, "file name", index, prose=False)
        if not is_side_file(doc.name):
            signs += _folders(doc, index)
    return _weighed(signs)


def concerned(found: Iterable[ClientEvidence]) -> tuple[str, ...]:
    """Return the clients for which the signs suffice, strongest first: strengths of different identifiers add up as chances do."""
    doubt: dict[str, float] = {}
    for sign in found:
        doubt[sign.client_id] = doubt.get(sign.client_id, 1.0) * (1.0 - sign.strength)
    return tuple(c for c, d in sorted(doubt.items(), key=lambda pair: (pair[1], pair[0])) if 1.0 - d >= ENOUGH - 1e-9)


def by_address(index: ClientIndex, address: str) -> tuple[Known, float] | None:
    """Return whose address it is and how surely: a contact's, one of a domain of the directory, or one whose domain spells a name."""
    if address not in index.looked_up:
        if len(index.looked_up) > 50_000:
            index.looked_up.clear()
        index.looked_up[address] = _look_up(index, address)
    return index.looked_up[address]


def _look_up(index: ClientIndex, address: str) -> tuple[Known, float] | None:
    contact = index.addresses.get(address)
    if contact is not None:
        return contact, 0.95
    domain = address.rpartition("@")[2].strip(".>")
    while "." in domain:
        known = index.domains.get(domain)
        if known is not None:
            return known, 0.9
        label, _, rest = domain.partition(".")
        spelled = index.squeezed.get(re.sub(r"[^a-z0-9]", "", label)) if "." not in rest or len(label) > 7 else None
        if spelled is not None:
            return replace(spelled, identifier=f"domain {domain}", sort="domain"), 0.8
        domain = rest
    return None


def side_of(doc: Doc, address: str) -> str | None:
    """Return the client_id whose address it is, or None: then it is ours or a third party's."""
    if is_ours(doc, address):
        return None
    found = by_address(client_index(doc.context), address)
    return found[0].client_id if found else None


def is_ours(doc: Doc, address: str) -> bool:
    """Say whether an address is of one of our own mail domains, as far as they are known."""
    domain = address.rpartition("@")[2].strip(".>").lower()
    return any(domain == own or domain.endswith("." + own) for own in doc.context.own_domains)


def _participants(doc: Doc, index: ClientIndex) -> list[_Sign]:
    out = []
    for person in doc.extracted.participants:
        if person.address and "@" in person.address:
            found = None if doc.context.own_domains and is_ours(doc, person.address) else by_address(index, person.address)
            if found:
                out.append(_Sign(found[0], found[1], "participant", None))
                continue
        if person.name and person.role != "member":
            out += _in_line(person.name, "participant's name", index, prose=False)
    return out


def _folders(doc: Doc, index: ClientIndex) -> list[_Sign]:
    """Return the signs in the names of the folders above an item; those of the last folders are kept, since items come folder by folder."""
    known = index.folders.get(doc.folders)
    if known is None:
        if len(index.folders) > 1000:
            index.folders.clear()
        known = index.folders[doc.folders] = [(s.known, s.strength) for s in _folder_signs(doc, index)]
    return [_Sign(k, strength, "folder", None) for k, strength in known]


def _folder_signs(doc: Doc, index: ClientIndex) -> list[_Sign]:
    best: dict[str, _Sign] = {}

    def keep(sign: _Sign) -> None:
        held = best.get(sign.known.client_id)
        if held is None or held.strength < sign.strength:
            best[sign.known.client_id] = sign

    for folder in doc.folders:
        places = word_places(folder)
        named = [p[0] for p in places if p[0] not in _OF_FOLDERS]
        called = index.folder_words.get(named[0]) if named else None
        if called is not None and all(word in called.own_words for word in named):
            keep(_Sign(called, 0.5, "folder", None))
        for known, first, last in index.matches([p[0] for p in places]):
            whole = last - first == len(places) or (known.partial and all(p[0] in known.own_words for p in places))
            if known.sort in ("account number", "contract number"):
                keep(_Sign(known, 0.6, "folder", None))
            elif known.strength >= 0.4 and (whole or known.strength >= 0.55):
                keep(_Sign(known, 0.5, "folder", None))
        squeezed = index.squeezed.get(re.sub(r"[^a-z0-9]", "", folder))
        if squeezed is not None:
            keep(_Sign(squeezed, 0.5, "folder", None))
    return list(best.values())


def _in_line(line: str, where: str, index: ClientIndex, prose: bool) -> list[_Sign]:
    folded = fold(line)
    found = list(index.matches(words(folded)))
    places = word_places(folded) if found else []
    out = []
    for known, first, last in found:
        strength = _strength(line, folded, known, places, first, last, prose)
        if strength:
            out.append(_Sign(known, strength, where, None))
    return out


def _in_text(doc: Doc, index: ClientIndex) -> list[_Sign]:
    if index.first_words.isdisjoint(doc.vocabulary):
        return []
    text, folded = doc.text[:_TEXT_LIMIT], doc.folded[:_TEXT_LIMIT]
    found = list(index.matches(doc.all_words if len(folded) == len(doc.folded) else words(folded), doc.vocabulary))
    if not found:
        return []
    quoted = [(s.start, s.end) for s in doc.extracted.segments if s.kind == "quoted"]
    places = word_places(folded)
    prose = doc.form in ("mail", "paper")
    best: dict[tuple[str, str], _Sign] = {}
    for known, first, last in found:
        strength = _strength(text, folded, known, places, first, last, prose)
        if not strength:
            continue
        start, end = places[first][1], places[last - 1][2]
        if any(a <= start < b for a, b in quoted):
            strength *= _QUOTED
        key = known.client_id, known.identifier
        before = best.get(key)
        head = start < 250 and doc.form != "mail"
        sign = _Sign(known, strength, "head" if head else "text", doc.passage(start, end))
        if before is None:
            best[key] = sign
        elif before.count < _MENTIONS_READ:
            best[key] = replace(before if before.strength >= strength else sign, count=before.count + 1)
    return [s if s.count < 3 else replace(s, strength=min(s.strength + 0.15, 0.95)) for s in best.values()]


def _strength(text: str, folded: str, known: Known, places: list[tuple[str, int, int]], first: int, last: int, prose: bool) -> float:
    """Return how strong these words are where they stand; 0 when they are not the identifier after all."""
    gaps = [folded[places[i][2]:places[i + 1][1]] for i in range(first, last - 1)]
    if known.sort in ("account number", "contract number", "domain", "address"):
        if any(g not in _IDENTIFIER_GAP for g in gaps):
            return 0.0
        spaced = " " in gaps and not any(c.isalpha() for c in folded[places[first][1]:places[last - 1][2]])
        return 0.2 if spaced else known.strength  # groups of digits with a blank between are part of many numbers
    if any(len(g) > 4 or "\n\n" in g or ";" in g for g in gaps):
        return 0.0
    start, end = places[first][1], places[last - 1][2]
    written = text[start:end]
    if known.sort in ("initials", "capitals"):
        return known.strength if written.isupper() else 0.0
    if last - first == 1 and prose and not written[0].isupper():
        return 0.1
    if last < len(places):
        following = places[last]
        gap = folded[end:following[1]]
        if gap == " ":
            if following[0] in _PLACES:
                return 0.08
            word = text[following[1]:following[2]]
            if known.partial and word[0].isupper() and not word.isupper() and following[0] not in known.own_words and following[0] not in SUFFIXES:
                return known.strength * (0.2 if prose else 0.75)
    return known.strength


def _weighed(signs: list[_Sign]) -> tuple[ClientEvidence, ...]:
    """Return the signs as evidence; passing words count less beside strong signs of another client."""
    strong = {s.known.client_id for s in signs if s.strength >= 0.75 and s.where not in ("folder",)}
    content = {s.known.client_id for s in signs if s.where != "folder" and s.strength >= 0.15}
    headed = {(s.known.client_id, s.known.identifier) for s in signs if s.where == "subject" and s.strength >= 0.4}
    shown = _shown(signs, headed)
    best: dict[tuple[str, str, str], ClientEvidence] = {}
    for sign in signs:
        strength = sign.strength
        client, identifier = sign.known.client_id, sign.known.identifier
        others = strong - {client}
        if sign.where == "folder" and client not in content and shown - {client}:
            strength *= 0.4
        elif others and client not in strong and sign.where == "text" and sign.count < 3:
            strength *= 0.5
        elif sign.where == "text" and strength >= 0.4 and (client, identifier) in headed:
            strength = min(strength + _HEADED, 0.95)
        group = "folder" if sign.where == "folder" else "content"
        key = client, identifier, group
        found = ClientEvidence(client, identifier, sign.where if sign.where != "head" else "text", round(strength, 3), sign.passage)
        held = best.get(key)
        if held is None or found.strength > held.strength:
            if held is not None and found.passage is None and held.passage is not None:
                found = replace(found, passage=held.passage)
            best[key] = found
        elif held.passage is None and found.passage is not None:
            best[key] = replace(held, passage=found.passage)
    return tuple(sorted(best.values(), key=lambda e: (-e.strength, e.client_id, e.identifier)))


def _shown(signs: list[_Sign], headed: set[tuple[str, str]]) -> set[str]:
    """Return the clients that an item shows by itself, whatever its folder is called."""
    doubt: dict[tuple[str, str], float] = {}
    for s in signs:
        if s.where != "folder":
            key = s.known.client_id, s.known.identifier
            more = _HEADED if s.where == "text" and key in headed and s.strength >= 0.4 else 0.0
            doubt[key] = min(doubt.get(key, 1.0), 1.0 - s.strength - more)
    left: dict[str, float] = {}
    for (client, _), d in doubt.items():
        left[client] = left.get(client, 1.0) * d
    return {client for client, d in left.items() if 1.0 - d >= ENOUGH - 1e-9}


__all__ = ["ENOUGH", "by_address", "concerned", "evidence", "is_ours", "side_of"]
