"""The client directory prepared for looking up: first word -> what may follow. Made once a run, whatever the number of clients."""
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from archive.model.client import Client
from ingest.enrich.fold import fold, spellings, vocabulary, words
from ingest.given import Context

SUFFIXES = vocabulary("limited ltd plc llp llc inc incorporated corp corporation co company gmbh ag kg kgaa ug se ohg ev eg sa sas "
                      "sarl sasu snc eurl sl "
                     "slu srl spa bv nv oy ab as aps pte pty sdn bhd kk lp cic mbh haftungsbeschrankt dac designated activity pvt "
                     "private bhd unlimited")
"""Words for the form of a company, folded; they vary from paper to paper and are no part of the name."""

_GENERIC = vocabulary("home homes telecom telecoms mobile air airlines airline loyalty group holding holdings services service "
                      "solutions international "
                     "global insurance versicherung versicherungs bank energy media retail logistics systems technologies technology "
                     "partners "
                     "foods food health care assurance assurances banque seguros grupo europe uk usa deutschland france espana canada "
                     "distribution distributors utilities mutual pharmacies pharmacy stores supermarkets clinics hospitals hospital medical industries "
                     "manufacturing trading enterprises communications financial finance products brands transport freight travel management consulting "
                     "software australia zealand ireland india singapore handel handels vertrieb werke logistik industrie transports industrias transportes "
                     "distribuciones comercial servicios mexico schweiz suisse osterreich "
                     "atelier "
                     "the and und et y of de la le")
"""Words that say what a firm does, or where; a name shortened by them is still that name."""

_TRADES = _GENERIC | vocabulary(
    "cargo shipping lines haulage hauliers logistic spedition trucking courier couriers hotel hotels resorts inns leisure "
    "tours touristik reisen furniture textile textiles mills apparel fashion clothing shoes outfitters motors automotive "
    "pharma pharmaceuticals chemicals plastics steel metals packaging paper brewing brewery dairy bakery beverages wines "
    "power electric water gas wireless broadband networks network publishing press credit lending leasing capital properties "
    "estates realty construction engineering tools hardware machinery equipment supply supplies wholesale stationery "
    "electronics appliances dental laboratories biotech ")
"""Those and words for a trade: at the end of a name of several words they are left out too, `Bluebell Freight Technologies` being called Bluebell."""

_COMMON = vocabulary("first united national general royal north south east west central city state new blue red green black white gold "
                     "silver star sun "
                    "prime smart direct express online digital future next best one two home house world union alliance summit bridge "
                    "river lake "
                    "stone apple orange target shell gap sky three vision orbit delta alpha omega nova target")


@dataclass(frozen=True, slots=True)
class Known:
    """Something by which a client is recognised. `partial` is a shortened name, `own_words` the other words of its names."""
    client_id: str
    sort: str
    identifier: str
    strength: float = 0.0
    partial: bool = False
    own_words: frozenset[str] = frozenset()


@dataclass(slots=True)
class ClientIndex:
    by_id: dict[str, Client] = field(default_factory=dict)
    addresses: dict[str, Known] = field(default_factory=dict)
    domains: dict[str, Known] = field(default_factory=dict)
    squeezed: dict[str, Known] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], Known]]] = field(default_factory=dict)
    first_words: frozenset[str] = frozenset()
    looked_up: dict[str, tuple[Known, float] | None] = field(default_factory=dict)
    folders: dict[tuple[str, ...], list[tuple[Known, float]]] = field(default_factory=dict)
    folder_words: dict[str, Known] = field(default_factory=dict)
    """First words of names of several words that are one client's alone: folders and channels are called after them."""

    def matches(self, tokens: list[str], vocabulary: Collection[str] | None = None) -> Iterator[tuple[Known, int, int]]:
        """Yield what is recognised in a list of folded words, with the first and the end position; the longest at a place, left to right.

        `vocabulary` is the set of the words, where the caller has it.
        """
        free = 0
        for at in _places(tokens, self.first_words.intersection(tokens if vocabulary is None else vocabulary)):
            if at < free:
                continue
            longest = 0
            for phrase, known in self.phrases[tokens[at]]:  # longest first
                size = len(phrase)
                if longest and size < longest:
                    break
                if size == 1 or tuple(tokens[at:at + size]) == phrase:
                    longest = size
                    yield known, at, at + size
            free = at + (longest or 1)


def _places(tokens: list[str], wanted: Iterable[str]) -> list[int]:
    """Return where any of the wanted words stand, in order."""
    found = []
    for word in wanted:
        at = -1
        try:
            while True:
                at = tokens.index(word, at + 1)
                found.append(at)
        except ValueError:
            continue
    return sorted(found)


