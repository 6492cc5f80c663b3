"""Addresses of mailboxes (RFC 5092) and the canonical names of the messages in them.

    imap://tom%40alder.example@mail.example/Clients/Alder;UIDVALIDITY=3;UID=17

A message is named by server, user, folder, UIDVALIDITY and UID, which together never come to mean another message (RFC 9051, 2.3.1.1).
Scheme and the usual ports are left out of the name, so that a mailbox is the same one with and without TLS.
"""
from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from archive.errors import BadRequest

PORTS = {"imap": 143, "imaps": 993}
_URL = re.compile(r"(imaps?)://([^/]*)(?:/(.*))?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::([0-9]{1,5}))?")
REMEDY = "Write imaps://USER@HOST or imaps://USER@HOST/FOLDER (an @ in USER may stand as it is)."


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox, and the folder in it that is wanted with those below it; "" for all folders. `tls` is TLS from the first byte."""
    user: str
    host: str
    port: int
    tls: bool
    folder: str

    @property
    def account(self) -> str:
        """The canonical name of the whole mailbox, ending with a slash."""
        port = "" if self.port in PORTS.values() else f":{self.port}"
        return f"imap://{quote(self.user, safe='')}@{self.host.lower()}{port}/"


def is_address(given: str) -> bool:
    return _URL.fullmatch(given) is not None


def parse(given: str) -> Address:
    """Return the mailbox that an address names. Raises BadRequest for one that is not understood, and for one with a password in it."""
    found = _URL.fullmatch(given)
    scheme, authority, folder = (found[1].lower(), found[2], found[3] or "") if found else ("", "", "")
    user, at, where = authority.rpartition("@")
    host = _HOST.fullmatch(where)
    if not at or not user or host is None:
        raise BadRequest("The address of the mailbox is not understood.", REMEDY)
    if ":" in user:
        raise BadRequest("The address of the mailbox has a password in it, where others may read it.",
                         "Leave it out; give --password-file, or set IMAP_PASSWORD.")
    port = int(host[2] or PORTS[scheme])
    if not 0 < port < 65536:
        raise BadRequest(f"There is no port {port}.", REMEDY)
    user, folder = unquote(user), unquote(folder.strip("/"))
    if not all(text.isprintable() and "\ufffd" not in text for text in (user, folder)):
        raise BadRequest("The address of the mailbox has characters that no mailbox has.", REMEDY)
    return Address(user, host[1], port, scheme == "imaps", folder)


def folder_name(address: Address, folder: str, uid_validity: int) -> str:
    """Return the canonical name that the messages of a folder begin with; the UID follows.

    Of the folder only what would be misread is escaped (RFC 3986, 2.1), so that the name stays readable.
    """
    readable = "".join(c if c.isprintable() and c not in "%;?#" else quote(c) for c in folder)
    return f"{address.account}{readable};UIDVALIDITY={uid_validity};UID="
