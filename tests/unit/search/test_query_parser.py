"""From what a person types to what was meant."""
from __future__ import annotations

import pytest

from archive.errors import QuerySyntax
from archive.model.client import Client
from archive.model.query import AllOf, AnyOf, Exists, In, MatchAll, Not, Phrase, Preferring, Query, Range, Term, Wildcard
from search_api.query import Known, parse, query_of, understood
from search_api.query.answers import facts_asked

KNOWN = Known((Client("C-1042", "Brackenfell Retail Ltd", ("Fell & Hearth",)),), frozenset({"C-1042", "X-9"}))


def meant(text: str) -> Query:
    return query_of(parse(text), KNOWN)


@pytest.mark.parametrize(("text", "line"), [
    ("alpha beta", "records with any of: alpha, beta; those with all or with neighbours first"),
    ("alpha March 2025", "records with any of: alpha, March, 2025; those with all or with neighbours first; those of 2025-03 before others"),
    ("alpha chat", "records with any of: alpha, chat; those with all or with neighbours first; also these kinds of record: chat"),
    ("alpha twice", "records with any of: alpha, twice; those with all or with neighbours first; also words of the same meaning, with less "
                    "weight: double, duplicate, again, doppelt, zweimal, doublon, deux, doble, duplicado"),
    ("twice", "records with twice"),
    ("notice AND fee", "notice AND fee"),
    ('notice "fee due"', 'notice AND "fee due"'),
    ("a1 b1 OR c1", "(a1 AND b1) OR c1"),
    ("a1 AND (b1 OR c1)", "a1 AND (b1 OR c1)"),
    ("a1 OR b1 AND c1", "a1 OR (b1 AND c1)"),
    ("fee -draft", "fee AND NOT draft"),
    ("fee NOT draft", "fee AND NOT draft"),
    ("+fee draft", "fee AND draft"),
    ("-(a1 OR b1)", "NOT (a1 OR b1)"),
    ("kind:email", "kind:email"),
    ("FROM:bob", "from:bob"),
    ('custodian:"Jane Smith"', 'custodian:"Jane Smith"'),
    ("subject:(fee OR =Notice)", "subject:fee OR subject:=Notice"),
    ("from:(ann OR bob)", "from:ann OR from:bob"),
    ('"fee notice"~3', '"fee notice"~3'),
    ("“fee notice”", '"fee notice"'),
    ("noti* fe?s", "noti* AND fe?s"),
    ("=notices", "=notices"),
    ("", "every record"), ("   ", "every record"), ("*", "every record"),
    ("* -fee", "* AND NOT fee"),
    ("INV-25-0331", "records with INV-25-0331"),
    ("fee & notice AND x", "fee AND notice AND x"),
])
def test_queries_are_understood_as_written_out(text: str, line: str) -> None:
    assert understood(parse(text)) == line


def test_understood_line_means_the_same_when_it_is_asked_again() -> None:
    for text in ("a1 b1 OR c1", "-(a1 OR b1) kind:email", 'subject:(x1 OR "y z"~2) noti*', "date:2025.. =Fee"):
        line = understood(parse(text))
        assert understood(parse(line)) == line


@pytest.mark.parametrize("text", ["how was INV-25-0611 cleared?", "and or not", "Smith - Jones", "Re: invoice", "see http://x.example/a", "5% of 12:30",
                                  "what is the C:\\temp file", "Wann ist die Kündigung zugegangen?",
                                  "did it end?!"])
def test_question_without_operators_is_plain(text: str) -> None:
    assert parse(text).mode == "plain"


@pytest.mark.parametrize("text", ["a AND b", '"a b"', "noti*", "te?t", "kind:email", "-draft", "+fee", "=fee", "(fee)", "NOT fee"])
def test_any_operator_quote_field_or_pattern_makes_a_query_exact(text: str) -> None:
    assert parse(text).mode == "exact"


def test_function_words_carry_no_weight_unless_there_are_no_others() -> None:
    assert parse("when was the notice received").left_out == ("when", "was", "the")
    assert parse("Wann ist die Kündigung der OKV zugegangen?").left_out == ("Wann", "ist", "die", "der")
    assert parse("pourquoi la facture").left_out == ("pourquoi", "la")
    assert parse("what is it").left_out == ()


def test_word_that_is_a_function_word_only_elsewhere_is_kept() -> None:
    assert parse("car rental").left_out == ()
    assert parse("war").left_out == ()


