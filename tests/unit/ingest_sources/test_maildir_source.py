"""Maildirs: messages are mail whatever their names, and nothing that lies there goes unmentioned."""
from __future__ import annotations

from pathlib import Path

import pytest

from ingest.sources import source_for
from ingest.sources.base import Met, Refused, Source


def walk(path: str) -> list[object]:
    chosen = source_for(path)
    assert isinstance(chosen, Source)
    return list(chosen.walk(path, ""))


@pytest.fixture
def maildir(tmp_path: Path) -> Path:
    root = tmp_path / "Mail"
    for folder in ("", ".Sent"):
        for part in ("cur", "new", "tmp"):
            (root / folder / part).mkdir(parents=True)
    (root / "cur" / "1.M1.host:2,S").write_bytes(b"Subject: 1\n\nx")
    (root / "new" / "2.M2.host").write_bytes(b"Subject: 2\n\nx")
    (root / "tmp" / "3.M3.host").write_bytes(b"Subj")
    (root / ".Sent" / "cur" / "4.M4.host:2,").write_bytes(b"Subject: 4\n\nx")
    (root / "dovecot-uidlist").write_bytes(b"3 V1")
    return root


def test_messages_of_cur_and_new_are_declared_mail(maildir: Path) -> None:
    found = {m.place.path.removeprefix(f"{maildir}/"): m.declared_mime for m in walk(str(maildir)) if isinstance(m, Met)}
    assert found == {".Sent/cur/4.M4.host:2,": "message/rfc822", "cur/1.M1.host:2,S": "message/rfc822", "dovecot-uidlist": "",
                     "new/2.M2.host": "message/rfc822"}


def test_undelivered_message_is_refused_by_name(maildir: Path) -> None:
    found = [m for m in walk(str(maildir)) if isinstance(m, Refused)]
    assert [(m.path, m.code) for m in found] == [(f"{maildir}/tmp/3.M3.host", "unsupported")]


def test_maildir_inside_a_folder_is_known(maildir: Path) -> None:
    found = [m for m in walk(str(maildir.parent)) if isinstance(m, Met)]
    assert sum(m.declared_mime == "message/rfc822" for m in found) == 3
    chosen = source_for(str(maildir))
    assert chosen is not None and chosen.name == "maildir"


def test_folder_with_two_of_the_three_is_a_folder(tmp_path: Path) -> None:
    for part in ("cur", "new"):
        (tmp_path / part).mkdir()
    (tmp_path / "cur" / "x").write_text("x")
    assert [m.declared_mime for m in walk(str(tmp_path)) if isinstance(m, Met)] == [""]
