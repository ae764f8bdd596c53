from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import NOON
from transport.errors import InvalidInputError, StepNotAllowedError
from transport.permits.decision import Signature
from transport.permits.manifest import (
    Evidence,
    Manifest,
    Trip,
    TripState,
    accept_on_site,
    depart,
    load,
)

BY = Signature(person_id="1", name="装车工", at=NOON)
CERTIFIED = Manifest(
    component_numbers=("XL-001",),
    certificate_number="HGZ-1",
    certificate=Evidence(digest="d", filename="hgz.pdf", media_type="application/pdf"),
)
PLANNED = Trip(
    id="t",
    case_id="c",
    case_number="DJ",
    permit_id="p",
    carrier_id="f",
    factory_id="",
    tractor_plate="蒙B12345",
    trailer_plate="蒙B1234挂",
    state=TripState.PLANNED,
    manifest=Manifest(component_numbers=("XL-001",)),
)


def test_nothing_is_loaded_without_the_factory_certificate() -> None:
    with pytest.raises(InvalidInputError, match="certificate is needed before loading"):
        load(PLANNED, replace(CERTIFIED, certificate=None), BY)
    with pytest.raises(InvalidInputError, match="certificate is needed before loading"):
        load(PLANNED, replace(CERTIFIED, certificate_number=" "), BY)


def test_a_trip_goes_from_loading_over_hand_over_to_acceptance_on_site() -> None:
    loaded = load(PLANNED, CERTIFIED, BY)
    gone = depart(loaded, BY, NOON, "1501")
    done = accept_on_site(gone, accepted_by="李工", at=NOON, damage_note="一角破损")
    assert done.state is TripState.DELIVERED
    assert done.manifest.loaded_by == done.manifest.handed_over_by == BY
    assert done.manifest.damage_note == "一角破损"


def test_no_stage_is_skipped() -> None:
    with pytest.raises(StepNotAllowedError, match="only a loaded trip"):
        depart(PLANNED, BY, NOON)
    with pytest.raises(StepNotAllowedError, match="only a departed trip"):
        accept_on_site(PLANNED, accepted_by="李工", at=NOON)
