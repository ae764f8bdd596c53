"""What is known of a trip when relief is asked for it: tolls, pass, load, measurements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from transport.relief.measurements import Measurement
from transport.relief.schemes import Ownership
from transport.tariffs.lines import DayKind
from transport.tariffs.money import fen_of


@dataclass(frozen=True, slots=True)
class TollLine:
    """The toll of one section; `rule` is the tariff line it comes from."""

    section: str
    ownership: Ownership
    length_km: Decimal
    amount_yuan: Decimal
    rule: str = ""
    section_id: str = ""
    operator: str = ""
    league: str = ""
    kind: str = "distance"
    tariff_line: str = ""
    class_fen: tuple[int, ...] = ()
    above_six_fen: int = 0

    @property
    def amount_fen(self) -> int:
        """The toll in fen."""
        return fen_of(self.amount_yuan)


@dataclass(frozen=True, slots=True)
class TripFacts:
    """What pass and manifest say about a trip, and what was measured.

    `pass_valid` is None where the load needs no pass; `lawful` is False for a stack or load the law
    does not allow at all. Sizes are (height, width, length) in metres, empty where nobody measured.
    `earlier_claims` are the numbers of records that share trip, pass and day, or components;
    `on_list` says whether the project list names a load without pass, None without a list;
    `budget_left_fen` is None for a scheme without budget. `permitted_stations` is empty where the
    pass names none. `times_recorded` says that a toll station recorded the times; those a driver
    tapped may come late, so they only raise a signal (`transport.relief.signals`).
    """

    day: date
    material: str
    component_kind: str
    component_numbers: tuple[str, ...]
    pass_number: str
    pass_valid: bool | None
    pass_component_numbers: tuple[str, ...]
    pass_plates: tuple[str, str]
    trip_plates: tuple[str, str]
    permitted_mass_t: float
    weighed_t: float | None
    lawful: bool
    certificate_number: str
    site_accepted: bool
    toll_lines: tuple[TollLine, ...]
    producer: str = ""
    project: str = ""
    category: str = ""
    axle_count: int = 0
    entered_at: datetime | None = None
    left_at: datetime | None = None
    entry_station: str = ""
    exit_station: str = ""
    permitted_stations: tuple[str, ...] = ()
    measured_m: tuple[float | None, ...] = ()
    permitted_m: tuple[float, ...] = ()
    on_list: bool | None = None
    earlier_claims: tuple[str, ...] = ()
    budget_left_fen: int | None = None
    pass_revision: int = 0
    league: str = ""
    mass_t: float = 0.0
    evidence: tuple[str, ...] = ()
    times_recorded: bool = True
    measurements: tuple[Measurement, ...] = ()
    day_kinds: tuple[DayKind, ...] | None = None
    fastest_km_h: float | None = None
    longest_h: float | None = None
