"""The directory of clients: who they are and by what they are recognised."""
from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Client:
    """A client as the directory has it (columns of the import: docs/formats/directory.md). `extra` keeps further columns as they came."""
    client_id: str
    legal_name: str
    aliases: tuple[str, ...] = ()
    account_numbers: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    contract_numbers: tuple[str, ...] = ()
    status: str = ""
    currency: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.client_id, "legal_name": self.legal_name, "aliases": list(self.aliases),
            "account_numbers": list(self.account_numbers), "email_domains": list(self.email_domains),
            "contacts": [{"name": c.name, "address": c.address} for c in self.contacts],
            "contract_numbers": list(self.contract_numbers), "status": self.status, "currency": self.currency, "extra": dict(self.extra),
        }
