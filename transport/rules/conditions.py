"""Conditions of escort, marking and travel time that a pass imposes, from the rows of the law."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date

from transport.regulations.citation import Status
from transport.regulations.conditions import ConditionRow, SizeTrigger
from transport.regulations.law import Law
from transport.regulations.occasions import Occasion
from transport.rules.comparing import exceeds
from transport.rules.findings import Outcome
from transport.rules.over_limit import check_gross_mass, check_size
from transport.vehicles.transport import Transport


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the code of its text, what fills the text, and where it comes from."""

    code: str
    parameters: Mapping[str, float | str]
    road_classes: tuple[str, ...]
    clause: str
    status: Status
    area: str

    def text(self, law: Law, language: str = "zh") -> str:
        """Return the condition in Chinese (`zh`) or English (`en`)."""
        return law.condition_texts.say(
            self.code, self.parameters, language=language, road_classes=self.road_classes
        )


def conditions_for(
    transport: Transport,
    law: Law,
    day: date,
    road_classes: Collection[str] | None = None,
    occasions: Collection[Occasion] | None = None,
    travel_on: date | None = None,
) -> list[Condition]:
    """Return the conditions for a transport by the law of `day`; none for an ordinary one.

    `road_classes` are words of the catalogue (`expressway`, `class_1` to `class_4`, `urban`),
    `occasions` what the route meets; None means not known, and then every row may hold.
    `travel_on` decides rows that name months, by default `day`.
    """
    over = [*check_size(transport, law, day), *check_gross_mass(transport, law, day)]
    if all(one.outcome is not Outcome.PERMIT_NEEDED for one in over):
        return []
    found = []
    for field in fields(law.conditions):
        rows = getattr(law.conditions, field.name).find(day)
        told: set[tuple[str, ...]] = set()
        for row in rows.value if rows else ():
            fits = not told & {(), row.road_classes} and _holds(row, transport, travel_on or day)
            if fits and _meets(row, road_classes, occasions):
                told.add(row.road_classes)
                found.append(
                    Condition(
                        code=field.name,
                        parameters=row.parameters,
                        road_classes=row.road_classes,
                        clause=rows.clause,
                        status=rows.status,
                        area=rows.area,
                    )
                )
    return found


def _holds(row: ConditionRow, transport: Transport, travel_on: date) -> bool:
    """Whether size, season and kind of trailer are those of the row."""
    if row.months and travel_on.month not in row.months:
        return False
    if row.trailer_kinds and transport.trailer_kind not in row.trailer_kinds:
        return False
    return row.above is None or _is_above(row.above, transport)


def _is_above(above: SizeTrigger, transport: Transport) -> bool:
    pairs = (
        (transport.height_m, above.height_m),
        (transport.width_m, above.width_m),
        (transport.length_m, above.length_m),
        (transport.mass_t, above.mass_t),
    )
    return any(limit is not None and exceeds(value, limit) for value, limit in pairs)


def _meets(
    row: ConditionRow,
    road_classes: Collection[str] | None,
    occasions: Collection[Occasion] | None,
) -> bool:
    """Whether the route meets one of the roads, and one of the occasions, that the row names."""
    return _share(row.road_classes, road_classes) and _share(row.occasions, occasions)


def _share(named: Collection[str], met: Collection[str] | None) -> bool:
    """Whether something named is met; nothing named is no bound, and None is not known."""
    return not named or met is None or not set(named).isdisjoint(met)
