"""What a query is read against: the directory as the viewer may see it, the day it is, and what threads and families hold."""
from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from archive.analysis import key_of
from archive.errors import BadRequest
from archive.model.client import Client
from archive.model.query import Query


def _nothing_held(field: str, query: Query) -> Collection[str]:
    raise BadRequest("Threads and families cannot be looked into here.", "Use this query in a search.")


@dataclass(frozen=True, slots=True)
class Known:
    """`clients` are those that the viewer may see, `client_ids` further ids that records bear; `today` None: now, UTC.

    `held` gives the values of a keyword field of the records that match a query and that the viewer may see; `about` is the client whose
    records alone are searched.
    """
    clients: tuple[Client, ...] = ()
    client_ids: frozenset[str] = frozenset()
    today: date | None = None
    held: Callable[[str, Query], Collection[str]] = _nothing_held
    about: Client | None = None


@dataclass(frozen=True, slots=True)
class Variants:
    """By what else a name is known: addresses and domains, and further names."""
    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.addresses or self.names)


def clients_named(value: str, known: Known) -> list[str]:
    """Return the ids of the clients with this id, legal name or alias."""
    wanted = key_of(value)
    found = [c.client_id for c in known.clients if wanted in {key_of(n) for n in (c.client_id, c.legal_name, *c.aliases)}]
    found += [client_id for client_id in known.client_ids if key_of(client_id) == wanted]
    return sorted(set(found))


def variants_of(value: str, known: Known) -> Variants:
    """Return the other names, addresses and domains of the client, or of the contact of a client, that is called so; empty for a stranger.

    A client is called by its id, legal name, an alias or a domain; a contact by name or address.
    """
    wanted = key_of(value.strip().removeprefix("@"))
    addresses: dict[str, None] = {}
    names: dict[str, None] = {}
    for client in known.clients:
        domains = [domain.strip().lower().removeprefix("@") for domain in client.email_domains]
        if wanted in {key_of(n) for n in (client.client_id, client.legal_name, *client.aliases)} | {key_of(d) for d in domains}:
            addresses |= dict.fromkeys((*domains, *(c.address.strip().lower() for c in client.contacts)))
            names |= dict.fromkeys((client.legal_name, *client.aliases))
        for contact in client.contacts:
            if wanted in {key_of(contact.name), key_of(contact.address)}:
                addresses[contact.address.strip().lower()] = None
                names[contact.name] = None
    return Variants(tuple(a for a in addresses if a and key_of(a) != wanted), tuple(n for n in names if n and key_of(n) != wanted))
