"""Mailboxes are pulled from a real mail server: every byte, nothing twice, nothing changed on the server."""
from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from servers.dovecot import MailServer, dovecot

from archive.errors import BadRequest, BadSettings, Unavailable
from archive.model.digest import digest_of, original_key
from archive.model.item import Item
from archive.model.run import RunReport
from archive.model.viewer import LOCAL
from archive.ports import Intact, RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.pipeline import ingest
from ingest.sources.base import Access
from ingest.tools import imap as server_tool
from search_api.search import search


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    opened = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "2"}))
    yield opened
    opened.close()


def mail(n: int, body: str = "") -> bytes:
    """Return a message as it lies on the disk of a mail server, with the line ends of that disk."""
    words = "\n".join(f"Zeile {k} über Sache {n}" for k in range(n % 17)) or body
    return (f"From: Tom Alder <tom{n}@alder.example>\nTo: desk@provider.example\nSubject: Matter {n}\n"
            f"Date: Mon, 1 Jan 2024 10:{n % 60:02d}:00 +0100\nMessage-ID: <{n}@alder.example>\n"
            f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body or words}\n").encode()


def on_the_wire(content: bytes) -> bytes:
    """Return what IMAP gives of it: lines end with CRLF (RFC 9051, 2.2)."""
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def access(server: MailServer) -> Access:
    return Access(environment={"IMAP_PASSWORD": server.password})


def pull(archive: Archive, server: MailServer, user: str, folder: str = "", **more: str) -> RunReport:
    return ingest(archive, [server.url(user, folder)], access=access(server), **more)


def items(archive: Archive) -> list[Item]:
    return [i for i in archive.catalogue.items() if i.place.inner is None]


def content(archive: Archive, item: Item) -> bytes:
    with archive.objects.open(original_key(item.digest)) as stream:
        return stream.read()


def test_thousand_mails_come_in_byte_for_byte_and_stay_unseen_on_the_server(archive: Archive, mail_server: MailServer) -> None:
    mails = [mail(n) for n in range(1000)]
    files = mail_server.mails("anna", mails)
    report = pull(archive, mail_server, "anna")
    assert report.status == "finished" and report.adds_up and report.met == report.counts["stored"] == 1000
    assert sorted(i.digest for i in items(archive)) == sorted(digest_of(on_the_wire(m)) for m in mails)
    assert all(isinstance(archive.objects.check(original_key(i.digest), i.digest), Intact) for i in items(archive))
    assert mail_server.bodies_given("anna") == 1000
    assert all(f.is_file() and f.name.endswith(":2,") for f in files)            # a message that was seen has an S there
    client = mail_server.client("anna")
    client.select_folder("INBOX", readonly=True)
    assert client.search("SEEN") == []
    client.logout()
    one = archive.catalogue.record(items(archive)[0].record_id, LOCAL)
    assert one.kind == "email" and one.custodian == "anna" and one.mime == "message/rfc822"


def test_place_names_server_user_folder_and_message_and_time_is_that_of_arrival(archive: Archive, mail_server: MailServer) -> None:
    mail_server.mails("ann.e@alder.example", [mail(1)], "Clients/Alder")
    pull(archive, mail_server, "ann.e@alder.example", custodian="Anne")
    [item] = items(archive)
    client = mail_server.client("ann.e@alder.example")
    validity = client.folder_status("Clients/Alder", ["UIDVALIDITY"])[b"UIDVALIDITY"]
    client.logout()
    name = f"imap://ann.e%40alder.example@127.0.0.1:{mail_server.port}/Clients/Alder;UIDVALIDITY={validity};UID=1"
    assert (item.place.path, item.place.canonical, item.place.inner) == (name, name, None)
    assert item.modified_at == "2023-11-14T22:13:20+00:00" and item.declared_mime == "message/rfc822" and item.custodian == "Anne"
    record = archive.catalogue.record(item.record_id, LOCAL)
    assert (record.received_at, record.bases["received_at"]) == ("2023-11-14T22:13:20+00:00", "INTERNALDATE of the mailbox")
    assert search(archive, LOCAL, "received:2023-11-14").total == 1 and search(archive, LOCAL, "received:none").total == 0


def test_same_command_again_fetches_nothing_and_counts_every_mail_as_held(archive: Archive, mail_server: MailServer) -> None:
    mail_server.mails("bert", [mail(n) for n in range(30)])
    pull(archive, mail_server, "bert")
    assert mail_server.bodies_given("bert") == 30
    again = pull(archive, mail_server, "bert", source="named")
    assert again.met == again.counts["already_held"] == 30 and again.adds_up
    assert mail_server.bodies_given("bert") == 30
    mail_server.mails("bert", [mail(77)])
    third = pull(archive, mail_server, "bert")
    assert (third.met, third.counts["already_held"], third.counts["stored"]) == (31, 30, 1)
    assert mail_server.bodies_given("bert") == 31


RUN = """
import os, sys
from archive.settings import read_settings
from archive.wiring import open_archive
from ingest.pipeline import ingest
from ingest.sources.base import Access
report = ingest(open_archive(read_settings()), sys.argv[1:], access=Access(environment=dict(os.environ)))
assert report.status == "finished" and report.adds_up
"""


