from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.passes import DURING, KEY, PUBLIC, SITE, claims
from transport.verification.pass_token import (
    DailyWindow,
    PassClaims,
    RoadStretch,
    decode_claims,
    encode_claims,
)
from transport.verification.signing import Outcome, sign, verify

_TOKEN = sign(claims(), KEY, SITE)
_words = st.text(st.characters(codec="utf-8"), max_size=20)
_thousandths = st.integers(1, 999_999).map(lambda value: value / 1000)
_tenths = st.none() | st.integers(0, 60_000).map(lambda value: value / 10)
_instants = st.integers(0, 2**32).map(
    lambda value: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value)
)
_minutes = st.integers(0, 1439).map(lambda value: time(*divmod(value, 60)))
_stretches = st.builds(
    RoadStretch,
    road=_words,
    from_km=_tenths,
    to_km=_tenths,
    entry_station=_words,
    exit_station=_words,
)


@st.composite
def _claims(draw: st.DrawFn) -> PassClaims:
    roads = tuple(draw(st.lists(_stretches, max_size=6)))
    point = st.tuples(
        st.integers(-180_000, 180_000).map(lambda value: value / 1000),
        st.integers(-90_000, 90_000).map(lambda value: value / 1000),
    )
    joints = draw(st.lists(point, min_size=len(roads) + 1, max_size=len(roads) + 1))
    first, last = sorted(draw(st.tuples(_instants, _instants)))
    return PassClaims(
        number=draw(_words.filter(bool)),
        revision=draw(st.integers(0, 1000)),
        tractor_plate=draw(_words),
        trailer_plate=draw(_words),
        height_m=draw(_thousandths),
        width_m=draw(_thousandths),
        length_m=draw(_thousandths),
        gross_mass_t=draw(_thousandths),
        largest_axle_t=draw(_thousandths),
        valid_from=first,
        valid_until=last,
        roads=roads,
        route_digest=draw(st.binary(min_size=16, max_size=16)),
        document_digest=draw(st.binary(min_size=16, max_size=16)),
        issuer=draw(_words),
        issued_at=draw(_instants),
        windows=tuple(draw(st.lists(st.builds(DailyWindow, _minutes, _minutes), max_size=3))),
        top_speed_km_h=draw(st.none() | st.integers(1, 120)),
        bridge_speed_km_h=draw(st.none() | st.integers(1, 120)),
        joints=tuple(joints),
    )


@given(_claims())
@settings(max_examples=150)
def test_what_a_pass_says_survives_its_compact_form(said: PassClaims) -> None:
    assert decode_claims(encode_claims(said)) == said


@given(st.data())
@settings(max_examples=300)
def test_no_mutated_token_is_ever_accepted(data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(_TOKEN) - 1))
    length = data.draw(st.integers(0, 3))
    put = data.draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567:/.", max_size=3))
    changed = _TOKEN[:position] + put + _TOKEN[position + length :]
    outcome = verify(changed, [PUBLIC], None, DURING).outcome
    same = changed == _TOKEN or changed == _TOKEN.rpartition("/")[2]
    assert (outcome is Outcome.VALID) == same


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@settings(max_examples=200)
def test_no_input_breaks_the_check(content: bytes) -> None:
    import base64  # noqa: PLC0415

    for text in (content.decode("latin-1"), base64.b32encode(content).decode().rstrip("=")):
        assert verify(text, [PUBLIC], None, DURING).outcome is not Outcome.VALID
