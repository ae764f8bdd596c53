"""What a pass token says, and its compact form: integer keys, whole numbers, no floats.

A token holds nothing about the strength or clearance of any structure and no person's data: it is
read by everybody who points a telephone at the pass.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any

import cbor2

from transport.errors import FieldFault, InvalidInputError

CHINA_TIME = timezone(timedelta(hours=8))
SCHEMA = 1
_DIGEST_BYTES = 16
_DEGREE = 1_000  # joints are kept to 0.001 degrees, about a hundred metres
_DAY_MINUTES = 24 * 60

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class RoadStretch:
    """A stretch of one road in the order of travel.

    `road` is the road number, or the street's name where it has none. `from_km` and `to_km` are
    chainage in the direction of travel (so they may fall), None where it is not known; stations are
    the codes of the toll stations where the vehicle enters and leaves.
    """

    road: str
    from_km: float | None = None
    to_km: float | None = None
    entry_station: str = ""
    exit_station: str = ""


@dataclass(frozen=True, slots=True)
class DailyWindow:
    """Hours of the day, China time, during which the vehicle may move; may pass midnight."""

    starts: time
    ends: time

    def holds(self, moment: time) -> bool:
        """Tell whether a time of day lies inside; the end is outside, 00:00-00:00 is all day."""
        if self.starts < self.ends:
            return self.starts <= moment < self.ends
        return moment >= self.starts or moment < self.ends


@dataclass(frozen=True, slots=True)
class PassClaims:
    """Everything that a pass token says.

    Sizes count to the millimetre, masses to the kilogram, chainages to 0.1 km and instants to the
    second. `joints` are the points where the route changes road, one more than `roads`, or none;
    `route_digest` and `document_digest` are the first 16 bytes of a SHA-256.
    """

    number: str
    revision: int
    tractor_plate: str
    trailer_plate: str
    height_m: float
    width_m: float
    length_m: float
    gross_mass_t: float
    largest_axle_t: float
    valid_from: datetime
    valid_until: datetime
    roads: tuple[RoadStretch, ...]
    route_digest: bytes
    document_digest: bytes
    issuer: str
    issued_at: datetime
    windows: tuple[DailyWindow, ...] = ()
    top_speed_km_h: int | None = None
    bridge_speed_km_h: int | None = None
    joints: tuple[LonLat, ...] = ()

    def __post_init__(self) -> None:
        """Refuse claims that contradict themselves."""
        faults = [
            FieldFault(field, f"needs an offset such as +08:00: {moment.isoformat()}")
            for field, moment in (
                ("valid_from", self.valid_from),
                ("valid_until", self.valid_until),
                ("issued_at", self.issued_at),
            )
            if moment.tzinfo is None
        ]
        faults += [
            FieldFault(field, "must be more than zero")
            for field in ("height_m", "width_m", "length_m", "gross_mass_t", "largest_axle_t")
            if not getattr(self, field) > 0
        ]
        if not faults and self.valid_until < self.valid_from:
            faults.append(FieldFault("valid_until", "must not be earlier than valid_from"))
        if not self.number:
            faults.append(FieldFault("number", "a pass needs its number"))
        if self.joints and len(self.joints) != len(self.roads) + 1:
            faults.append(FieldFault("joints", "needs one point more than there are roads"))
        if len(self.route_digest) != _DIGEST_BYTES:
            faults.append(FieldFault("route_digest", "must have 16 bytes"))
        if len(self.document_digest) != _DIGEST_BYTES:
            faults.append(FieldFault("document_digest", "must have 16 bytes"))
        if faults:
            raise InvalidInputError(faults)


def route_digest(roads: Sequence[RoadStretch], geometry: Sequence[LonLat]) -> bytes:
    """Digest a route: its road list and its line to 0.00001 degrees; 16 bytes."""
    line = [[round(lon * 100_000), round(lat * 100_000)] for lon, lat in geometry]
    content = cbor2.dumps([[_pack_stretch(stretch) for stretch in roads], line], canonical=True)
    return hashlib.sha256(content).digest()[:_DIGEST_BYTES]


def encode_claims(claims: PassClaims) -> bytes:
    """Write claims as canonical CBOR."""
    packed: dict[int, Any] = {
        0: SCHEMA,
        1: claims.number,
        2: claims.revision,
        3: claims.tractor_plate,
        5: [_thousandths(v) for v in (claims.height_m, claims.width_m, claims.length_m)],
        6: [_thousandths(claims.gross_mass_t), _thousandths(claims.largest_axle_t)],
        7: [_seconds(claims.valid_from), _seconds(claims.valid_until)],
        9: [_pack_stretch(stretch) for stretch in claims.roads],
        11: claims.route_digest,
        12: claims.document_digest,
        13: claims.issuer,
        14: _seconds(claims.issued_at),
    }
    optional: dict[int, Any] = {
        4: claims.trailer_plate,
        8: [minute for window in claims.windows for minute in _pack_window(window)],
        10: _pack_joints(claims.joints),
        15: claims.top_speed_km_h,
        16: claims.bridge_speed_km_h,
    }
    packed |= {key: value for key, value in optional.items() if value}
    return cbor2.dumps(packed, canonical=True)


def decode_claims(content: bytes) -> PassClaims:
    """Read claims; raise ValueError where they are not the claims of a pass this version knows."""
    try:
        packed = cbor2.loads(content)
        if packed[0] != SCHEMA:
            raise ValueError(f"pass format {packed[0]} is not known here; update this program")
        return _unpack(packed)
    except (KeyError, IndexError, TypeError, AttributeError, OverflowError) as wrong:
        raise ValueError("the content is not that of a pass") from wrong
    except (InvalidInputError, cbor2.CBORDecodeError) as wrong:
        raise ValueError(f"the content is not that of a pass: {wrong}") from wrong


def _unpack(packed: dict[int, Any]) -> PassClaims:
    height_m, width_m, length_m = (value / 1000 for value in packed[5])
    gross_mass_t, largest_axle_t = (value / 1000 for value in packed[6])
    valid_from, valid_until = (_instant(value) for value in packed[7])
    minutes = packed.get(8, [])
    return PassClaims(
        number=packed[1],
        revision=packed[2],
        tractor_plate=packed[3],
        trailer_plate=packed.get(4, ""),
        height_m=height_m,
        width_m=width_m,
        length_m=length_m,
        gross_mass_t=gross_mass_t,
        largest_axle_t=largest_axle_t,
        valid_from=valid_from,
        valid_until=valid_until,
        windows=tuple(
            DailyWindow(_time_of_day(starts), _time_of_day(ends))
            for starts, ends in zip(minutes[::2], minutes[1::2], strict=True)
        ),
        roads=tuple(_unpack_stretch(stretch) for stretch in packed[9]),
        joints=_unpack_joints(packed.get(10, [])),
        route_digest=packed[11],
        document_digest=packed[12],
        issuer=packed[13],
        issued_at=_instant(packed[14]),
        top_speed_km_h=packed.get(15),
        bridge_speed_km_h=packed.get(16),
    )


def _thousandths(value: float) -> int:
    return round(value * 1000)


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(CHINA_TIME)


def _pack_window(window: DailyWindow) -> tuple[int, int]:
    starts = window.starts.hour * 60 + window.starts.minute
    ends = window.ends.hour * 60 + window.ends.minute
    return starts, ends


def _time_of_day(minutes: int) -> time:
    return time(*divmod(minutes % _DAY_MINUTES, 60))


def _pack_stretch(stretch: RoadStretch) -> list[Any]:
    tenths = [None if km is None else round(km * 10) for km in (stretch.from_km, stretch.to_km)]
    packed: list[Any] = [stretch.road, *tenths, stretch.entry_station, stretch.exit_station]
    while packed[-1] in ("", None) and len(packed) > 1:
        packed.pop()
    return packed


def _unpack_stretch(packed: list[Any]) -> RoadStretch:
    filled: list[Any] = packed + [None] * (5 - len(packed))
    road, from_tenths, to_tenths, entry, exit_ = filled
    return RoadStretch(
        road=road,
        from_km=None if from_tenths is None else from_tenths / 10,
        to_km=None if to_tenths is None else to_tenths / 10,
        entry_station=entry or "",
        exit_station=exit_ or "",
    )


def _pack_joints(joints: tuple[LonLat, ...]) -> list[int]:
    """Write points as differences, which are shorter than coordinates."""
    packed: list[int] = []
    last = (0, 0)
    for lon, lat in joints:
        here = (round(lon * _DEGREE), round(lat * _DEGREE))
        packed += [here[0] - last[0], here[1] - last[1]]
        last = here
    return packed


def _unpack_joints(packed: list[int]) -> tuple[LonLat, ...]:
    joints = []
    lon = lat = 0
    for step_lon, step_lat in zip(packed[::2], packed[1::2], strict=True):
        lon, lat = lon + step_lon, lat + step_lat
        joints.append((lon / _DEGREE, lat / _DEGREE))
    return tuple(joints)