@pytest.mark.parametrize("seed", range(2))
def test_pull_killed_in_the_middle_goes_on_and_fetches_nothing_that_was_held(seed: int, mail_server: MailServer, tmp_path: Path) -> None:
    user, mails = f"carl{seed}", [mail(n, "x" * 20_000) for n in range(1000)]
    mail_server.mails(user, mails)
    environment = os.environ | {"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "1", "IMAP_PASSWORD": mail_server.password}
    command = [sys.executable, "-c", RUN, mail_server.url(user)]
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(tmp_path / "home"), "CASETRAIL_WORKERS": "2"}))
    process = subprocess.Popen(command, env=environment)
    wanted = random.Random(seed).randrange(1, 500)
    while archive.catalogue.count_items() < wanted and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    held, given = archive.catalogue.count_items(), mail_server.bodies_given(user)
    assert wanted <= held < 1000 and given < 1000
    report = ingest(archive, [mail_server.url(user)], access=access(mail_server))
    assert report.status == "finished" and report.adds_up
    assert (report.met, report.counts["already_held"], report.counts["stored"]) == (1000, held, 1000 - held)
    assert mail_server.bodies_given(user) - given == 1000 - held
    assert sorted(i.digest for i in items(archive)) == sorted(digest_of(on_the_wire(m)) for m in mails)
    assert len(list(archive.catalogue.records(RecordFilter(), LOCAL))) == 1000
    archive.close()


def test_folder_made_anew_is_fetched_anew_and_its_bytes_are_stored_once(archive: Archive, mail_server: MailServer) -> None:
    client = mail_server.client("dora")
    for _ in range(2):
        client.create_folder("Case")
        for n in range(3):
            client.append("Case", on_the_wire(mail(n)))
        report = pull(archive, mail_server, "dora", "Case")
        assert report.met == 3
        client.delete_folder("Case")
    client.logout()
    assert report.counts["duplicate"] == 3 and mail_server.bodies_given("dora") == 6
    assert len(items(archive)) == 6 and len({i.digest for i in items(archive)}) == 3
    assert len({i.place.canonical.partition("UIDVALIDITY=")[2].partition(";")[0] for i in items(archive)}) == 2


def test_all_folders_are_pulled_and_those_that_hold_no_messages_are_named(archive: Archive, mail_server: MailServer) -> None:
    names = {"": 0, "Clients/Kündigung 日本": 1, "Clients/Alder & Söhne": 2, "We;ird%?#": 3}
    client = mail_server.client("emil")
    for name in names:
        if name:
            client.create_folder(name)
        client.append(name or "INBOX", on_the_wire(mail(names[name])))
    client.logout()
    report = pull(archive, mail_server, "emil")
    account = f"imap://emil@127.0.0.1:{mail_server.port}/"
    assert [(t.path, t.result, t.kept) for t in report.troubles] == [(account + "Clients", "skipped", False)]
    assert report.met == 5 and report.counts["stored"] == 4 and report.adds_up
    found = {i.place.path.removeprefix(account).rpartition(";UIDVALIDITY")[0]: i.digest for i in items(archive)}
    assert found == {name.replace("%", "%25").replace(";", "%3B").replace("?", "%3F").replace("#", "%23") or "INBOX": digest_of(on_the_wire(mail(n)))
                     for name, n in names.items()}


def test_named_folder_is_pulled_with_those_below_it_and_no_other(archive: Archive, mail_server: MailServer) -> None:
    client = mail_server.client("frida")
    for n, name in enumerate(("Clients", "Clients/Alder", "Clientside", "Other")):
        client.create_folder(name)
        client.append(name, on_the_wire(mail(n)))
    client.logout()
    report = pull(archive, mail_server, "frida", "Clients")
    assert report.counts["stored"] == report.met == 2
    with pytest.raises(BadRequest, match=r"no folder 'Nowhere'.*Clients, Clients/Alder"):
        pull(archive, mail_server, "frida", "Nowhere")


