"""Pass claims with sensible defaults, and a key that signed them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

from transport.verification.keys import PublicKey, signing_key_of
from transport.verification.pass_token import (
    DailyWindow,
    PassClaims,
    RoadStretch,
    route_digest,
)

CHINA = timezone(timedelta(hours=8))
SITE = "https://pass.example.cn"
KEY = signing_key_of(bytes(range(32)))
OTHER_KEY = signing_key_of(bytes(range(1, 33)))
PUBLIC = PublicKey(KEY.key_id, KEY.public_key, datetime(2026, 1, 1, tzinfo=CHINA))
OTHER_PUBLIC = PublicKey(OTHER_KEY.key_id, OTHER_KEY.public_key, datetime(2026, 1, 1, tzinfo=UTC))

ROADS = (
    RoadStretch("包钢大街", 0, 4.2),
    RoadStretch("G6", 620.5, 655.3, "15020007", "15010012"),
    RoadStretch("G0601", 0, 31.4),
    RoadStretch("G7", 500, 655.3),
    RoadStretch("G55", 310.2, 420.5, "15090004"),
    RoadStretch("G5511", 0, 860.3),
    RoadStretch("G10", 900.1, 1501.3, "", "15070009"),
    RoadStretch("G301", 100.1, 110.3),
    RoadStretch("S203", 12, 3.4),
    RoadStretch("通湖路"),
)
JOINTS = tuple(
    (round(109.8 + 0.69 * i, 3), round(40.6 + 0.83 * i, 3)) for i in range(len(ROADS) + 1)
)
DURING = datetime(2026, 11, 5, 9, tzinfo=CHINA)


def claims(**changes: Any) -> PassClaims:
    """Describe a pass from Baotou to Manzhouli with ten stretches of road."""
    usual = PassClaims(
        number="DJ15-2026-000123",
        revision=2,
        tractor_plate="蒙B12345",
        trailer_plate="蒙B1234挂",
        height_m=4.35,
        width_m=3.6,
        length_m=24.8,
        gross_mass_t=72.4,
        largest_axle_t=12.9,
        valid_from=datetime(2026, 11, 1, tzinfo=CHINA),
        valid_until=datetime(2026, 11, 20, 23, 59, 59, tzinfo=CHINA),
        roads=ROADS,
        route_digest=route_digest(ROADS, JOINTS),
        document_digest=bytes(range(100, 116)),
        issuer="内蒙古自治区交通运输厅",
        issued_at=datetime(2026, 10, 30, 9, tzinfo=CHINA),
        windows=(DailyWindow(time(7), time(11, 30)), DailyWindow(time(13, 30), time(17))),
        top_speed_km_h=60,
        bridge_speed_km_h=5,
        joints=JOINTS,
    )
    return replace(usual, **changes)
