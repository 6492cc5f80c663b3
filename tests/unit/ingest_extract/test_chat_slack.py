"""Slack exports: channel and day, names from the list beside them, threads, edits, files, marks of `mrkdwn`."""
from __future__ import annotations

from builders.readings import messages, reading

from archive.model.item import Item, Place
from ingest.beside import Beside, people_of

DAY = [
    {"type": "message", "user": "U1", "text": "see <https://x.example/a|the list> &amp; ask <@U2> in <#C9|ops> <!channel>", "ts": "1733130180.000100",
     "reactions": [{"name": "+1", "users": ["U2"], "count": 1}]},
    {"type": "message", "user": "U2", "text": "done", "ts": "1733130240.000200", "thread_ts": "1733130180.000100", "edited": {"user": "U2",
     "ts": "1733130300.0"},
     "files": [{"id": "F1", "name": "rates.xlsx", "mimetype": "application/x", "url_private": "https://files.example/F1"}]},
    {"type": "message", "subtype": "channel_join", "user": "U3", "text": "<@U3> has joined the channel", "ts": "1733130250.000300"},
    {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "Pager", "text": "", "ts": "1733130260.000400",
     "attachments": [{"title": "Alert", "text": "queue above 40", "fallback": "x"}]},
]
PEOPLE = (("U1", "Ann Lee", "ann@x.example"), ("U2", "Bob Ray", ""))


def test_messages_have_names_from_the_list_beside_them() -> None:
    identified, read = reading(DAY, "exp/acct-x/2024-12-02.json", people=PEOPLE)
    assert identified.format == "slack" and identified.basis == "structure" and identified.declared == ""
    assert [m[1] for m in messages(read)] == ["Ann Lee", "Bob Ray", "U3", "Pager"]
    assert messages(read)[0][0] == "2024-12-02T09:03:00+00:00"
    assert read.text.startswith("[2024-12-02 09:03:00 +00:00] Ann Lee: see the list (https://x.example/a) & ask @Bob Ray in #ops @channel\n"
                                "  reactions: :+1: Bob Ray")
    assert ("speaker", "ann@x.example", "Ann Lee") in [(p.role, p.address, p.name) for p in read.participants]
    assert read.metadata["slack:names"] == "users.json of the export"


def test_replies_edits_files_and_bots_are_marked() -> None:
    _, read = reading(DAY, "exp/acct-x/2024-12-02.json", people=PEOPLE)
    assert "Bob Ray (reply to 2024-12-02 09:03:00 +00:00, edited 2024-12-02 09:05:00 +00:00): done" in read.text
    assert "\n  file: rates.xlsx (application/x, https://files.example/F1)" in read.text
    assert "U3 (joined): @U3 has joined" in read.text
    assert "Pager (bot): attachment: Alert | queue above 40" in read.text


def test_days_of_a_channel_are_one_conversation_and_other_channels_another() -> None:
    one, two, other = (reading(DAY, name)[1] for name in ("e/a/2024-12-02.json", "e/a/2024-12-03.json", "e/b/2024-12-02.json"))
    assert one.conversation == two.conversation != other.conversation
    assert one.subject == "#a" and one.metadata["slack:channel"] == "a"


def test_without_a_list_names_come_from_the_messages_else_the_id_stands() -> None:
    day = [DAY[0] | {"user_profile": {"real_name": "Ann L.", "name": "ann"}}, DAY[1]]
    _, read = reading(day, "e/a/2024-12-02.json")
    assert [m[1] for m in messages(read)] == ["Ann L.", "U2"]


def test_the_export_s_own_ids_are_kept_in_order() -> None:
    _, read = reading(DAY, "e/a/2024-12-02.json")
    assert read.metadata["chat:message ids"].split() == [m["ts"] for m in DAY]


def test_lists_of_an_export_are_readable_and_no_chat() -> None:
    identified, read = reading([{"id": "U0ANN", "name": "ann", "profile": {"real_name": "Ann Lee", "email": "Ann@X.example",
        "image_24": "http://p"}}], "e/users.json")
    assert identified.format == "export-list" and not read.segments
    assert "profile.real_name: Ann Lee" in read.text and "http://p" not in read.text
    assert [(p.role, p.address) for p in read.participants] == [("member", "ann@x.example")]


def test_a_cut_export_is_read_as_far_as_it_goes() -> None:
    import json
    text = json.dumps(DAY)
    _, read = reading(text[:text.index('"subtype": "bot_message"')], "e/a/2024-12-02.json")
    assert len(messages(read)) == 3 and "ends too early" in read.outcome.note  # type: ignore[union-attr]


def item(path: str, inner: str | None = None, size: int = 2) -> Item:
    return Item("r", "d", size, Place(path, path, inner), "", "", "", None, "r", 0, 0, "", "", "", "")  # type: ignore[arg-type]


def test_the_list_beside_a_day_is_found_in_folders_and_archives(tmp_path: object) -> None:
    from pathlib import Path
    root = Path(str(tmp_path))
    (root / "a").mkdir()
    (root / "a/2024-12-02.json").write_text("[]")
    (root / "users.json").write_text('[{"id": "U1", "real_name": "Ann", "deleted": false, "profile": {"email": "A@x.example"}}, {"id": "U2"}]')
    beside = Beside()
    assert beside.people(item(f"{root}/a/2024-12-02.json")) == (("U1", "Ann", "a@x.example"),)
    assert beside.people(item(f"{root}/a/notes.json")) == ()
    assert Beside().people(item(f"{root}/a/2024-12-02.json", size=999)) == (), "a place that is a mere name is not looked up on the disk"
    beside.note(Place("d/e.zip", "d/e.zip", "exp/users.json"), (root / "users.json").read_bytes())
    assert beside.people(item("d/e.zip", "exp/a/2024-12-02.json")) == (("U1", "Ann", "a@x.example"),)
    assert beside.people(item("d/e.zip", "other/a/2024-12-02.json")) == ()


def test_what_is_no_list_of_users_gives_nobody() -> None:
    assert people_of(b"[[[") == () and people_of(b'{"a": 1}') == () and people_of(b"[" * 100_000) == () and people_of(b'[{"id": 3}]') == ()
