"""Mailboxes on a mail server, pulled read-only: folder by folder, in order of UID, each message as the raw bytes the server gives.

What was pulled is known from the catalogue and nowhere else: of a folder only the UIDs that are not held under its UIDVALIDITY are fetched.
A folder that was made anew has another UIDVALIDITY and is fetched anew; bytes that are held already are stored once all the same.
`UID n:*` answers with the last message when nothing is newer (RFC 9051, 6.4.9), so ranges are asked for by number up to UIDNEXT.
"""
from __future__ import annotations

import itertools
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.errors import BadRequest, Unavailable
from archive.model.item import Place
from ingest.sources.base import Held, Met, MetOrNot, Pull, Pulling, Refused
from ingest.sources.imap_address import Address, folder_name, is_address, parse
from ingest.tools.imap import AGAIN, Lost, Unreachable, answering, close, connect, no_secret, secrets_given, shut

if TYPE_CHECKING:
    from imapclient import IMAPClient

MESSAGES, BYTES = 100, 16 << 20
"""Most messages, and about how many bytes of them, asked for at once. A larger message is fetched in pieces, into a file."""
PIECE_BYTES = 8 << 20
UIDS_AT_ONCE = 50_000
"""The client takes lines of up to a million bytes: that many UIDs fit into one."""
UID_MAX = (1 << 32) - 1
TRIES_WAIT_SECONDS = (1.0, 5.0)
"""Before a lost connection is made again; each try that gets anything starts the count anew."""
MIME = "message/rfc822"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of a mailbox: the name as the server writes it, as people read it, whether it holds messages, and what parts its levels."""
    raw: bytes
    name: str
    holds_messages: bool
    separator: str


def check(given: str, pulling: Pulling) -> None:
    parse(given)
    if not secrets_given(pulling.access):
        raise no_secret()


def pull(given: str, name: str, pulling: Pulling) -> Iterator[MetOrNot]:
    """Yield every message of the folders that are wanted. The name of a source changes nothing: a mailbox is known by its address."""
    session = Session(parse(given), pulling)
    try:
        folders = session.folders()
        for folder in folders:
            yield from session.messages(folder)
    finally:
        session.end()


class Session:
    """A mailbox that is being pulled. A connection that breaks is made anew, some times; then it is Unavailable."""

    def __init__(self, address: Address, pulling: Pulling) -> None:
        self._address, self._pulling = address, pulling
        self._client: IMAPClient | None = None
        self._files = itertools.count()
        self._asked: int | None = None      # the one message that is being asked for
        self._careful = 0                   # so many messages are asked for one by one, after a connection broke

    def end(self) -> None:
        if self._client is not None:
            close(self._client)
            self._client = None

    def folders(self) -> list[Folder]:
        """Return the folders that are wanted, in order of name. Raises BadRequest when there is none of that name, Unavailable."""
        from imapclient.exceptions import IMAPClientError

        for wait in (*TRIES_WAIT_SECONDS, None):
            try:
                client = self._connected()
                with answering(self._address.host):
                    found = sorted((_folder(each) for each in client.list_folders()), key=lambda f: f.name)
                break
            except Lost as lost:
                self._wait(None if isinstance(lost, Unreachable) else wait, lost)
            except IMAPClientError as error:
                raise Unavailable(f"The mail server {self._address.host} does not list its folders.", AGAIN) from error
        wanted = self._address.folder
        chosen = [f for f in found if not wanted or _lies_in(f, wanted)]
        if not chosen:
            raise BadRequest(f"The mailbox of {self._address.user} has no folder {wanted!r}.",
                             f"It has: {', '.join(f.name for f in found[:20]) or 'none'}.")
        return chosen

    def messages(self, folder: Folder) -> Iterator[MetOrNot]:
        """Yield the messages of a folder in order of UID, held ones too; one Refused for a folder that cannot be opened or holds none."""
        address = f"{self._address.account}{folder.name}"
        if not folder.holds_messages:
            yield Refused(address, "unsupported", "The folder holds no messages itself.", "skipped")
            return
        done, tries = 0, iter(TRIES_WAIT_SECONDS)
        validity = 0
        while not self._pulling.stopping():
            try:
                opened = self._open(folder)
                if isinstance(opened, str):
                    yield Refused(address, "unreadable", opened)
                    return
                if opened.validity != validity:
                    done, validity = 0, opened.validity
                for uid, each in self._pulled(folder, opened, done):
                    yield each
                    done, tries = uid, iter(TRIES_WAIT_SECONDS)
                return
            except Lost as lost:
                wait, asked = next(tries, None), self._asked
                if wait is None and asked is not None and not isinstance(lost, Unreachable):
                    self._break_off()
                    yield Refused(f"{folder_name(self._address, folder.name, validity)}{asked}", "unreadable",
                                  "The server ends the connection whenever the message is asked for.")
                    done, tries = asked, iter(TRIES_WAIT_SECONDS)
                else:
                    self._wait(wait, lost)
                    self._careful = MESSAGES

    # ------------------------------------------------------------ inside one folder

    def _open(self, folder: Folder) -> Opened | str:
        """Open a folder read-only; return why not where the server says no."""
        from imapclient.exceptions import IMAPClientError

        self._asked = None
        client = self._connected()
        try:
            with answering(self._address.host):
                said = client.select_folder(folder.raw, readonly=True)
                validity, following = int(said.get(b"UIDVALIDITY") or 0), int(said.get(b"UIDNEXT") or 0)
                if not following:       # an old server does not say: the last message does
                    following = max(client.search("*"), default=0) + 1 if said[b"EXISTS"] else 1
                return Opened(validity, min(following - 1, UID_MAX), int(said[b"EXISTS"])) if validity else \
                    "The server gives its messages no lasting numbers (UIDVALIDITY)."
        except IMAPClientError:
            return "The server does not open the folder."

    def _pulled(self, folder: Folder, opened: Opened, after: int) -> Iterator[tuple[int, MetOrNot]]:
        """Yield what has a UID beyond `after`, with it."""
        prefix = folder_name(self._address, folder.name, opened.validity)
        held = self._pulling.held(prefix)
        for uids in self._uids(opened, after):
            for known, group in itertools.groupby(uids, key=lambda uid: f"{prefix}{uid}" in held):
                if known:
                    yield from ((uid, Held(_place(prefix, uid), held[f"{prefix}{uid}"])) for uid in group)
                    continue
                wanted = list(group)
                while wanted:
                    many = 1 if self._careful else MESSAGES
                    self._careful -= bool(self._careful)
                    yield from self._fetched(prefix, wanted[:many])
                    del wanted[:many]

    def _uids(self, opened: Opened, after: int) -> Iterator[list[int]]:
        """Yield the UIDs of a folder beyond `after`, ascending, as the folder stood when it was opened."""
        step = UIDS_AT_ONCE if opened.count > UIDS_AT_ONCE else UID_MAX
        low = after + 1
        while low <= opened.last:
            high = min(low + step - 1, opened.last)
            client = self._connected()
            with self._asking():
                found = client.search(["UID", f"{low}:{high}"])
            yield sorted({uid for uid in found if low <= uid <= high})
            low = high + 1

    def _fetched(self, prefix: str, uids: Sequence[int]) -> Iterator[tuple[int, MetOrNot]]:
        """Yield some messages in order, never asking for more than about BYTES at once."""
        self._asked = uids[0] if len(uids) == 1 else None
        sizes = {uid: int(got.get(b"RFC822.SIZE") or 0) for uid, got in self._fetch(uids, ["RFC822.SIZE"]).items()}
        batch: list[int] = []
        total = 0
        for uid in uids:
            size = sizes.get(uid)
            alone = size is None or size > BYTES
            if alone or total + (size or 0) > BYTES:
                yield from self._batch(prefix, batch)
                batch, total = [], 0
            if size is None:
                yield uid, _gone(prefix, uid)
            elif alone:
                yield uid, self._large(prefix, uid)
            else:
                batch.append(uid)
                total += size
        yield from self._batch(prefix, batch)

    def _batch(self, prefix: str, uids: Sequence[int]) -> Iterator[tuple[int, MetOrNot]]:
        if not uids:
            return
        got = self._fetch(uids, ["INTERNALDATE", "BODY.PEEK[]"])
        for uid in uids:
            content = got.get(uid, {}).get(b"BODY[]")
            if content is None:
                yield uid, _gone(prefix, uid)
            else:
                yield uid, Met(_place(prefix, uid), None, len(content), _time(got[uid]), MIME, content, self._address.user)

    def _large(self, prefix: str, uid: int) -> MetOrNot:
        """Fetch a large message in pieces (RFC 9051, 6.4.5), so that memory stays small."""
        file = self._pulling.spool / f"message-{next(self._files)}"
        dated: Mapping[bytes, Any] = self._fetch([uid], ["INTERNALDATE"]).get(uid, {})
        with file.open("wb") as out:
            for start in itertools.count(0, PIECE_BYTES):
                got = self._fetch([uid], [f"BODY.PEEK[]<{start}.{PIECE_BYTES}>"]).get(uid, {})
                piece = next((value for key, value in got.items() if key.startswith(b"BODY[]")), None)
                if piece is None:
                    return _gone(prefix, uid)
                out.write(piece)
                if len(piece) < PIECE_BYTES:
                    break
            size = out.tell()
        return Met(_place(prefix, uid), file, size, _time(dated), MIME, custodian=self._address.user, passing=True)

    def _fetch(self, uids: Sequence[int], what: Sequence[str]) -> Mapping[int, Mapping[bytes, Any]]:
        """Return what was asked for by UID; a message is missing when it is gone or when the server cannot give it.

        Where the server says no to some together, they are asked for one by one, so that a bad message costs only itself.
        """
        from imapclient.exceptions import IMAPClientError

        client = self._connected()
        try:
            with answering(self._address.host):
                got = client.fetch(uids, what)
        except IMAPClientError:
            if len(uids) == 1:
                return {}
            return {uid: value for one in uids for uid, value in self._fetch([one], what).items()}
        return {uid: value for uid, value in got.items() if uid in set(uids)}

    # ------------------------------------------------------------ the connection

    def _connected(self) -> IMAPClient:
        if self._client is None:
            self._client = connect(self._address, self._pulling.access)
        return self._client

    def _break_off(self) -> None:
        if self._client is not None:
            shut(self._client)
            self._client = None

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Within it a lost connection is `Lost`; that the server says no is Lost too, since everything asked here is what it must answer."""
        from imapclient.exceptions import IMAPClientError

        try:
            with answering(self._address.host):
                yield
        except IMAPClientError as error:
            raise Lost(f"The mail server {self._address.host} does not answer what it is asked.") from error

    def _wait(self, seconds: float | None, lost: Lost) -> None:
        """Give up a broken connection, and wait before the next; None: no more."""
        self._break_off()
        if seconds is None:
            raise Unavailable(str(lost), AGAIN) from lost
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._pulling.stopping():
            time.sleep(0.1)


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder as it stood when it was opened: its UIDVALIDITY, its last UID, the number of its messages."""
    validity: int
    last: int
    count: int


def _folder(listed: tuple[Any, ...]) -> Folder:
    from imapclient.imap_utf7 import decode

    flags, separator, raw = listed
    raw = raw if isinstance(raw, bytes) else str(raw).encode("ascii", "replace")
    try:
        name = decode(raw)
    except (UnicodeDecodeError, ValueError):
        name = raw.decode("ascii", "backslashreplace")
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    silent = {b"\\noselect", b"\\nonexistent"} & {flag.lower() for flag in flags}
    return Folder(raw, name, not silent, (separator or b"").decode("ascii", "replace"))


def _lies_in(folder: Folder, wanted: str) -> bool:
    """Say whether a folder is the wanted one or lies in it; its levels may be parted by `/` or as the server does. INBOX has no case."""
    def levels(name: str) -> list[str]:
        first, *more = name.replace(folder.separator, "/").split("/") if folder.separator else [name]
        return ["INBOX" if first.upper() == "INBOX" else first, *more]
    sought = levels(wanted)
    return levels(folder.name)[:len(sought)] == sought


def _place(prefix: str, uid: int) -> Place:
    name = f"{prefix}{uid}"
    return Place(name, name)


def _gone(prefix: str, uid: int) -> Refused:
    return Refused(f"{prefix}{uid}", "unreadable", "The server lists the message and does not give it.")


def _time(got: Mapping[bytes, Any]) -> str:
    """Return INTERNALDATE as ISO 8601 in UTC, "" where there is none."""
    at = got.get(b"INTERNALDATE")
    try:
        return at.astimezone(UTC).isoformat(timespec="seconds") if isinstance(at, datetime) else ""
    except (OverflowError, ValueError):
        return ""


SOURCES = (Pull("imap", lambda given: 1.0 if is_address(given) else 0.0, check, pull),)
