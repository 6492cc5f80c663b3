"""Teams chats: pages of Graph messages, other wrappings, the newest first, HTML pages."""
from __future__ import annotations

import pytest
from builders.readings import messages, reading


def graph(number: int, name: str, content: str, **more: object) -> dict[str, object]:
    return {"id": f"{number}", "createdDateTime": f"2024-10-02T06:4{number}:12.4Z", "messageType": "message", "chatId": "19:abc@thread.v2",
            "from": {"user": {"id": name.lower(), "displayName": name}}, "body": {"contentType": "html", "content": content}} | more


def test_pages_of_graph_messages_come_in_order_of_time_with_html_shown() -> None:
    value = {"@odata.count": 2, "value": [graph(2, "Bob", "<p>yes &amp; no</p><ul><li>a</li></ul>"), graph(1, "Ann", "<div>x<br>y</div>")]}
    identified, read = reading(value, "d/chat.json")
    assert identified.format == "teams"
    assert messages(read) == [("2024-10-02T06:41:12+00:00", "Ann", "x\n  y"), ("2024-10-02T06:42:12+00:00", "Bob", "yes & no\n  \n  a")]
    assert read.conversation == "teams:19:abc@thread.v2" and read.metadata["chat:times"] == "as written, with zone"


def test_replies_edits_deletions_attachments_and_events_are_shown() -> None:
    value = {"messages": [
        graph(1, "Ann", "x", replyToId="1727000000000", lastEditedDateTime="2024-10-02T07:00:00Z", attachments=[{"name": "r.docx",
            "contentUrl": "https://s.example/r"}]),
        graph(2, "Ann", "", deletedDateTime="2024-10-02T07:30:00Z"),
        graph(3, "Ann", "<systemEventMessage/>", messageType="systemEventMessage",
              eventDetail={"@odata.type": "#microsoft.graph.membersAddedEventMessageDetail", "members": [{"displayName": "Cy"}]})]}
    _, read = reading(value, "d/chat.json")
    assert "Ann (reply to 2024-09-22 10:13:20 +00:00, edited 2024-10-02 07:00:00 +00:00): x\n  attachment: r.docx (https://s.example/r)" in read.text
    assert "Ann (deleted 2024-10-02 07:30:00 +00:00)" in read.text
    assert "event: membersAddedEventMessageDetail Cy" in read.text


def test_a_bare_list_and_a_channel_with_replies_are_read() -> None:
    channel = {"teamId": "t", "channelId": "19:c"}
    value = [graph(1, "Ann", "x", chatId=None, channelIdentity=channel, subject="Plan", replies=[graph(2, "Bob", "y", chatId=None, channelIdentity=channel)])]
    _, read = reading(value, "d/channel.json")
    assert [m[1:] for m in messages(read)] == [("Ann", "Plan\n  x"), ("Bob", "y")] and read.conversation == "teams:t/19:c"


def test_the_personal_export_is_read() -> None:
    value = {"conversations": [{"id": "19:z", "displayName": "Ops", "MessageList": [
        {"id": "1", "displayName": "Ann", "originalarrivaltime": "2024-10-02T06:41:12.400Z", "messagetype": "RichText/Html", "content": "<b>hi</b>",
         "from": "8:orgid:1",
         "conversationid": "19:z"}]}]}
    identified, read = reading(value, "d/messages.json")
    assert identified.format == "teams" and messages(read) == [("2024-10-02T06:41:12+00:00", "Ann", "hi")] and read.subject == "Ops"


PAGE = """<html><head><title>Chat with Bob</title></head><body><h1>Chat</h1>
<div class="message"><b class="sender">Ann &amp; Co</b> <i class="time" title="x">12.13.2025 4:20 PM</i><p>first<br>line</p></div>
<div class="message"><b class="sender">Bob</b> <i class="time">12.14.2025 9:05 AM</i><p>second</p></div></body></html>"""


def test_a_chat_page_is_read_by_the_classes_of_its_elements() -> None:
    identified, read = reading(PAGE.replace("12.13.2025", "12/13/2025").replace("12.14.2025", "12/14/2025"), "d/chat.html")
    assert identified.format == "chat-html" and identified.mime == "text/html"
    assert messages(read) == [("2025-12-13T16:20", "Ann & Co", "first\n  line"), ("2025-12-14T09:05", "Bob", "second")]
    assert read.subject == "Chat with Bob" and "mdy" in read.metadata["chat:times"]


def test_telegram_pages_have_times_with_zone_and_joined_messages() -> None:
    page = """<title>Exported Data</title><div class="history">
    <div class="message default clearfix"><div class="body"><div class="pull_right date details" title="14.11.2024 20:02:11 UTC+01:00">20:02</div>
    <div class="from_name">Ann</div><div class="text">one</div></div></div>
    <div class="message default clearfix joined"><div class="body"><div class="pull_right date details" title="14.11.2024 20:03:11 UTC+01:00">20:03</div>
    <div class="text">two</div></div></div></div>"""
    identified, read = reading(page, "d/messages.html")
    assert identified.format == "chat-html"
    assert messages(read) == [("2024-11-14T20:02:11+01:00", "Ann", "one"), ("2024-11-14T20:03:11+01:00", "Ann", "two")]


@pytest.mark.parametrize(("around", "title", "is_chat"), [
    ('class="message"', "x", True), ("class=chat-row", "x", True), ("CLASS = 'c Thread-Item'", "x", True), ('id="my-history"', "x", True),
    ('class="unmessage"', "x", False), ('data="message"', "x", False), ('class="a" title="message"', "x", False), ('class="a">message<i class="b"', "x", False),
    ('class="a"', "Unterhaltung mit Ann", True), ('class="a"', "Conversación", True), ('class="a"', "x", False)])
def test_page_is_a_chat_where_a_class_or_the_title_speaks_of_messages(around: str, title: str, is_chat: bool) -> None:
    said = "".join(f'<div {around}><b class="sender">{who}</b> <i class="time">2024-12-1{n} 9:05</i><p>x</p></div>' for n, who in enumerate(("Ann", "Bob")))
    assert (reading(f"<html><head><title>{title}</title></head><body>{said}</body></html>", "d/page.html")[0].format == "chat-html") is is_chat


def test_a_page_with_an_author_and_a_date_is_no_chat() -> None:
    page = '<html><title>News</title><article><span class="author">Ann</span><time datetime="2024-01-01">1 Jan</time><p>x</p></article></html>'
    assert reading(page, "d/news.html")[0].format == "html"
