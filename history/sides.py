"""Who belongs to the client, who to the provider, and which way a message went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from archive.model.record import ReadRecord
from history.cited import known
from history.file import ClientFile, once_a_file

LETTERS = frozenset({"legal_letter", "notice", "claim", "counterclaim"})
HEAD_CHARS = 800
"""How far into a letter its sender and addressee are looked for."""

_CAPTION = re.compile(
    r"\b(?:claimant|respondent|plaintiff|defendant|in the matter of|proof of debt|kläger(?:in)?|beklagte|demandeu(?:r|resse)|défendeu(?:r|resse)"
    r"|demandante|demandad[oa])\b",
    re.I,
)

_ADDRESSED = 6
"""How many lines below the first an addressee may stand."""

_SUBJECT = re.compile(r"(?:re|ref|subject|betreff|betr|objet|asunto|concerning|matter)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FORMS = frozenset(
    {
        "ag",
        "gmbh",
        "inc",
        "limited",
        "ltd",
        "llc",
        "plc",
        "pte",
        "sa",
        "sas",
        "se",
        "kg",
        "group",
        "holding",
        "holdings",
        "the",
        "co",
        "corp",
    }
)


@dataclass(frozen=True, slots=True)
class Sides:
    """`client_domains` and `client_addresses` as the directory has them; `house_domains` are ours, as far as the mails show them.

    `client_names` are its contacts, `firm_names` the names of the client itself, both folded.  `counsel` gives for the domain of a third party the side for
    which it acts, if it is counsel: who exchanges privileged mails with the house is the house's, who else writes to the house or with the client the client's;
    a firm whose letter says for whom it acts is that side's, and a firm that writes with the other side's lawyers is its opponent's.
    """

    client_domains: frozenset[str]
    client_addresses: frozenset[str]
    client_names: frozenset[str]
    firm_names: frozenset[str]
    house_domains: frozenset[str]
    counsel: Mapping[str, str] = field(default_factory=dict)

    def of_address(self, address: str) -> str | None:
        """Return `client`, `provider` or `third_party` for an address or a bare domain, None for neither an address nor a domain."""
        address = address.lower().strip()
        domain = domain_of(address)
        if address in self.client_addresses or _within(domain, self.client_domains):
            return "client"
        if _within(domain, self.house_domains):
            return "provider"
        return "third_party" if domain else None

    def of_name(self, name: str) -> str | None:
        """Return `client` for a name that the directory gives as a contact, else None."""
        return "client" if _plain(name) in self.client_names else None

    def of_sender(self, read: ReadRecord) -> str | None:
        """Return whose record it is by the first sender, author or speaker that can be placed, else by the head of the letter."""
        r = read.record
        if r.sender and (side := self.of_address(r.sender)):
            return side
        for p in r.participants:
            if p.role in ("from", "sender", "author", "speaker") and (side := self.of_address(p.address) or self.of_name(p.name)):
                return side
        return self.of_letter(read) if r.kind in LETTERS else None

    def of_letter(self, read: ReadRecord) -> str | None:
        """Return whose letter it is: the client's when its head begins with the client's name, the provider's when it is written to the client.

        The first line is the sender's, a later line of its own is the addressee's.  A letter without a letterhead begins with the date,
        and then nothing follows; the head of a court's or tribunal's paper names parties, not senders, and decides nothing either.
        """
        if _CAPTION.search(read.text, 0, HEAD_CHARS):
            return None
        lines = [line for line in (_plain(line) for line in read.text[:HEAD_CHARS].split("\n")) if line]
        places = [n for n, line in enumerate(lines) if any(_begins(line, name) for name in self.firm_names) or (0 < n <= _ADDRESSED and self._addressed(line))]
        if not places or _YEAR.search(lines[0]):
            return None
        return "client" if places[0] == 0 else "provider"

    def _addressed(self, line: str) -> bool:
        """Say whether a short line above a letter names somebody of the client, or the client behind a name: `Lic. Ana Ruiz, Norte Financiera`."""
        if len(line.split()) > 10 or _SUBJECT.match(line):
            return False
        return any(f" {name} " in f" {line} " for name in (*self.firm_names, *self.client_names) if len(name) >= 5 and " " in name)

    def of_counsel(self, read: ReadRecord) -> str | None:
        """Return the side of the firm that writes as counsel: by the domain of the sender, else by the letter-head that spells a domain of the mails."""
        if read.record.sender:
            return self.counsel.get(domain_of(read.record.sender))
        lines = _letter_head(read)
        return next((side for d, side in self.counsel.items() if len(_spelt(d)) >= 6 and any(line.startswith(_spelt(d)) for line in lines)), None)

    def of_recipients(self, read: ReadRecord) -> set[str]:
        addresses = [*read.record.to, *(p.address for p in read.record.participants if p.role in ("to", "cc", "bcc"))]
        return {side for a in addresses if a and (side := self.of_address(a))}


@once_a_file
def sides_of(file: ClientFile) -> Sides:
    """Return the sides of a client's file.

    The client's domains are those of the directory, and those in the mails that are made of its name.  The provider's is the domain,
    not the client's, that takes part in most of the mails, and at least in two: the one that is always there; with it go those that begin
    with the same word (`corvid.example`, `corvid-legal.example`).  With fewer mails it stays unknown.
    """
    client = file.client
    names = (client.legal_name, *client.aliases)
    told = frozenset(d.lower().lstrip("@") for d in client.email_domains if d)
    addresses = frozenset(c.address.lower() for c in client.contacts if c.address)
    mails: Counter[str] = Counter()
    for read in file.records:
        named = [read.record.sender or "", *read.record.to, *(p.address for p in read.record.participants)]
        mails.update({d for a in named if "@" in a and a.lower().strip() not in addresses and (d := domain_of(a))})
    own = told | {d for d in mails if made_of_name(d, names)}
    others = sorted(((d, n) for d, n in mails.items() if not _within(d, own)), key=lambda x: (-x[1], x[0]))
    first = others[0][0] if others and others[0][1] >= 2 else ""
    house = frozenset(d for d, _ in others if first and (d == first or (len(_word(first)) >= 4 and _word(d) == _word(first))))
    known = Sides(
        own, addresses, frozenset(_plain(c.name) for c in client.contacts if c.name), frozenset(_plain(n) for n in names if n), house
    )
    return replace(known, counsel=_counsel(file, known))


def _counsel(file: ClientFile, sides: Sides) -> dict[str, str]:
    """Return for the domains of third parties whom they would represent: their privileged mails are with those whom they advise."""
    found: dict[str, str] = {}
    between: list[frozenset[str]] = []
    seen: set[str] = set()
    for read in file.records:
        r = read.record
        named = [a for a in (r.sender or "", *r.to, *(p.address for p in r.participants)) if a and "@" in a]
        taking_part = {a: sides.of_address(a) for a in named}
        others = {domain_of(a) for a, side in taking_part.items() if side == "third_party"}
        seen |= others
        parts = set(taking_part.values())
        if len(others) == 2 and parts == {"third_party"}:
            between.append(frozenset(others))
        if len(others) != 1 or not parts & {"client", "provider"}:
            continue
        domain = next(iter(others))
        if r.privileged and "provider" in parts:
            found[domain] = "provider"
        elif "provider" in parts and "client" not in parts and domain_of(r.sender or "") == domain:
            found.setdefault(domain, "client")
    for domain, side in _by_letters(file, seen).items():
        found.setdefault(domain, side)
    for pair in between:  # the lawyers of both sides write to one another
        told, untold = [d for d in pair if d in found], [d for d in pair if d not in found]
        if len(told) == len(untold) == 1:
            found[untold[0]] = "client" if found[told[0]] == "provider" else "provider"
    return found


def _by_letters(file: ClientFile, domains: set[str]) -> dict[str, str]:
    """Return for whom a firm acts that says so in a letter, where the head of the letter spells a domain of the mails."""
    spelt = {name: d for d in domains if len(name := _spelt(d)) >= 6}
    found: dict[str, str] = {}
    for read in file.records if spelt else ():
        if read.record.kind not in LETTERS or read.record.sender or not known(read, "act_for") or not (by := known(read, "act_by")):
            continue
        lines = _letter_head(read)
        for name, domain in spelt.items():
            if any(line.startswith(name) for line in lines) and by.value in ("client", "provider"):
                found.setdefault(domain, str(by.value))
    return found


def _letter_head(read: ReadRecord) -> list[str]:
    """Return the letters of the first three lines of a letter, each as one word."""
    return [re.sub(r"[\W_]+", "", line).lower() for line in read.text[:HEAD_CHARS].split("\n") if line.strip()][:3]


def _spelt(domain: str) -> str:
    """Return the letters of the label that names its owner, as a letter-head would spell them."""
    return re.sub(r"[\W_]+", "", _label(domain)).lower()


def made_of_name(domain: str, names: tuple[str, ...]) -> bool:
    """Say whether a domain is made of a name: of all its words but the form of the company, of its first ones, or of one long word.

    One long part of a double name is enough where it stands as a word of its own: of Fenwick-Larchen `larchen-direct.example`
    is made, `larch-direct.example` is not.
    """
    parts = set(_label(domain).split("-"))
    label = re.sub(r"[\W_]+", "", _label(domain))
    for name in names:
        words = [w for w in _plain(name).split() if w not in _FORMS]
        joined = {"".join(words[:n]) for n in range(2, len(words) + 1)} | {w for w in (words[:1] + words[-1:]) if len(w) >= 6}
        if label in joined:
            return True
        first = name.strip().lower().split(" ", 1)[0]
        if "-" in first and parts & {w for w in first.split("-") if len(w) >= 6 and w not in _FORMS}:
            return True
    return False


def _label(domain: str) -> str:
    """Return the label of a domain that names its owner: the last but one."""
    parts = domain.split(".")
    return parts[-2] if len(parts) > 1 else domain


def _word(domain: str) -> str:
    return _label(domain).split("-")[0]


def direction(read: ReadRecord, sides: Sides) -> tuple[str | None, str]:
    """Return `inbound`, `outbound`, `internal` or None with the reason in words."""
    sender, to = sides.of_sender(read), sides.of_recipients(read)
    if sender == "client":
        return "inbound", "the sender belongs to the client"
    if sender == "provider":
        if to and to <= {"provider"}:
            return "internal", "sender and recipients are all of the provider"
        if "client" in to:
            return "outbound", "sent by the provider to the client"
        if to:
            return "outbound", "sent by the provider to a third party"
        if read.record.kind in LETTERS:
            return "outbound", "a letter written to the client, by its head"
        return _by_members(read, sides)
    if sender == "third_party":
        if to == {"client"}:
            return None, "a third party wrote to the client, and how it came here is not shown"
        return "inbound", "the sender is outside the provider"
    return _by_members(read, sides)


def _by_members(read: ReadRecord, sides: Sides) -> tuple[str | None, str]:
    found = {side for p in read.record.participants if (side := sides.of_address(p.address) or sides.of_name(p.name))}
    if found == {"provider"} and len(read.record.participants) > 1:
        return "internal", "all who took part are of the provider"
    return None, "neither sender nor participants can be placed"


def domain_of(address: str) -> str:
    """Return the domain of an address, a bare domain as it is, "" for anything else."""
    address = address.lower().strip()
    if "@" in address:
        return address.rsplit("@", 1)[1].strip("> ")
    return address if re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", address) else ""


def _within(domain: str, domains: frozenset[str]) -> bool:
    return bool(domain) and any(domain == d or domain.endswith("." + d) for d in domains)


def _begins(line: str, name: str) -> bool:
    return line.startswith(name) and not line[len(name) :][:1].isalnum()


def _plain(name: str) -> str:
    """Return a name in lower case without punctuation: `Norrland Kaffe, AB.` and `NORRLAND KAFFE AB` are the same."""
    return re.sub(r"[\W_]+", " ", name).strip().lower()
