"""What each paper says, as plain values: the desks map their cases to these, nothing else is read.

Lengths in metres, masses in tonnes, chainage in kilometres; text is printed as it stands.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date

LonLat = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """Outer dimensions in metres."""

    length_m: float
    width_m: float
    height_m: float


@dataclass(frozen=True, slots=True)
class StretchLine:
    """A stretch of the route: road, chainage from and to where known, toll stations, who manages.

    `manager` is a word such as 公路 or 市政, `area` the league and banner.
    """

    road: str
    name: str
    length_km: float
    from_km: float | None = None
    to_km: float | None = None
    entry_station: str = ""
    exit_station: str = ""
    manager: str = ""
    area: str = ""
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of the pass: where it applies, what must be done, on what basis.

    `basis` names one act or article a line.
    """

    text: str
    where: str = "全程"
    basis: str = ""


@dataclass(frozen=True, slots=True)
class ActLine:
    """An act in force that this transport relies on, with its authority and days."""

    kind: str
    authority: str
    document_number: str = ""
    decided_on: date | None = None
    valid_until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Who handled, checked and signed: role (经办, 审核, 签发), name, day."""

    role: str
    name: str
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class MapRoad:
    """A road around the route, drawn thin; `ref` is its number or empty."""

    ref: str
    points: tuple[LonLat, ...]


@dataclass(frozen=True, slots=True)
class MapTown:
    """A seat shown on the map; larger places first win the space for their name."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class RouteMap:
    """A map of the route. `approval_number` is the 审图号, empty where none was given."""

    route: tuple[LonLat, ...]
    roads: tuple[MapRoad, ...] = ()
    towns: tuple[MapTown, ...] = ()
    approval_number: str = ""


@dataclass(frozen=True, slots=True)
class StripPart:
    """A piece of one road on a strip: where on the journey, and its posts where known."""

    road: str
    from_km: float
    to_km: float
    from_post_km: float | None = None
    to_post_km: float | None = None


@dataclass(frozen=True, slots=True)
class StripMark:
    """Something on a strip: where on the journey, its post, what it is, what is asked there.

    `kind` is that of a structure, or rest_area, restriction or condition. One without a name and
    without a demand is drawn and not listed.
    """

    km: float
    kind: str
    name: str = ""
    post: str = ""
    demand: str = ""


@dataclass(frozen=True, slots=True)
class StripMap:
    """A stretch of the route to be drawn as a strip: its roads, its line and what stands on it."""

    parts: tuple[StripPart, ...]
    line: tuple[LonLat, ...]
    marks: tuple[StripMark, ...] = ()

    @property
    def from_km(self) -> float:
        """Where the strip begins on the journey."""
        return self.parts[0].from_km

    @property
    def to_km(self) -> float:
        """Where the strip ends on the journey."""
        return self.parts[-1].to_km


@dataclass(frozen=True, slots=True)
class PassAnnex:
    """The annex of an over-limit pass. Nothing on the strength or clearance of structures.

    `number` is ours, `official_number` that of the official pass (empty until known); `token` is
    the text of the QR code; `category` is printed as given (一类, 二类, 三类).
    """

    number: str
    revision: int
    official_number: str
    category: str
    carrier: str
    carrier_licence: str
    tractor_plate: str
    trailer_plate: str
    goods: str
    goods_mass_t: float
    goods_size: Size
    gross_mass_t: float
    overall_size: Size
    axle_count: int
    tyre_count: int
    axle_spacings: str
    axle_loads: str
    origin: str
    destination: str
    provinces: str
    valid_from: date
    valid_until: date
    hours: tuple[str, ...]
    speed: str
    issuer: str
    issued_on: date
    stretches: tuple[StretchLine, ...]
    conditions: tuple[ConditionLine, ...] = ()
    acts: tuple[ActLine, ...] = ()
    signatures: tuple[SignatureLine, ...] = ()
    route_map: RouteMap | None = None
    token: str = ""
    passages: str = "单次"
    escort: str = ""
    notices: tuple[str, ...] = ()
    demonstration: bool = False
    strips: tuple[StripMap, ...] = ()