_LAST: tuple[Context, ClientIndex] | None = None


def client_index(context: Context) -> ClientIndex:
    """Return the index of a run's directory; the last one is kept, since a worker reads many items of one run."""
    global _LAST
    if _LAST is None or _LAST[0] is not context:
        _LAST = context, build(context.clients)
    return _LAST[1]


def build(clients: tuple[Client, ...]) -> ClientIndex:
    """Return the index of a directory. A name that several clients share is the weaker the more share it; initials must be one client's alone."""
    index = ClientIndex()
    entries: dict[tuple[str, ...], dict[str, Known]] = {}

    def add(phrase: tuple[str, ...], known: Known) -> None:
        if phrase and known.strength > 0:
            held = entries.setdefault(phrase, {})
            if known.client_id not in held or held[known.client_id].strength < known.strength:
                held[known.client_id] = known

    for client in clients:
        index.by_id[client.client_id] = client
        own = frozenset(w for name in (client.legal_name, *client.aliases) for w in words(fold(name)))
        _contacts(index, client, add)
        for domain in client.email_domains:
            domain = fold(domain).strip().lstrip("@")
            if domain:
                known = Known(client.client_id, "domain", f"domain {domain}", 0.85)
                index.domains[domain] = known
                add(tuple(words(domain)), known)
        for sort, numbers in (("account number", client.account_numbers), ("contract number", client.contract_numbers)):
            for number in numbers:
                _number(client, sort, number, add)
        for name in (client.legal_name, *client.aliases):
            _name(index, client, name, name == client.legal_name, own, add)
    _prefixes(clients, entries, add)
    phrases: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
    for phrase, held in entries.items():
        for known in held.values():
            shared = len(held)
            if shared > 1:
                known = Known(known.client_id, known.sort, known.identifier, round(known.strength / shared, 3), known.partial, known.own_words)
            phrases.setdefault(phrase[0], []).append((phrase, known))
    for listed in phrases.values():
        listed.sort(key=lambda pair: -len(pair[0]))
    index.phrases, index.first_words = phrases, frozenset(phrases)
    index.folder_words = _folder_words(clients)
    return index


def _folder_words(clients: tuple[Client, ...]) -> dict[str, Known]:
    owners: dict[str, dict[str, Known]] = {}
    for client in clients:
        own = frozenset(w for name in (client.legal_name, *client.aliases) for w in words(fold(name)))
        for name in (client.legal_name, *client.aliases):
            first = (core(name) or [""])[0]
            if len(first) >= 5 and first not in _GENERIC and first not in _COMMON and not first.isdigit():
                owners.setdefault(first, {})[client.client_id] = Known(client.client_id, "part of a name", f"name {first}", 0.4, True, own)
    return {word: next(iter(held.values())) for word, held in owners.items() if len(held) == 1}


def core(name: str) -> list[str]:
    """Return the folded words of a firm's name without the words for its form: `Tern & Lowe Ltd` -> `tern lowe`."""
    listed = [w for w in words(fold(name)) if w not in ("and", "und", "et", "y")]
    joined = re.sub(r"\b([a-z]) (?=[a-z]\b)", r"\1", " ".join(listed)).split()  # "p l c", "s a"
    while len(joined) > 1 and joined[-1] in SUFFIXES:
        joined.pop()
    return joined


def _contacts(index: ClientIndex, client: Client, add) -> None:  # type: ignore[no-untyped-def]
    for contact in client.contacts:
        address = contact.address.strip().lower()
        if "@" in address:
            known = Known(client.client_id, "address", f"address {address}", 0.85)
            index.addresses[address] = known
            add(tuple(words(fold(address))), known)
        tokens = words(fold(contact.name))
        if len(tokens) >= 2:
            known = Known(client.client_id, "contact", f"contact {contact.name.strip()}", 0.6)
            for variant in _variants(tokens, words(fold_keep(contact.name))):
                add(variant, known)
                add((variant[-1], *variant[:-1]), known)


def _number(client: Client, sort: str, number: str, add) -> None:  # type: ignore[no-untyped-def]
    tokens = tuple(words(fold(number)))
    if not tokens:
        return
    squeezed = "".join(tokens)
    sure = len(squeezed) >= 6 or len(tokens) > 1 or (any(c.isalpha() for c in squeezed) and len(squeezed) >= 5)
    known = Known(client.client_id, sort, f"{sort} {number.strip()}", 0.9 if sure else 0.3)
    add(tokens, known)
    if len(tokens) > 1 and len(squeezed) >= 6:
        add((squeezed,), known)


