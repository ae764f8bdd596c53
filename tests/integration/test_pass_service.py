from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes import FakeUnitsOfWork
from tests.passes import DURING, claims
from transport.errors import InvalidInputError
from transport.permits.decision import TravelTerms
from transport.permits.permit import Permit
from transport.services.signing_passes import KeyRingSigner
from transport.services.verifying_passes import check_pass, revocation_file
from transport.verification.revocations import read_revocations
from transport.verification.signing import Outcome, verify
from webapp.settings import read_settings
from webapp.storage.key_files import KeyFolder

_SITE = "http://127.0.0.1:8000"
_PERMIT = Permit(
    id="p1",
    number=claims().number,
    revision=claims().revision,
    case_id="c1",
    case_number="SQ-1",
    holder_id="o1",
    holder_name="北疆大件",
    tractor_plate="蒙B12345",
    trailer_plate="",
    cargo_name="外墙板",
    component_numbers=(),
    height_m=4.3,
    width_m=3.6,
    length_m=24.8,
    gross_mass_t=72.4,
    largest_axle_load_t=12.9,
    axle_load_text="",
    axle_spacing_text="",
    axle_count=6,
    origin="包头",
    destination="满洲里",
    roads=(),
    valid_from=date(2026, 11, 1),
    valid_until=date(2026, 11, 20),
    shortest_paper="",
    terms=TravelTerms(),
    issuer_id="o2",
    issuer_name="内蒙古自治区交通运输厅",
    issued_at=DURING,
    issued_by="张堃",
    law_day=date(2026, 11, 1),
    route_digest="",
)


def test_a_pass_is_valid_until_it_is_revoked_online_and_offline(tmp_path: Path) -> None:
    keys, works = KeyFolder(tmp_path, "a passphrase for tests only"), FakeUnitsOfWork()
    keys.new_key(DURING - timedelta(days=1))
    signed = KeyRingSigner(keys, _SITE).sign(claims(issued_at=DURING))
    with works() as work:
        work.permits.add(_PERMIT, changed_by="test", at=DURING)
        work.commit()
    later = DURING + timedelta(hours=1)
    assert check_pass(works, keys, signed.token, later).outcome is Outcome.VALID
    with works() as work:
        gone = replace(_PERMIT, revoked_at=DURING, revoked_reason="道路封闭")
        work.permits.save(gone, changed_by="test", at=DURING)
        work.commit()
    assert check_pass(works, keys, signed.token, later).outcome is Outcome.REVOKED
    carried = read_revocations(revocation_file(works, keys, later), keys.public_keys())
    offline = verify(signed.token, keys.public_keys(), carried, later + timedelta(hours=5))
    assert offline.outcome is Outcome.REVOKED
    assert offline.revocations_as_of == later


def test_the_address_of_the_checking_page_is_a_setting() -> None:
    assert read_settings({}).public_site == _SITE
    chosen = read_settings({"DAJIAN_PUBLIC_SITE": "https://pass.example.cn/"})
    assert chosen.public_site == "https://pass.example.cn"
    with pytest.raises(InvalidInputError, match="DAJIAN_PUBLIC_SITE"):
        read_settings({"DAJIAN_PUBLIC_SITE": "pass.example.cn"})