def annex_digest(content: PassAnnex) -> bytes:
    """Digest what an annex says, its token left out: the first 16 bytes of a SHA-256."""
    plain = json.dumps(
        asdict(replace(content, token="")), ensure_ascii=False, sort_keys=True, default=str
    )
    return hashlib.sha256(plain.encode()).digest()[:16]


@dataclass(frozen=True, slots=True)
class FormCarrier:
    """业户信息 of the official form."""

    name: str
    credit_code: str
    licence: str
    licence_scope: str
    licence_until: date | None = None
    address: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class FormAgent:
    """经办人信息 of the official form."""

    name: str
    identity_number: str
    telephone: str
    authorisation: str = ""


@dataclass(frozen=True, slots=True)
class FormVehicle:
    """牵引车 or 挂车 of the official form; `kind` with its code, such as 36 牵引车."""

    plate: str
    kind: str
    make: str
    model: str
    vin: str
    kerb_mass_t: float
    axle_count: int
    tyre_count: int
    axle_lines: int = 0
    size: Size | None = None
    document: str = ""
    document_until: date | None = None


@dataclass(frozen=True, slots=True)
class FormEscort:
    """护送方案 of the official form, required above class II sizes."""

    vehicles: str
    staff: str
    route: str
    rules: str
    emergencies: str


@dataclass(frozen=True, slots=True)
class ProvinceRoute:
    """The route paragraph of one province."""

    province: str
    text: str


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """公路超限运输申请表: exactly the fields and strings of the official form.

    `official_number` is the official platform's, empty before it gave one; `number` is ours.
    """

    number: str
    official_number: str
    goods: str
    starts_on: date
    ends_on: date
    origin_province: str
    provinces: str
    origin: str
    destination: str
    routes: tuple[ProvinceRoute, ...]
    goods_mass_t: float
    gross_mass_t: float
    axle_count: int
    tyre_count: int
    axle_spacings: str
    axle_loads: str
    goods_size: Size
    overall_size: Size
    outline_drawing: str
    carrier: FormCarrier
    agent: FormAgent
    tractor: FormVehicle
    trailer: FormVehicle | None
    escort: FormEscort | None
    printed_on: date
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class LetterItem:
    """A numbered item: what is missing, asked or refused, and its basis in law."""

    text: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Remedies:
    """Where and until when a decision can be contested; the periods come from the law in force."""

    review_authority: str
    review_days: int
    court: str
    lawsuit_months: int
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter; fields that a kind does not use stay empty.

    `due_on` is the end of the authority's period, or the day by which an answer is asked for.
    """

    number: str
    case_number: str
    addressee: str
    matter: str
    authority: str
    dated: date
    received_on: date | None = None
    working_days: int | None = None
    due_on: date | None = None
    items: tuple[LetterItem, ...] = ()
    basis: str = ""
    reasons: str = ""
    remedies: Remedies | None = None
    contact: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class ServiceProof:
    """The proof of service of one letter (送达回证); empty fields are for a pen."""

    number: str
    title: str
    case_number: str
    matter: str
    authority: str
    addressee: str
    address: str
    written_on: date | None
    manner: str = ""
    served_on: date | None = None
    place: str = ""
    received_by: str = ""
    witness: str = ""
    served_by: str = ""
    note: str = ""
    demonstration: bool = False


@dataclass(frozen=True, slots=True)
class ReliefRow:
    """A relief entry of the monthly list; money as decimal text with two places."""

    entry_number: str
    pass_number: str
    tractor_plate: str
    trailer_plate: str
    entry_station: str
    exit_station: str
    entered_at: str
    left_at: str
    axle_count: int
    vehicle_class: str
    toll_yuan: str
    relief_yuan: str
    net_yuan: str
    scheme: str
    components: str
    factory: str
    site: str
    status: str


@dataclass(frozen=True, slots=True)
class ReliefList:
    """The monthly relief list of one toll office."""

    month: str
    office: str
    made_on: date
    rows: tuple[ReliefRow, ...]
    demonstration: bool = False
