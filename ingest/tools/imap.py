"""Mail servers (IMAP4rev1, RFC 3501 and 9051; IMAPClient): how one is reached, how it is shown who asks, and how it fails.

`imaps` speaks TLS from the first byte.  `imap` asks for STARTTLS and goes on without only to this machine itself, or where plain text was
allowed outright.  Certificates are checked as the system does (`SSL_CERT_FILE` names other authorities).  Mailboxes are opened with
EXAMINE: nothing on the server changes, not even that a message was seen.
"""
from __future__ import annotations

import imaplib
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import BadSettings, CasetrailError, Unavailable
from ingest.sources.base import Access
from ingest.sources.imap_address import Address

if TYPE_CHECKING:
    from imapclient import IMAPClient

CONNECT_SECONDS, ANSWER_SECONDS = 20.0, 120.0
AGAIN = "Nothing is lost: the same command goes on from there when the server answers."
PASSWORD, TOKEN = "IMAP_PASSWORD", "IMAP_OAUTH_TOKEN"


class Lost(Exception):
    """The connection broke or was ended by the server; another may do better."""


class Unreachable(Lost):
    """There was no connection to begin with."""


@contextmanager
def answering(host: str) -> Iterator[None]:
    """Turn what the client raises into `Lost` where a new connection may help. An answer NO comes through as IMAPClientError."""
    from imapclient.exceptions import IMAPClientAbortError, ProtocolError

    try:
        yield
    except (IMAPClientAbortError, ProtocolError, OSError, EOFError) as error:
        raise Lost(f"The mail server {host} ended the connection.") from error
    except (ValueError, IndexError, KeyError, TypeError, AssertionError) as error:
        raise Lost(f"The mail server {host} answers with what is no IMAP.") from error


def secrets_given(access: Access) -> bool:
    """Say whether there is a password or a token. Raises BadSettings for a file that cannot be read."""
    return bool(_token(access) or _password(access))


def connect(address: Address, access: Access) -> IMAPClient:
    """Return a client that is logged in.

    Raises Lost (Unreachable) where the server does not answer, Unavailable where it can check no logins just now, BadSettings where it
    cannot be trusted or refuses the login.
    """
    from imapclient import IMAPClient, SocketTimeout

    where = f"{address.host}:{address.port}"
    context = ssl.create_default_context()
    try:
        with answering(address.host):
            client = IMAPClient(address.host.strip("[]"), address.port, ssl=address.tls, ssl_context=context if address.tls else None,
                                timeout=SocketTimeout(CONNECT_SECONDS, ANSWER_SECONDS))
    except Lost as lost:
        if isinstance(lost.__cause__, ssl.SSLError):
            raise _no_trust(address, lost.__cause__) from lost
        raise Unreachable(f"The mail server {where} cannot be reached.") from lost
    client.folder_encode = False      # names are kept as the server has them; what is shown is decoded by us
    client.normalise_times = False    # times keep their zone
    try:
        with answering(address.host):
            if not address.tls:
                _start_tls(client, address, access, context)
            _login(client, address, access)
    except BaseException:
        shut(client)
        raise
    return client


def close(client: IMAPClient) -> None:
    """Take leave of a server; one that does not answer is left without."""
    with suppress(imaplib.IMAP4.error, OSError):
        client.logout()
        return
    shut(client)


def shut(client: IMAPClient) -> None:
    """End a connection at once, whatever state it is in."""
    with suppress(imaplib.IMAP4.error, OSError):
        client.shutdown()


def _start_tls(client: IMAPClient, address: Address, access: Access, context: ssl.SSLContext) -> None:
    here = _is_here(client)
    if here and not client.has_capability("LOGINDISABLED"):
        return
    if client.has_capability("STARTTLS"):
        try:
            client.starttls(context)
        except ssl.SSLError as error:
            raise _no_trust(address, error) from error
    elif not here and not access.plain:
        raise BadSettings(f"The mail server {address.host} offers no encryption on port {address.port}; no password was sent to it.",
                          "Use imaps://, or allow plain text with --plain-imap where the network is trusted.")


def _login(client: IMAPClient, address: Address, access: Access) -> None:
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError

    token, password = _token(access), _password(access)
    try:
        if token:
            client.oauth2_login(address.user, token)
        elif password and client.has_capability("AUTH=PLAIN"):
            client.plain_login(address.user, password)
        elif password:
            client.login(address.user, password)
        else:
            raise no_secret()
    except IMAPClientAbortError:
        raise
    except (LoginError, IMAPClientError, UnicodeEncodeError) as error:
        if "[UNAVAILABLE]" in str(error):       # RFC 5530, 3: a part of the server is down
            raise Unavailable(f"The mail server {address.host} cannot check logins just now.", AGAIN) from error
        kind = "token" if token else "password"
        raise BadSettings(f"The mail server {address.host} refuses the login of {address.user} with the {kind} given.",
                          "Check the user and the secret; many servers take no password any more but a token (--oauth-token-file).") from error


def no_secret() -> CasetrailError:
    return BadSettings("There is no password for the mail server.", f"Give --password-file or --oauth-token-file, or set {PASSWORD} or {TOKEN}.")


def _no_trust(address: Address, error: BaseException) -> CasetrailError:
    told = "its certificate is not trusted" if isinstance(error, ssl.SSLCertVerificationError) else "TLS could not be agreed on"
    return BadSettings(f"No safe connection to the mail server {address.host}:{address.port}: {told}.",
                       "Check host and port; SSL_CERT_FILE names the certificates of an authority of your own.")


def _password(access: Access) -> str:
    return _read(access.password_file) if access.password_file else access.environment.get(PASSWORD, "")


def _token(access: Access) -> str:
    if access.token_file:
        return _read(access.token_file)
    return "" if access.password_file else access.environment.get(TOKEN, "")


def _read(file: Path) -> str:
    """Return the first line of a file."""
    try:
        line = file.read_text("utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise BadSettings(f"{file} cannot be read.", "It is a UTF-8 text file with the secret in its first line.") from error
    if not line or "\0" in line or "\1" in line:
        raise BadSettings(f"{file} has no secret in its first line.", "It is a UTF-8 text file with the secret in its first line.")
    return line


def _is_here(client: IMAPClient) -> bool:
    """Say whether the server is this machine: then nothing crosses a network."""
    peer = client.socket().getpeername()
    return ipaddress.ip_address(str(peer[0]).partition("%")[0]).is_loopback