@pytest.mark.parametrize(("text", "position", "says"), [
    ("colour:red", 0, "Fields are"),
    ("fee colour:red", 4, "Fields are"),
    ('fee "open', 4, "not closed"),
    ("(fee", 0, "not closed"),
    ("fee)", 3, "never opened"),
    ("fee AND", 7, "nothing to its right"),
    ("AND fee", 0, "nothing to its left"),
    ("fee OR OR draft", 7, "nothing to its right"),
    ("NOT", 3, "nothing to its right"),
    ("kind:letterz", 5, "It is one of"),
    ("type:money", 5, "It is one of"),
    ("is:lost", 3, "is:duplicate"),
    ("client:Nobody", 7, "no client"),
    ("date:31.03.2025", 5, "order of day and month"),
    ("date:2025-13", 5, "calendar"),
    ("date:2025-02-30", 5, "calendar"),
    ("date:2025-03-01..2025-02-01", 5, "ends before"),
    ("date:..", 5, "no end"),
    ("kind:", 0, "no value"),
    ("subject:(kind:email)", 9, "inside another field"),
    ("a*", 0, "too few letters"),
    ("a*-due", 0, "too few letters"),
    ('"notice * termination"', 0, "too few letters"),
    ('"notice of terminat*"~2', 0, "a pattern and a distance"),
    ("W/5 a", 0, "nothing to its left"),
    ("a W/5", 5, "nothing to its right"),
    ("a W/0 b", 2, "not between 1 and 100"),
    ("a W/101 b", 2, "not between 1 and 100"),
    ("a W/5 b W/5 c", 8, "two ways"),
    ("(a b) W/5 c", 6, "joined by OR"),
    ("(NOT a) W/5 c", 8, "joined by OR"),
    ("kind:email W/5 c", 11, "joined by OR"),
    ("subject:a W/5 b", 10, "different fields"),
    ("notices~2 W/5 b", 0, "cannot stand beside"),
    ("ab~", 0, "too many letters"),
    ("notice~3", 0, "too many letters"),
    ("no*ce~", 0, "not one word"),
    ("/.*/", 1, "too many words"),
    ("/(ab/", 1, "not closed"),
    ("/ab-c/", 3, "never met"),
    ("/ab**/", 4, "cannot be repeated"),
    ("/a{30}b/", 2, "at most 20"),
    ("/a.*b.*c.*d.*/", 1, "repeats without end"),
    ("/(a|b).*a.{12}b/", 1, "too complex"),
    ("thread:{a", 0, "not closed"),
    ("thread:{}", 0, "Nothing stands in"),
    ("from:(thread:{a})", 6, "inside another field"),
    ("thread:{a} within 5 days", 11, "not two of a kind"),
    ("thread:{a} AND family:{b} within 5 days", 26, "not two of a kind"),
    ("date:2025-Q5", 5, "no date"),
    ("sent:31.03.2024", 5, "no date"),
    ("received:soon", 9, "no date"),
    ("amount:lots", 7, "no sum"),
    ("amount:9..5", 7, "ends before it begins"),
    ("amount:<0", 7, "less than 0"),
    ("*a*b*c*", 0, "more than 3"),
    ('"  "', 0, "no word"),
    ("?!", 0, "no word"),
    ("=", 0, "no word"),
    ('"a b c d e f"~2', 0, "distance"),
    ('"a b"~99', 0, "distance"),
])
def test_mistake_is_named_with_its_place_and_a_remedy(text: str, position: int, says: str) -> None:
    with pytest.raises(QuerySyntax) as raised:
        meant(text)
    assert raised.value.position == position
    assert raised.value.remedy
    assert says in str(raised.value)


def test_limits_hold_for_length_words_and_depth() -> None:
    for text in ("x" * 2001, " ".join(f"w{n}" for n in range(65)), " AND ".join(f"w{n}" for n in range(65)), "(" * 30 + "a" + ")" * 30,
                 "-" + "NOT " * 30 + "a"):
        with pytest.raises(QuerySyntax):
            parse(text)


def test_bare_words_beside_an_operator_are_joined_by_and() -> None:
    assert isinstance(meant("fee draft kind:email"), AllOf)
    assert meant("kind:email -kind:chat") == AllOf((In("kind", ("email",)), Not(In("kind", ("chat",)))))


def test_word_is_met_in_every_text_field_and_in_every_stemmers_form() -> None:
    asked = meant("Kündigungen AND x1")
    assert isinstance(asked, AllOf)
    parts = asked.parts[0].parts  # type: ignore[union-attr]
    assert {(p.field, p.token) for p in parts if isinstance(p, Term)} >= {
        ("body", "kundig"), ("body", "kundigungen"), ("subject", "kundig"), ("filename_exact", "kundigungen"), ("participants_exact", "kundigungen")}


def test_identifier_is_asked_for_as_a_phrase() -> None:
    assert meant("text:INV-25-0331") == Phrase("body", ("inv", "25", "0331"), 0, 1.0)
    assert meant("text:INV-25-*") == Phrase("body_exact", ("inv", "25"), 0, 1.0)


def test_quotes_and_equals_ask_for_the_form_as_written() -> None:
    assert meant('text:"Termination notices"') == AnyOf((Phrase("body_exact", ("termination", "notices")),))
    assert meant("text:=Notices") == Term("body_exact", "notices", 1.0)


def test_pattern_is_folded_and_held_against_unstemmed_tokens() -> None:
    assert meant("text:KÜNDIG*") == AnyOf((Wildcard("body_exact", "kundig*"),))
    assert meant("filename:*.PDF") == Wildcard("filename_key", "*.pdf")


