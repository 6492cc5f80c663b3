from __future__ import annotations

import pytest
from builders.records import client_file, fact, mail, read_record

from history.sides import domain_of, made_of_name, sides_of

NAMES = ("Norrland Kaffe AB", "Nordic Roast Club")


@pytest.mark.parametrize(
    "domain", ["norrlandkaffe.example", "norrland-kaffe.example", "norrland.example", "mail.nordicroast.example", "nordicroastclub.example"]
)
def test_domain_made_of_the_name_is_the_clients(domain: str) -> None:
    assert made_of_name(domain, NAMES)


@pytest.mark.parametrize("domain", ["kaffe.example", "club.example", "norrlandia.example", "example", ""])
def test_domain_that_only_resembles_the_name_is_not(domain: str) -> None:
    assert not made_of_name(domain, NAMES)


def test_house_is_the_domain_that_is_always_there_and_its_sisters() -> None:
    file = client_file(
        mail("1", "w", "a@corvid.example", ("b@norrland.example",), "2025-01-01"),
        mail("2", "w", "b@norrland.example", ("a@corvid.example", "c@lex.example"), "2025-01-02"),
        mail("3", "w", "d@corvid-legal.example", ("a@corvid.example",), "2025-01-03"),
    )
    sides = sides_of(file)
    assert sides.house_domains == {"corvid.example", "corvid-legal.example"}
    assert [sides.of_address(a) for a in ("x@corvid.example", "x@desk.norrland.example", "x@lex.example", "")] == [
        "provider",
        "client",
        "third_party",
        None,
    ]


def test_with_a_single_mail_the_house_stays_unknown() -> None:
    assert sides_of(client_file(mail("1", "w", "a@corvid.example", ("b@norrland.example",), "2025-01-01"))).house_domains == frozenset()


def test_domain_of_an_address_a_domain_and_a_name() -> None:
    assert [domain_of(x) for x in ("A@B.Example", "b.example", "Ebba Lund", "")] == ["b.example", "b.example", "", ""]


def test_lawyers_that_write_to_the_house_counsel_are_the_clients() -> None:
    file = client_file(
        mail("1", "w", "a@corvid.example", ("b@norrland.example",), "2025-01-01"),
        mail("2", "advice", "x@lex.example", ("a@corvid.example",), "2025-01-02", privileged=True),
        mail("3", "offer", "x@lex.example", ("y@juridica.example",), "2025-01-03"),
        mail("4", "w", "a@corvid.example", ("b@norrland.example",), "2025-01-04"),
    )
    assert dict(sides_of(file).counsel) == {"lex.example": "provider", "juridica.example": "client"}


def test_firm_that_says_for_whom_it_writes_is_that_sides_counsel() -> None:
    text = "JURIDICA LAW\nWe act for Norrland Kaffe AB. Our client denies it."
    letter = read_record("5", text, "legal_letter", facts=(fact(text, "act_by", "client", "We act for"), fact(text, "act_for", "principal", "Our client")))
    file = client_file(
        mail("1", "w", "a@corvid.example", ("b@norrland.example",), "2025-01-01"),
        mail("2", "offer", "y@juridica.example", ("z@other.example",), "2025-01-03"),
        mail("3", "w", "a@corvid.example", ("b@norrland.example",), "2025-01-04"),
        letter,
    )
    assert dict(sides_of(file).counsel) == {"juridica.example": "client", "other.example": "provider"}
