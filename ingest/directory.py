"""The client directory as it is imported: a CSV file with a heading line (docs/formats/directory.md).

    client_id*, legal_name*, trading_names, account_numbers, email_domains, contacts, contract_numbers, status, currency

Lists inside a cell are separated by ";", contacts are `Name <address>`.  Further columns are kept as they came.  The file itself goes to
the object store under its digest, so that the directory can be had again from there.
"""
from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from email.utils import parseaddr

from archive.errors import BadRequest, TooLarge
from archive.model.client import Client, Contact
from archive.model.digest import digest_of, directory_key
from archive.ports import NewObject
from archive.wiring import Archive

BYTES_MAX = 64 << 20
LISTS = {"trading_names": "aliases", "account_numbers": "account_numbers", "email_domains": "email_domains", "contract_numbers": "contract_numbers"}
KNOWN = frozenset({"client_id", "legal_name", "contacts", "status", "currency", *LISTS})
REMEDY = "docs/formats/directory.md has the columns and an example."


def import_directory(archive: Archive, content: bytes, actor: str) -> tuple[int, int]:
    """Keep the file and add or update its clients; return how many it has and how many are new or changed.

    Raises BadRequest for a file that is no directory, before anything is kept.
    """
    clients = parse_directory(content)
    digest = digest_of(content)
    archive.objects.put_all([NewObject(directory_key(digest), content, digest)])
    return len(clients), archive.catalogue.import_clients(clients, actor, digest)


def parse_directory(content: bytes) -> list[Client]:
    """Return the clients of a directory file, in its order. Raises BadRequest naming the line, TooLarge."""
    if len(content) > BYTES_MAX:
        raise TooLarge(f"A client directory has at most {BYTES_MAX} bytes.", REMEDY)
    text = _decoded(content)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    clients: dict[str, Client] = {}
    try:
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        if missing := {"client_id", "legal_name"} - set(names):
            raise BadRequest(f"The directory has no column {', '.join(sorted(missing))}.", REMEDY)
        reader.fieldnames = names
        for row in reader:
            client = _client(row, reader.line_num)
            if client is None:
                continue
            if client.client_id in clients:
                raise BadRequest(f"Line {reader.line_num} has the client {client.client_id!r} a second time.", "Keep one line a client.")
            clients[client.client_id] = client
    except csv.Error as error:
        raise BadRequest(f"Line {reader.line_num} of the directory is no CSV ({error}).", REMEDY) from error
    if not clients:
        raise BadRequest("The directory has no client.", REMEDY)
    return list(clients.values())


def _client(row: Mapping[str | None, str | list[str] | None], line: int) -> Client | None:
    if row.get(None):
        raise BadRequest(f"Line {line} of the directory has more cells than the heading.", REMEDY)
    cells = {name: value.strip() for name, value in row.items() if name and isinstance(value, str)}
    if not any(cells.values()):
        return None
    client_id = cells["client_id"]
    # The bar separates clients in the catalogue, and "-" stands there for none.
    if not client_id.isprintable() or not any(c.isalnum() for c in client_id) or len(client_id) > 200 or "|" in client_id:
        raise BadRequest(f"Line {line} of the directory has {client_id!r} for a client_id.", "Use up to 200 printable characters, no |.")
    if not cells.get("legal_name"):
        raise BadRequest(f"Line {line} of the directory has no legal_name.", REMEDY)
    lists = {field: _list(cells.get(column, "")) for column, field in LISTS.items()}
    lists["email_domains"] = tuple(domain.lower().lstrip("@") for domain in lists["email_domains"])
    return Client(client_id, cells["legal_name"], contacts=tuple(_contact(c) for c in _list(cells.get("contacts", ""))),
                  status=cells.get("status", ""), currency=cells.get("currency", ""),
                  extra={name: value for name, value in cells.items() if name not in KNOWN and value}, **lists)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _contact(words: str) -> Contact:
    name, address = parseaddr(words)
    return Contact(name.strip(), address.lower()) if "@" in address else Contact(words, "")


def _decoded(content: bytes) -> str:
    """Return the text: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252, which every byte is."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if "\0" in text:
        raise BadRequest("The directory is no text file.", REMEDY)
    return text


def _delimiter(text: str) -> str:
    """Return the one of `,` `;` tab `|` that stands most often in the heading."""
    heading = text.partition("\n")[0]
    return max(",;\t|", key=heading.count)
