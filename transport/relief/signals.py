"""Signals for a person to look at, each with its evidence: none of them decides anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from transport.relief.claims import Claim
from transport.relief.measurements import Measurement

_SECONDS_PER_HOUR = 3600


class SignalKind(StrEnum):
    """What catches the eye."""

    TWO_TRUCKS = "two_trucks"
    IMPOSSIBLE_SPEED = "impossible_speed"
    SIZE_DIFFERS = "size_differs"
    SAME_WEIGHTS = "same_weights"
    OUTPUT_EXCEEDED = "output_exceeded"


@dataclass(frozen=True, slots=True)
class Signal:
    """One signal: about whom, the records it rests on, what was compared and who measured it."""

    kind: SignalKind
    subject: str
    claims: tuple[str, ...]
    found: str
    expected: str
    measurements: tuple[Measurement, ...] = ()


@dataclass(frozen=True, slots=True)
class SignalLimits:
    """From where on something catches the eye (`relief_checks` of the day)."""

    fastest_km_h: float
    size_m: float
    same_weights: int


def find_signals(
    claims: Sequence[Claim], limits: SignalLimits, outputs: Mapping[str, int] | None = None
) -> tuple[Signal, ...]:
    """Return every signal in records, in the order of the kinds.

    `outputs` is how many pieces each producer (by its id) has on file; others are not compared.
    """
    return (
        *_two_trucks(claims),
        *_speeds(claims, limits.fastest_km_h),
        *_sizes(claims, limits.size_m),
        *_weights(claims, limits.same_weights),
        *_outputs(claims, outputs or {}),
    )


def _two_trucks(claims: Iterable[Claim]) -> list[Signal]:
    by_pass: dict[str, list[Claim]] = defaultdict(list)
    for one in claims:
        if one.facts.pass_number:
            by_pass[one.facts.pass_number].append(one)
    found = []
    for number, members in sorted(by_pass.items()):
        plates = sorted({one.facts.trip_plates[0] for one in members})
        if len(plates) > 1:
            numbers = tuple(one.number for one in members)
            on_pass = members[0].facts.pass_plates[0]
            found.append(Signal(SignalKind.TWO_TRUCKS, number, numbers, " ".join(plates), on_pass))
    return found


def _speeds(claims: Iterable[Claim], fastest_km_h: float) -> list[Signal]:
    found = []
    for one in claims:
        entered, left = one.facts.entered_at, one.facts.left_at
        if entered is None or left is None:
            continue
        hours = (left - entered).total_seconds() / _SECONDS_PER_HOUR
        length_km = float(sum(line.length_km for line in one.facts.toll_lines))
        if hours <= 0 or length_km / hours > fastest_km_h:
            speed = f"{length_km / hours:.0f} km/h" if hours > 0 else f"{hours:.1f} h"
            plate = one.facts.trip_plates[0]
            text = f"{fastest_km_h:g} km/h"
            found.append(Signal(SignalKind.IMPOSSIBLE_SPEED, plate, (one.number,), speed, text))
    return found


def _sizes(claims: Iterable[Claim], tolerance_m: float) -> list[Signal]:
    return [
        Signal(
            SignalKind.SIZE_DIFFERS,
            one.facts.trip_plates[0],
            (one.number,),
            " × ".join("–" if size is None else f"{size:g}" for size in one.facts.measured_m),
            " × ".join(f"{size:g}" for size in one.facts.permitted_m),
            tuple(each for each in one.facts.measurements if any(each.sizes_m)),
        )
        for one in claims
        if any(
            measured is not None and abs(measured - permitted) > tolerance_m
            for measured, permitted in zip(
                one.facts.measured_m, one.facts.permitted_m, strict=False
            )
        )
    ]


def _weights(claims: Iterable[Claim], most: int) -> list[Signal]:
    by_weight: dict[tuple[str, str, float], list[Claim]] = defaultdict(list)
    for one in claims:
        if one.facts.weighed_t is not None:
            weight = round(one.facts.weighed_t, 3)
            by_weight[one.carrier_name, one.facts.component_kind, weight].append(one)
    return [
        Signal(
            SignalKind.SAME_WEIGHTS,
            carrier,
            tuple(one.number for one in members),
            f"{len(members)} x {weight:g} t",
            f"< {most}",
        )
        for (carrier, _, weight), members in sorted(by_weight.items())
        if len(members) >= most
    ]


def _outputs(claims: Iterable[Claim], outputs: Mapping[str, int]) -> list[Signal]:
    by_producer: dict[str, list[Claim]] = defaultdict(list)
    for one in claims:
        if one.facts.producer in outputs:
            by_producer[one.facts.producer].append(one)
    found = []
    for producer, members in sorted(by_producer.items()):
        pieces = {number for one in members for number in one.facts.component_numbers}
        if len(pieces) > outputs[producer]:
            numbers = tuple(one.number for one in members)
            most = str(outputs[producer])
            found.append(
                Signal(SignalKind.OUTPUT_EXCEEDED, producer, numbers, str(len(pieces)), most)
            )
    return found
