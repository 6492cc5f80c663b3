"""Values of header fields, well formed and not."""
from __future__ import annotations

import pytest

from ingest.extract import headers


@pytest.mark.parametrize(("raw", "said"), [
    (b"=?utf-8?B?S8O8bmRpZ3VuZw==?=", "Kündigung"),
    (b"=?iso-8859-1?Q?Pr=E4sentation?= =?iso-8859-1?Q?_heute?=", "Präsentation heute"),
    (b"=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),  # one character split over two words
    (b"=?x-unknown?Q?caf=C3=A9?=", "café"), (b"=?utf-8?Q?broken", "=?utf-8?Q?broken"), ("Prés".encode(), "Prés"),
    (b"Pr\xe9s", "Prés"), (b"folded\r\n subject", "folded subject"), (b"=?utf-8*en?q?Hi_there?=", "Hi there")])
def test_encoded_words_are_decoded(raw: bytes, said: str) -> None:
    assert headers.words(raw) == said


@pytest.mark.parametrize(("raw", "expected"), [
    (b"Ann Bee <Ann.Bee@X.example>", [("Ann Bee", "ann.bee@x.example")]),
    (b'"Bee, Ann" <a@x.example>, b@y.example', [("Bee, Ann", "a@x.example"), ("", "b@y.example")]),
    (b"a@x.example (Ann Bee)", [("Ann Bee", "a@x.example")]),
    (b"Team: a@x.example, B <b@x.example>;, c@x.example", [("", "a@x.example"), ("B", "b@x.example"), ("", "c@x.example")]),
    (b"undisclosed-recipients:;", []), (b"Ann", [("Ann", "")]), (b"", []),
    (b"=?utf-8?Q?M=C3=BCller=2C_J=C3=B6rg?= <j@x.example>", [("Müller, Jörg", "j@x.example")]),
    (b"Mary <@relay.example:mary@x.example>", [("Mary", "mary@x.example")]), (b"<a@x.example>; <b@x.example>", [("", "a@x.example"), ("", "b@x.example")]),
    (b"'a@x.example' <a@x.example>", [("a@x.example", "a@x.example")])])
def test_addresses_are_read(raw: bytes, expected: list[tuple[str, str]]) -> None:
    assert list(headers.addresses(raw)) == expected


def test_long_address_list_with_comments_is_read_whole() -> None:
    found = headers.addresses(b"".join(b"(note %d) <p%d@x.example>, " % (n, n) for n in range(20_000)))
    assert len(found) == 20_000 and found[19_999] == ("note 19999", "p19999@x.example")


@pytest.mark.parametrize(("raw", "expected"), [
    (b'attachment; filename="a b.pdf"', "a b.pdf"), (b"attachment; filename*=utf-8''Gesch%C3%A4ft.pdf", "Geschäft.pdf"),
    (b"attachment; filename*0*=utf-8''K%C3%BCn; filename*1*=digung; filename*2=.pdf", "Kündigung.pdf"),
    (b'attachment; filename="=?utf-8?Q?Gesch=C3=A4ft.pdf?="', "Geschäft.pdf"), (b"attachment; filename=plain.pdf; size=3", "plain.pdf"),
    (b'attachment; filename="quo\\"te.pdf"', 'quo"te.pdf'), (b'attachment; filename="semi;colon.pdf"', "semi;colon.pdf"), (b"attachment", "")])
def test_file_name_parameter_is_read(raw: bytes, expected: str) -> None:
    assert headers.parameters(headers.as_text(raw)).get("filename", "") == expected


def test_message_ids_keep_their_brackets_and_lose_folding() -> None:
    assert headers.message_ids(b"<a@x>\r\n <b@y\r\n .z> <a@x>") == ("<a@x>", "<b@y.z>")
    assert headers.message_id(b"bare@x.example") == "<bare@x.example>"
    assert headers.message_id(b" ") == ""
    assert headers.message_ids(b"Your message of Monday <c@z>") == ("<c@z>",)


@pytest.mark.parametrize(("raw", "at", "note"), [
    (b"Mon, 18 Mar 2024 09:12:44 +0100 (CET)", "2024-03-18T09:12:44+01:00", ""), (b"18 Mar 24 09:12 EST", "2024-03-18T09:12:00-05:00", ""),
    (b"Mon, 18 Mar 2024 09:12:44", "2024-03-18T09:12:44+00:00", "no zone"), (b"Mon, 18 Mar 2024 09:12:44 -0000", "2024-03-18T09:12:44+00:00", "zone unknown"),
    (b"32 Foo 20x5 99:61:00 +9900", "", ""), (b"", "", ""), (b"Mon, 18 Mar 2024 09:12:60 +0000", "2024-03-18T09:12:59+00:00", "")])
def test_dates_become_iso_with_their_zone(raw: bytes, at: str, note: str) -> None:
    assert headers.moment(raw) == (at, note)
