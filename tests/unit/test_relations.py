"""What follows from family, thread and copies."""
from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from archive.model.digest import Digest
from archive.model.extracted import Participant
from archive.model.fact import ClientEvidence
from archive.model.outcome import Done
from archive.model.record import Record
from archive.model.viewer import audience_of, clients_of
from archive.relations import Member, Own, assign, copy_key, join_threads, node, settle_copies, settle_family, settle_thread


def record(name: str, *, parent: str | None = None, family: str = "root", path: str = "/a") -> Record:
    return Record(name, (path,), None, "email", (), (), None, None, None, (), "", None, None, family, parent, None, None, False, None,
                  Digest("0" * 64), "", 0, None, "", "", "", 0, Done())


def member(name: str, own: Own, *, parent: str | None = None, path: str = "/a", position: str = "") -> Member:
    return Member(record(name, parent=parent, path=path), own, position, "d:x", "t")


def sign(client: str, strength: float) -> ClientEvidence:
    return ClientEvidence(client, f"name of {client}", "body", strength)


def test_weak_signs_together_assign_a_client_and_one_alone_does_not() -> None:
    assert assign([sign("A", 0.3)]) == ()
    assert [c for c, _ in assign([sign("A", 0.3), sign("A", 0.3), sign("B", 0.2)])] == ["A"]


def test_grandchild_inherits_from_the_nearest_parent_that_says_something() -> None:
    out = settle_family([
        member("root", Own(date=("2024-01-01", "header Date"))), member("mid", Own(date=("2023-12-31", "dated")), parent="root"),
        member("leaf", Own(), parent="mid")])
    leaf = next(m.record for m in out if m.record.record_id == "leaf")
    assert (leaf.date, leaf.bases["date"]) == ("2023-12-31", "parent (dated)")


def test_what_was_inherited_is_dropped_when_its_source_no_longer_says_it() -> None:
    first = settle_family([member("root", Own(clients=(("A", "domain"),))), member("leaf", Own(), parent="root")])
    again = settle_family([replace(m, own=Own()) for m in first])
    assert all(m.record.clients == () and not any(k.startswith("client ") for k in m.record.bases) for m in again)


def test_family_that_knows_its_client_takes_none_from_the_thread() -> None:
    own, other = replace(member("a", Own()), family_clients=("A",)), replace(member("b", Own()), family_clients=("B",))
    silent = member("c", Own())
    out = {m.record.record_id: m.record.clients for m in settle_thread([own, other, silent])}
    assert out == {"a": (), "b": (), "c": ("A", "B")}     # a and b keep what their families gave them, settled before


def typed(record_id: str, kind: str, *types: str, parent: str | None = None, sent_at: str | None = None, **more: object) -> Member:
    m = member(record_id, Own(record_types=tuple((t, f"kind {kind}") for t in types)), parent=parent)
    return replace(m, record=replace(m.record, kind=kind, sent_at=sent_at, **more))  # type: ignore[arg-type]


def types_of(members: list[Member], name: str) -> tuple[str, ...]:
    return next(m.record.record_types for m in settle_family(members) if m.record.record_id == name)


def test_mail_takes_the_types_of_the_notice_that_it_carries_and_of_no_other_paper() -> None:
    mail = typed("root", "notice", "contractual", "interaction", sent_at="2024-05-06T10:00:00+00:00")
    family = [mail, typed("a", "notice", "contractual", "dispute", parent="root"), typed("b", "invoice", "billing", parent="root")]
    assert types_of(family, "root") == ("contractual", "interaction", "dispute")
    assert types_of(family, "b") == ("billing",)
    out = next(m.record for m in settle_family(family) if m.record.record_id == "root")
    assert out.bases["record_type dispute"] == "attachment (kind notice)"


def test_record_types_that_a_person_settled_stay_as_he_said() -> None:
    mail = typed("root", "notice", "interaction", sent_at="2024-05-06T10:00:00+00:00")
    mail = replace(mail, own=replace(mail.own, types_said=True))
    assert types_of([mail, typed("a", "notice", "contractual", "dispute", parent="root")], "root") == ("interaction",)


def test_a_notice_in_an_archive_file_gives_the_archive_no_types() -> None:
    assert types_of([typed("root", "other"), typed("a", "notice", "contractual", parent="root")], "root") == ()


def test_account_attached_to_a_mail_that_disputes_it_belongs_to_the_dispute() -> None:
    mail = typed("root", "email", "interaction", "dispute", "billing", sent_at="2024-05-06T10:00:00+00:00")
    assert types_of([mail, typed("a", "ledger", "billing", parent="root")], "a") == ("dispute", "billing")
    assert types_of([replace(mail, own=Own()), typed("a", "ledger", "billing", parent="root")], "a") == ("billing",)


def test_pictures_of_letter_heads_have_no_types_and_other_silent_attachments_those_of_their_mail() -> None:
    mail = typed("root", "email", "interaction", sent_at="2024-05-06T10:00:00+00:00")
    for name, expected in (("image001.png", ()), ("logo.gif", ()), ("Outlook-x1y2.jpg", ()), ("scan_of_letter.png", ("interaction",)),
                           ("photo-42.png", ("interaction",))):
        assert types_of([mail, typed("a", "other", parent="root", name=name, mime="image/png", size_bytes=900)], "a") == expected, name
    assert types_of([mail, typed("a", "other", parent="root", name="image001.png", mime="image/png", size_bytes=900_000)], "a") == ("interaction",)


def test_members_of_a_parent_loop_end() -> None:
    out = settle_family([member("root", Own(), parent="leaf"), member("leaf", Own(), parent="root")])
    assert [m.record.date for m in out] == [None, None]