@pytest.mark.parametrize(("text", "query"), [
    ("date:2025", Range("date", "2025-01-01", "2025-12-31")),
    ("date:2024-02", Range("date", "2024-02-01", "2024-02-29")),
    ("date:2025-03-01..2025-03-31", Range("date", "2025-03-01", "2025-03-31")),
    ("date:2024..2025-03", Range("date", "2024-01-01", "2025-03-31")),
    ("date:2025..", Range("date", "2025-01-01", None)),
    ("date:..2025", Range("date", None, "2025-12-31")),
    ("before:2025-03", Range("date", None, "2025-02-28")),
    ("after:2025-03", Range("date", "2025-04-01", None)),
    ("after:9999", Range("date", "9999-12-31", None)),
    ("date:none", Not(Exists("date"))),
    ("kind:email,chat", In("kind", ("email", "chat"))),
    ('kind:"call note"', In("kind", ("call_note",))),
    ("type:dispute", In("record_types", ("dispute",))),
    ("client:c-1042", In("clients", ("C-1042",))),
    ('client:"fell & hearth"', In("clients", ("C-1042",))),
    ("client:X-9", In("clients", ("X-9",))),
    ("from:BOB@okv.example", In("from", ("bob@okv.example",))),
    ("from:@okv.example", AnyOf((In("from", ("okv.example",)), Phrase("from_names", ("okv", "example"))))),
    ("to:smith", AnyOf((In("to", ("smith",)), Phrase("to_names", ("smith",))))),
    ("has:attachment", AllOf((In("has_attachment", ("true",)),))),
    ("is:privileged", AllOf((In("privileged", ("true",)),))),
    ("received:2024-03", Range("received", "2024-03-01", "2024-03-31")),
    ("received:none", Not(Exists("received"))),
    ("received:none OR before:2024", AnyOf((Not(Exists("received")), Range("date", None, "2023-12-31")))),
    ("language:DE", In("language", ("de",))),
    ("thread:t1", In("thread", ("t1",))),
    ("message:<a@b>", In("message_id", ("a@b",))),
])
def test_filters_ask_the_index_for(text: str, query: Query) -> None:
    assert meant(text) == query


def test_plain_question_finds_any_word_and_adds_for_all_and_for_neighbours() -> None:
    preferred = meant("invoice refund")
    assert isinstance(preferred, Preferring) and preferred.better == (Term("is_duplicate", "false", 0.01),)
    asked = preferred.query
    assert isinstance(asked, AnyOf)
    assert any(isinstance(part, AllOf) for part in asked.parts)
    near = [part for part in asked.parts if isinstance(part, Phrase)]
    assert {part.field for part in near} == {"body", "subject"}
    assert any(part.slop for part in near)


@pytest.mark.parametrize(("text", "facts"), [
    ("why did Alder leave", ["leaving_reason"]), ("what was behind the decision to switch provider", ["leaving_reason"]),
    ("Warum hat Alder gekündigt?", ["leaving_reason"]), ("Gründe für die Beendigung", ["leaving_reason"]),
    ("pourquoi sont-ils partis", ["leaving_reason"]), ("motif de la résiliation", ["leaving_reason"]), ("¿Por qué se fue Alder?", ["leaving_reason"]),
    ("when did the notice arrive", ["received_on", "presented_on", "asserts_receipt"]),
    ("wann ging das Schreiben ein, Zugang", ["received_on", "presented_on", "asserts_receipt"]),
    ("date de réception du courrier", ["received_on", "presented_on", "asserts_receipt"]),
    ("have they returned our laptops", ["data_deleted", "assets_returned", "handover_done"]),
    ("Löschung der Daten bestätigt", ["data_deleted", "assets_returned", "handover_done"]),
    ("why is the balance wrong", []), ("annual leave of the team", []), ("payment received", []), ("returned calls", []), ("Grundgebühr", []),
    ("why", []), ("leave", []), ("leaving_reason", []), ("partial shipment reason", []),
])
def test_plain_question_prefers_records_that_hold_the_fact_it_asks_after(text: str, facts: list[str]) -> None:
    assert facts_asked(parse(text)) == facts
    if facts:
        assert isinstance(found := meant(text), Preferring) and isinstance(found.query, AnyOf)
        assert {part.token for part in found.query.parts if isinstance(part, Term) and part.field == "tells"} == set(facts)
        assert f"also records that tell {', '.join(facts)}" in understood(parse(text))


def test_fact_that_is_asked_after_counts_only_of_the_client_that_the_question_names() -> None:
    def tells(text: str) -> set[Query]:
        found = meant(text)
        assert isinstance(found, Preferring) and isinstance(found.query, AnyOf)
        return {part for part in found.query.parts if "tells" in repr(part)}
    of_any = Term("tells", "leaving_reason", 8.0)
    assert tells("why did they leave") == tells("why did the retailers leave") == {of_any}
    assert tells("why did Brackenfell leave") == {AllOf((of_any, In("clients", ("C-1042",))))}


def test_stars_in_a_row_are_one() -> None:
    assert meant("text:noti****") == AnyOf((Wildcard("body_exact", "noti*"),))


def test_nothing_asks_for_everything() -> None:
    assert meant("") == MatchAll()
