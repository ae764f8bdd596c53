"""One table of words: every word of the contract has a text and a tone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pytest
from flask import Flask

from transport.errors import FieldFault
from transport.network.attributes import Certainty, Owner, Passability, StructureKind
from transport.people import OrganisationState, Role
from transport.regulations.citation import Status
from transport.routing.route import RouteStatus
from transport.rules.findings import Outcome
from transport.vehicles.transport import Material
from webapp.fault_messages import fault_text
from webapp.wording import WORDS, law_value, say, tone


def _words(kind: type[Enum]) -> set[str]:
    return {getattr(one, "word", one.value) for one in kind}


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("route", RouteStatus),
        ("passability", Passability),
        ("finding", Outcome),
        ("certainty", Certainty),
        ("legal_status", Status),
        ("role", Role),
        ("structure", StructureKind),
        ("owner", Owner),
        ("material", Material),
        ("organisation_status", OrganisationState),
    ],
)
def test_every_word_of_the_core_has_a_text(kind: str, words: type[Enum]) -> None:
    assert set(WORDS[kind]) >= _words(words)


@pytest.mark.parametrize("kind", ["route", "passability", "finding", "certainty", "legal_status"])
def test_every_outcome_has_a_tone_so_that_no_badge_is_without_sign(kind: str) -> None:
    assert [word for word in WORDS[kind] if tone(word) == "plain"] == []


def test_unknown_is_neither_good_nor_bad() -> None:
    assert tone("unknown") == "open"


def test_a_word_without_a_text_is_shown_as_it_is(app: Flask) -> None:
    with app.test_request_context("/"):
        assert say("route", "sideways") == "sideways"


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "请填写 1 至 12 之间的数值。"), ("en", "Give a value between 1 and 12.")],
)
def test_a_fault_is_said_in_the_readers_language(app: Flask, language: str, text: str) -> None:
    fault = FieldFault("height_m", "x", "out_of_range", (("least", "1"), ("most", "12")))
    with app.test_request_context("/", headers={"Cookie": f"language={language}"}):
        assert fault_text(fault) == text


def test_a_fault_without_a_text_keeps_the_message_of_the_core(app: Flask) -> None:
    with app.test_request_context("/"):
        assert fault_text(FieldFault("x", "is 3 % too much", "never_heard")) == "is 3 % too much"


@dataclass
class Bounds:
    least_m: float
    most_m: float | None = None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (4.0, "4"),
        (True, "yes"),
        ((1, 2.5), "1, 2.5"),
        ({"a": 1}, "a: 1"),
        (Bounds(3), "least_m: 3"),
    ],
)
def test_a_legal_value_of_any_shape_fits_on_a_line(app: Flask, value: object, text: str) -> None:
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        assert law_value(value) == text