def test_message_that_cannot_be_given_costs_only_itself(archive: Archive, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.imap.TRIES_WAIT_SECONDS", (0.0, 0.0))
    files = mail_server.mails("gerd", [mail(n) for n in range(5)])
    files[2].chmod(0)                   # dovecot ends the session over it
    report = pull(archive, mail_server, "gerd")
    assert report.status == "finished" and report.adds_up
    assert (report.met, report.counts["stored"], report.counts["failed"]) == (5, 4, 1)
    assert report.troubles[0].path.endswith(";UID=3") and report.troubles[0].code == "unreadable"
    files[2].chmod(0o600)
    assert pull(archive, mail_server, "gerd").counts["stored"] == 1


def test_large_message_is_fetched_in_pieces_and_whole(archive: Archive, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.imap.BYTES", 100_000)
    monkeypatch.setattr("ingest.sources.imap.PIECE_BYTES", 40_000)
    mails = [mail(n, "\n".join(["y" * 70] * lines)) for n, lines in enumerate((900, 3, 1700, 1000, 4000, 2))]
    mail_server.mails("hugo", mails)
    mail_server.mails("hugo", mails[:1], "Other")
    report = pull(archive, mail_server, "hugo")
    assert report.adds_up and report.met == 7
    assert {content(archive, i) for i in items(archive)} == {on_the_wire(m) for m in mails}


def test_folder_with_more_uids_than_fit_one_answer_is_asked_in_parts(archive: Archive, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.imap.UIDS_AT_ONCE", 7)
    mail_server.mails("ida", [mail(n) for n in range(50)])
    client = mail_server.client("ida")
    client.select_folder("INBOX")
    client.delete_messages(list(range(3, 40)))
    client.expunge()
    client.logout()
    report = pull(archive, mail_server, "ida")
    assert report.met == report.counts["stored"] == 13 and report.adds_up


def test_login_by_token_works_and_one_that_has_run_out_is_told(archive: Archive, mail_server: MailServer, tmp_path: Path) -> None:
    mail_server.mails("jan@alder.example", [mail(1)])
    file = tmp_path / "token"
    file.write_text(mail_server.token("jan@alder.example") + "\n")
    report = ingest(archive, [mail_server.url("jan%40alder.example")], access=Access(token_file=file, environment={"IMAP_PASSWORD": "wrong"}))
    assert report.counts["stored"] == 1
    file.write_text(mail_server.token("jan@alder.example", -60))
    with pytest.raises(BadSettings, match=r"refuses the login of jan@alder\.example with the token"):
        ingest(archive, [mail_server.url("jan@alder.example")], access=Access(token_file=file))


def test_wrong_password_and_none_are_told_and_neither_goes_into_words(archive: Archive, mail_server: MailServer) -> None:
    with pytest.raises(BadSettings, match="no password") as none:
        ingest(archive, [mail_server.url("kim")])
    assert archive.catalogue.runs() == [] and "IMAP_PASSWORD" in str(none.value)
    with pytest.raises(BadSettings, match="refuses the login of kim") as wrong:
        ingest(archive, [mail_server.url("kim")], access=Access(environment={"IMAP_PASSWORD": "sesame77"}))
    assert "sesame77" not in str(wrong.value)
    with pytest.raises(BadRequest, match="has a password in it") as inside:
        ingest(archive, [f"imap://kim:sesame77@127.0.0.1:{mail_server.port}/"], access=access(mail_server))
    assert "sesame77" not in str(inside.value)


def test_certificate_that_nobody_vouches_for_is_refused_before_the_password_goes_out(archive: Archive, mail_server: MailServer,
                                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    mail_server.mails("lena", [mail(1)])
    url = f"imaps://lena@localhost:{mail_server.tls_port}"
    with pytest.raises(BadSettings, match="certificate is not trusted"):
        ingest(archive, [url], access=access(mail_server))
    monkeypatch.setenv("SSL_CERT_FILE", str(mail_server.certificate))
    assert ingest(archive, [url], access=access(mail_server)).counts["stored"] == 1
    with pytest.raises(BadSettings, match="certificate is not trusted"):       # the certificate is for another name
        ingest(archive, [f"imaps://lena@127.0.0.1:{mail_server.tls_port}"], access=access(mail_server))


def test_plain_text_goes_to_another_machine_only_when_allowed(archive: Archive, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    mail_server.mails("mia", [mail(1)])
    monkeypatch.setattr(server_tool, "_is_here", lambda client: False)         # as if it were far away
    with pytest.raises(BadSettings, match="certificate is not trusted"):       # so STARTTLS is asked for
        pull(archive, mail_server, "mia")
    monkeypatch.setattr("imapclient.IMAPClient.has_capability", lambda self, name: name not in (b"STARTTLS", "STARTTLS"))
    with pytest.raises(BadSettings, match="offers no encryption"):
        pull(archive, mail_server, "mia")
    allowed = Access(environment={"IMAP_PASSWORD": mail_server.password}, plain=True)
    assert ingest(archive, [mail_server.url("mia")], access=allowed).counts["stored"] == 1


def test_server_that_is_away_is_told_and_one_that_goes_away_costs_nothing_that_came_in(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.sources.imap.TRIES_WAIT_SECONDS", (0.1,))
    monkeypatch.setattr("ingest.pipeline.BATCH_ITEMS", 50)
    with dovecot() as server:
        server.mails("nora", [mail(n, "z" * 1000) for n in range(400)])
        calls = 0

        def killing() -> bool:
            nonlocal calls
            calls += 1
            if archive.catalogue.count_items() and server._process.poll() is None:
                server.kill()
            return False

        with pytest.raises(Unavailable, match="mail server"):
            ingest(archive, [server.url("nora")], access=access(server), stopping=killing)
        with pytest.raises(Unavailable, match="cannot be reached"):
            pull(archive, server, "nora")
    assert 0 < archive.catalogue.count_items() < 400
    assert all(archive.catalogue.run_report(r).status == "interrupted" for r in archive.catalogue.runs())