def _name(index: ClientIndex, client: Client, name: str, legal: bool, own: frozenset[str], add) -> None:  # type: ignore[no-untyped-def]
    full, short = core(name), core(name)
    if not full:
        return
    sort = "legal name" if legal else "name"
    several = len(full) > 1
    strength = (0.8 if legal else 0.7) if several else 0.55
    single = full[0]
    if not several and (len(single) < 5 or single in _COMMON or single.isdigit()):
        strength = 0.3
    if strength < 0.55 and not legal and name.strip().isalpha() and name.strip().isupper() and len(single) >= 3 and single not in _COMMON:
        sort, strength = "capitals", 0.55  # letters by which the directory itself calls the client; they count only as written in capitals
    known = Known(client.client_id, sort, f"name {name.strip()}" if sort == "capitals" else f"{sort} {name.strip()}", strength, not several, own)
    written = words(fold_keep(name))
    for variant in _variants(full, written):
        add(variant, known)
        if not several and len(single) >= 5:
            add((variant[0] + "s",), known)
    if len("".join(full)) >= 6:
        index.squeezed.setdefault("".join(full), known)
    while len(short) > 1 and short[-1] in _TRADES:
        short.pop()
    lead = list(short)
    while len(lead) > 1 and lead[0] in _GENERIC:
        lead.pop(0)
    for part in {tuple(short), tuple(lead)} - {tuple(full)}:
        joined = "".join(part)
        if len(part) == 1 and (part[0] in _TRADES or len(joined) < 5 or joined in _COMMON):
            continue
        partial = Known(client.client_id, "part of a name", f"name {' '.join(part)}", 0.6 if len(part) > 1 else 0.4, True, own)
        for variant in _variants(list(part), written):
            add(variant, partial)
        if len(joined) >= 6:
            index.squeezed.setdefault(joined, partial)
    _brand(full, name, client, own, add)
    initials = "".join(w[0] for w in full if w not in ("the", "of", "de", "la", "le"))
    if len(initials) >= 2:
        add((initials,), Known(client.client_id, "initials", f"initials {initials.upper()}", 0.35 if len(initials) > 2 else 0.2, False, own))
    inner = "".join(w[0] for w in lead)
    if len(lead) > 1 and inner != initials:
        add((inner,), Known(client.client_id, "initials", f"initials {inner.upper()}", 0.25 if len(inner) > 2 else 0.2, False, own))


def _brand(full: list[str], name: str, client: Client, own: frozenset[str], add) -> None:  # type: ignore[no-untyped-def]
    """The last word of a name of two or three is used alone where it is no common one: `Kestrel Mistral` has a programme called Mistral."""
    last = full[-1]
    if 2 <= len(full) <= 3 and len(last) >= 5 and last not in _GENERIC and last not in _COMMON and last not in SUFFIXES and not last.isdigit():
        add((last,), Known(client.client_id, "part of a name", f"name {last} of {name.strip()}", 0.4, True, own))


def _prefixes(clients: tuple[Client, ...], entries: dict[tuple[str, ...], dict[str, Known]], add) -> None:  # type: ignore[no-untyped-def]
    """The letters at the front of account numbers are used as a short name (`BRK queue`), where only one client has them."""
    letters: dict[str, set[str]] = {}
    for client in clients:
        for number in client.account_numbers:
            match = re.match(r"([A-Za-z]{2,5})[-_/ ]?\d", number.strip())
            if match:
                letters.setdefault(match[1].lower(), set()).add(client.client_id)
    seen = Counter(p[0] for p in entries if len(p) == 1)
    for prefix, owners in letters.items():
        if len(owners) == 1 and not seen[prefix]:
            owner = next(iter(owners))
            add((prefix,), Known(owner, "initials", f"letters {prefix.upper()} of an account number", 0.35 if len(prefix) > 2 else 0.25))


def fold_keep(name: str) -> str:
    """Return a name in lower case with umlauts as they stand, for making its spellings."""
    return name.lower()


def _variants(tokens: list[str], written: list[str] | None = None) -> set[tuple[str, ...]]:
    """Return a name's words in the spellings in which they may be met; all words change together, so there are few."""
    by_fold = {fold(w): w for w in written or ()}
    forms = [sorted(spellings(by_fold.get(t, t)) | {t}) for t in tokens]
    out = {tuple(tokens)}
    for i, options in enumerate(forms):
        if len(options) > 1 and len(out) < 8:
            out |= {(*have[:i], option, *have[i + 1:]) for have in tuple(out) for option in options}
    return out