def test_primary_copy_is_the_earlier_place_inside_one_file() -> None:
    out = settle_copies([member("b", Own(), position="00000002."), member("a", Own(), position="00000001."), member("z", Own(), path="/b")])
    assert {m.record.record_id: m.record.duplicate_of for m in out} == {"a": None, "b": "a", "z": "a"}


def test_copies_of_a_mail_share_id_and_words_and_of_a_file_its_bytes() -> None:
    mail = replace(record("a"), message_id="<1@x>")
    assert copy_key(mail, "t") == copy_key(replace(mail, record_id="b", digest=Digest("1" * 64)), "t") != copy_key(mail, "other text")
    assert copy_key(record("a"), "t") == copy_key(record("b"), "u")


@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=4), max_size=12), st.randoms())
def test_threads_do_not_depend_on_the_order_in_which_messages_come(mails: list[list[int]], dice) -> None:  # type: ignore[no-untyped-def]
    nodes = [[node(f"<{n}@x>") for n in listed] for listed in mails]

    def joined(order: list[list[str]]) -> dict[str, str]:
        known: dict[str, str] = {}
        for one in order:
            threads, moved = join_threads([one], {n: known[n] for n in one if n in known})
            known = {n: moved.get(t, t) for n, t in known.items()} | threads
        return known
    shuffled = list(nodes)
    dice.shuffle(shuffled)
    at_once, _ = join_threads(nodes, {})
    assert joined(nodes) == joined(shuffled) == at_once


def test_audience_of_no_client_is_a_dash() -> None:
    assert audience_of(["B", "A"]) == "A|B" and audience_of([]) == "-"


@given(st.lists(st.text(alphabet="ab|\\-", min_size=1, max_size=4), max_size=4))
def test_audience_gives_back_its_clients(clients: list[str]) -> None:
    assert sorted(clients_of(audience_of(clients))) == sorted(set(clients))


def written(name: str, at: str, sender: str, *to: str, own: Own = Own(), **more: object) -> Member:
    people = (Participant("from", sender, ""), *(Participant("to", each, "") for each in to))
    m = member(name, own)
    return replace(m, record=replace(m.record, family_id=name, sent_at=f"2024-05-06T{at}:00+00:00", sender=sender, to=to, participants=people,
                                     privileged=bool(own.privileged), bases={"privileged": own.privileged} if own.privileged else {}, **more))


QUESTION = written("question", "10:00", "ann@us.example", "law@us.example")
ADVICE = written("advice", "11:00", "law@us.example", "ann@us.example", own=Own(privileged="advice: in my opinion"))


def privileged_in(*members: Member) -> set[str]:
    return {m.record.record_id for m in settle_thread(members) if m.record.privileged}


def test_question_that_was_answered_in_privilege_is_privileged_with_what_is_attached_to_it() -> None:
    attached = replace(member("draft", Own(), parent="question"), record=replace(record("draft", parent="question", family="question")))
    assert privileged_in(QUESTION, ADVICE, attached) == {"question", "advice", "draft"}
    told = next(m.record for m in settle_thread([QUESTION, ADVICE]) if m.record.record_id == "question").bases["privileged"]
    assert "law@us.example" in told and "in my opinion" in told


def test_mail_that_others_saw_or_that_came_after_or_went_to_somebody_else_is_no_such_question() -> None:
    shown = written("question", "10:00", "ann@us.example", "law@us.example", "client@them.example")
    later = written("later", "12:00", "ann@us.example", "law@us.example")
    aside = written("aside", "10:00", "ann@us.example", "bob@us.example")
    assert privileged_in(shown, later, aside, ADVICE) == {"advice"}


def test_person_who_says_that_a_question_is_not_privileged_is_believed() -> None:
    assert privileged_in(replace(QUESTION, own=Own(privilege_said=True)), ADVICE) == {"advice"}


def test_question_is_no_longer_privileged_when_its_answer_is_not() -> None:
    asked, _ = settle_thread([QUESTION, ADVICE])
    plain = replace(ADVICE, own=Own(privilege_said=True), record=replace(ADVICE.record, privileged=False, bases={}))
    again = settle_thread([asked, plain])
    assert [m.record.privileged for m in again] == [False, False] and "privileged" not in again[0].record.bases
    assert settle_thread([asked, ADVICE]) == [asked, ADVICE]


def test_answer_to_counsel_of_another_firm_is_privileged_and_one_to_a_colleague_is_not() -> None:
    advice = written("advice", "11:00", "eve@counsel.example", "ann@us.example", own=Own(privileged="advice: in my opinion"))
    thanks = written("thanks", "12:00", "ann@us.example", "eve@counsel.example")
    shown = written("shown", "12:30", "ann@us.example", "eve@counsel.example", "client@them.example")
    assert privileged_in(advice, thanks, shown) == {"advice", "thanks"}
    assert privileged_in(ADVICE, written("later", "12:00", "ann@us.example", "law@us.example")) == {"advice"}


def test_advice_passed_on_in_the_house_is_privileged_and_what_goes_out_of_it_is_not() -> None:
    inside = written("inside", "12:00", "ann@us.example", "bob@us.example", subject="FW: where do we stand")
    outside = written("outside", "12:00", "ann@us.example", "bob@else.example", subject="FW: where do we stand")
    stranger = written("stranger", "12:00", "eve@us.example", "bob@us.example", subject="FW: where do we stand")
    other = written("other", "12:00", "ann@us.example", "bob@us.example", subject="lunch")
    assert privileged_in(inside, outside, stranger, other, ADVICE) == {"inside", "advice"}
