"""What a record says of its pass, stations and sizes, compared with what is on file.

The answers depend on a few cells each, which repeat all month: callers keep them.
"""

from __future__ import annotations

from typing import NamedTuple

from transport.relief.records import Bounds, Fault, Known, KnownPass, Mismatch

Sizes = tuple[float, float, float, float]
_PARTIES = (
    *(Mismatch.TRACTOR_DIFFERS, Mismatch.TRAILER_DIFFERS),
    *(Mismatch.CARRIER_DIFFERS, Mismatch.ISSUER_DIFFERS),
)
_ENDS = (Mismatch.ENTRY_OFF_ROUTE, Mismatch.EXIT_OFF_ROUTE)
_SIZES = (
    *(Mismatch.MASS_ABOVE_PASS, Mismatch.LENGTH_ABOVE_PASS),
    *(Mismatch.WIDTH_ABOVE_PASS, Mismatch.HEIGHT_ABOVE_PASS),
)


class Paper(NamedTuple):
    """The pass of a record as it is on file, how many passages it allows, and what differs."""

    known: KnownPass | None
    most_passages: int | None
    faults: tuple[Fault, ...]


def compare_paper(
    known: Known, number: str, parties: tuple[str, ...], validity: tuple[str, str], allowed: str
) -> Paper:
    """Compare number, parties (tractor, trailer, carrier, issuer) and days with the pass."""
    if not number:
        return Paper(None, None, ())
    on_file = known.passes.get(number)
    if on_file is None:
        return Paper(None, None, (Fault(Mismatch.PASS_UNKNOWN, number, ""),))
    ours = (on_file.tractor_plate, on_file.trailer_plate, on_file.carrier, on_file.issuer)
    faults = [
        Fault(kind, found, expected)
        for found, expected, kind in zip(parties, ours, _PARTIES, strict=True)
        if expected and found != expected
    ]
    if validity != (on_file.first_day, on_file.last_day):
        expected = f"{on_file.first_day} {on_file.last_day}"
        faults.append(Fault(Mismatch.VALIDITY_DIFFERS, " ".join(validity), expected))
    most = on_file.passages
    if most is None and allowed.isdecimal():
        most = int(allowed)
    return Paper(on_file, most, tuple(faults))


def compare_day(on_file: KnownPass, day: str) -> list[Fault]:
    """Compare the day of entry with the days of the pass."""
    faults = []
    if day < on_file.first_day:
        faults.append(Fault(Mismatch.PASS_NOT_YET_VALID, day, on_file.first_day))
    elif day > on_file.last_day:
        faults.append(Fault(Mismatch.PASS_EXPIRED, day, on_file.last_day))
    if on_file.revoked_on and day >= on_file.revoked_on:
        faults.append(Fault(Mismatch.PASS_REVOKED, day, on_file.revoked_on))
    return faults


def compare_stations(
    known: Known, on_file: KnownPass | None, ends: tuple[tuple[str, str], tuple[str, str]]
) -> tuple[Fault, ...]:
    """Compare codes and names of entry and exit with the stations, and with those of the pass."""
    faults = []
    unknown = (Mismatch.ENTRY_UNKNOWN, Mismatch.EXIT_UNKNOWN)
    for (code, name), kind, off_route in zip(ends, unknown, _ENDS, strict=True):
        ours = known.stations.get(code)
        if ours is None:
            faults.append(Fault(kind, code, ""))
        elif name != ours:
            faults.append(Fault(Mismatch.STATION_NAME_DIFFERS, name, ours))
        strange = on_file is not None and on_file.stations and code not in on_file.stations
        if on_file is not None and strange and ours is not None:
            faults.append(Fault(off_route, code, " ".join(sorted(on_file.stations))))
    codes = [code for code, _ in ends]
    if known.own_stations and known.own_stations.isdisjoint(codes):
        faults.append(Fault(Mismatch.STATIONS_OF_OTHERS, " ".join(codes), ""))
    return tuple(faults)


def compare_sizes(
    bounds: Bounds | None, on_file: KnownPass | None, texts: tuple[str, ...], axles: str, loads: str
) -> tuple[Sizes | None, tuple[Fault, ...]]:
    """Read mass, length, width and height, and compare them and the axles with the pass."""
    faults: list[Fault] = []
    sizes = _sizes(texts)
    if sizes is None:
        faults.append(Fault(Mismatch.NUMBER_UNREADABLE, " ".join(texts), ""))
    faults += _axle_loads(bounds, axles, loads, sizes)
    if on_file is None:
        return sizes, tuple(faults)
    permitted = (on_file.mass_t, on_file.length_m, on_file.width_m, on_file.height_m)
    faults += [
        Fault(kind, f"{found:g}", f"{most:g}")
        for found, most, kind in zip(sizes or (), permitted, _SIZES, strict=False)
        if found > most
    ]
    if on_file.axle_count and axles != str(on_file.axle_count):
        faults.append(Fault(Mismatch.AXLE_COUNT_DIFFERS, axles, str(on_file.axle_count)))
    return sizes, tuple(faults)


def _sizes(texts: tuple[str, ...]) -> Sizes | None:
    try:
        weight, length, width, height = map(float, texts)
    except ValueError:
        return None
    fits = weight > 0 and length > 0 and width > 0 and height > 0
    return (weight, length, width, height) if fits else None


def _axle_loads(bounds: Bounds | None, axles: str, loads: str, sizes: Sizes | None) -> list[Fault]:
    if not loads:
        return []
    try:
        count, each = int(axles), [float(one) for one in loads.split("+")]
    except ValueError:
        return [Fault(Mismatch.NUMBER_UNREADABLE, f"{axles} {loads}", "")]
    if len(each) != count:
        return [Fault(Mismatch.AXLE_LOADS_INCOMPLETE, str(len(each)), str(count))]
    if sizes is None or bounds is None:
        return []
    if abs(sum(each) - sizes[0]) > bounds.axle_sum_percent / 100 * sizes[0]:
        return [Fault(Mismatch.AXLE_LOADS_DO_NOT_SUM, f"{sum(each):g}", f"{sizes[0]:g}")]
    return []
