"""A real mail server for tests: Debian's dovecot on loopback, as an unprivileged user, with a Maildir for every user who comes.

Any user may log in with one password, or with an OAuth token that `token` signs (checked by dovecot itself, RFC 7519, HS256).  `mails` puts
messages straight into a folder's Maildir; `folder` makes one by IMAP; `bodies_given` counts, by the server's own log, the bodies it gave out.
"""
from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from servers.process import CannotHave, free_ports, hand_over, plain_user, running, working_folder

if TYPE_CHECKING:
    from imapclient import IMAPClient


@dataclass(frozen=True)
class MailServer:
    """Where it listens (`port` plain with STARTTLS, `tls_port` TLS), its certificate, and the password of everybody."""
    port: int
    tls_port: int
    certificate: Path
    password: str = field(repr=False)
    folder_of_all: Path
    _key: bytes = field(repr=False)
    _process: subprocess.Popen[bytes] = field(repr=False)
    host: str = "localhost"

    def url(self, user: str, folder: str = "") -> str:
        return f"imap://{user}@127.0.0.1:{self.port}/{folder}"

    def token(self, user: str, seconds: int = 600) -> str:
        """Return a token that dovecot takes for this user; one that has run out for `seconds` below 0."""
        parts = [{"alg": "HS256", "typ": "JWT"}, {"sub": user, "email": user, "iat": int(time.time()) - 900, "exp": int(time.time()) + seconds}]
        signed = b".".join(_base64url(json.dumps(part).encode()) for part in parts)
        return (signed + b"." + _base64url(hmac.digest(self._key, signed, hashlib.sha256))).decode()

    def client(self, user: str) -> IMAPClient:
        """Return a client of the tests' own, logged in."""
        from imapclient import IMAPClient
        client = IMAPClient("127.0.0.1", self.port, ssl=False, timeout=30)
        client.login(user, self.password)
        return client

    def mails(self, user: str, contents: Iterable[bytes], folder: str = "") -> list[Path]:
        """Put messages into the Maildir of a folder ("" is INBOX) as they lie on a server's disk, and return their files."""
        maildir = self.folder_of_all / user / (f".{folder.replace('/', '.')}" if folder else "")
        for part in ("cur", "new", "tmp"):
            (maildir / part).mkdir(parents=True, exist_ok=True)
        files = []
        for number, content in enumerate(contents):
            file = maildir / "cur" / f"{1_700_000_000 + number}.M{number:06d}{secrets.token_hex(3)}.tests:2,"
            file.write_bytes(content)
            os.utime(file, (1_700_000_000 + number, 1_700_000_000 + number))
            files.append(file)
        hand_over(self.folder_of_all / user)
        return files

    def bodies_given(self, user: str) -> int:
        """Return how many bodies were given to a user in sessions that have ended; waits for those that are ending."""
        until, before = time.monotonic() + 5, -1
        while time.monotonic() < until:
            text = (self.folder_of_all.parent / "dovecot.log").read_text("utf-8", "replace")
            begun = len(re.findall(rf"imap-login: (?:Info: )?Login: user=<{re.escape(user)}>", text))
            counts = [int(n) for n in re.findall(rf"imap\({re.escape(user)}\).*?body_count=(\d+)", text)]
            if len(counts) == begun and begun == before:
                return sum(counts)
            before = begun
            time.sleep(0.2)
        raise AssertionError(f"{begun} sessions of {user} began, {len(counts)} ended")

    def kill(self) -> None:
        """End the server and its children at once. Only for a server of one's own (`dovecot()`)."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def dovecot() -> Iterator[MailServer]:
    """Start a server of its own. Raises CannotHave."""
    program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not program or not Path("/usr/lib/dovecot/imap").is_file():
        raise CannotHave("dovecot's IMAP server is missing; on Debian: apt-get install dovecot-imapd")
    with working_folder("dovecot") as folder:
        port, tls_port = free_ports(2)
        password, key = secrets.token_hex(12), secrets.token_bytes(32)
        mail = folder / "mail"
        mail.mkdir()
        keys = folder / "keys" / "default" / "HS256"
        keys.mkdir(parents=True)
        (keys / "default").write_bytes(base64.b64encode(key))
        _certificate(folder)
        (folder / "oauth2.conf.ext").write_text(
            f"introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={folder}/keys/\nusername_attribute = email\n", "utf-8")
        (folder / "dovecot.conf").write_text(_settings(folder, port, tls_port, password), "utf-8")
        hand_over(folder)
        command = [program, "-F", "-c", folder / "dovecot.conf"]
        with running(command, ready=lambda: _greets(port), log=folder / "server.log", folder=folder,
                     environment={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(folder)}, seconds=30) as process:
            yield MailServer(port, tls_port, folder / "certificate.pem", password, mail, key, process)


def _greets(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as probe:
            return probe.recv(4) == b"* OK"
    except OSError:
        return False


def _base64url(content: bytes) -> bytes:
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def _certificate(folder: Path) -> None:
    """Write a certificate of its own for `localhost`, and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256()))
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))


def _settings(folder: Path, port: int, tls_port: int, password: str) -> str:
    import grp
    import pwd
    user = plain_user() or pwd.getpwuid(os.geteuid())
    group = grp.getgrgid(user.pw_gid).gr_name
    return f"""\
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user.pw_name}
default_internal_group = {group}
default_login_user = {user.pw_name}
first_valid_uid = 1
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
disable_plaintext_auth = no
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u
mail_fsync = never
namespace inbox {{
  inbox = yes
  separator = /
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf.ext
}}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user.pw_uid} gid={user.pw_gid} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""
