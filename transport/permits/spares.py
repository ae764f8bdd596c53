"""Spare tractors: examined with the application, so that one may take over without a new review.

A vehicle that is not the one on the pass is illegal (R62 21, 47). What was decided is a load on
axles: a spare fits if it has as many axles as the tractor, stands the same on the road, and no axle
of the whole combination carries more with it. An unknown measure never fits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from transport.errors import FieldFault, InvalidInputError
from transport.permits.application import Application, SpareTractor
from transport.permits.form_checks import plate_fault, vin_fault

MOST_SPARES = 6
# The official form writes spacings in whole centimetres at best; beyond this it is another layout.
_SPACING_ROUNDING_M = 0.05
_ROUNDING = 1e-9


class SpareFinding(StrEnum):
    """Why a spare does not take over without the desk; the last two are open questions."""

    AXLES = "axles"
    SPACINGS = "spacings"
    AXLE_LOADS = "axle_loads"
    MASS = "mass"
    SIZE = "size"
    PAPERS = "papers"
    UNKNOWN_TRACTOR = "unknown_tractor"  # the application does not say how many axles pull
    UNKNOWN_SPARE = "unknown_spare"


@dataclass(frozen=True, slots=True)
class SpareView:
    """A spare and what speaks against it; examined where nothing does."""

    spare: SpareTractor
    findings: tuple[SpareFinding, ...]

    @property
    def is_examined(self) -> bool:
        """Whether it may take over by a revision of the pass alone."""
        return not self.findings


def examine_spare(application: Application, spare: SpareTractor) -> tuple[SpareFinding, ...]:
    """Return everything that keeps a spare from taking over; empty where it fits."""
    transport, pulling = application.transport, application.vehicle.tractor_axles
    found: list[SpareFinding] = []
    if not transport.axle_loads_t or not transport.axle_spacings_m or pulling is None:
        found.append(SpareFinding.UNKNOWN_TRACTOR)
    sizes = spare.height_m, spare.width_m
    if not spare.axle_loads_t or spare.axles is None or None in sizes:
        found.append(SpareFinding.UNKNOWN_SPARE)
    if found:
        return tuple(found)
    if spare.axles != pulling or len(spare.axle_loads_t) != len(transport.axle_loads_t):
        found.append(SpareFinding.AXLES)
    else:
        found += _against(application, spare)
    if any(
        size is not None and size > most + _ROUNDING
        for size, most in zip(sizes, (transport.height_m, transport.width_m), strict=True)
    ):
        found.append(SpareFinding.SIZE)
    plate_days = application.requirements.temporary_plate_days
    ends = [one.last_day(plate_days) for one in spare.papers]
    if any(last is not None and last < application.travel.starts_on for last in ends):
        found.append(SpareFinding.PAPERS)
    return tuple(found)


def view_spares(application: Application) -> tuple[SpareView, ...]:
    """Return the spares of an application, each with what speaks against it."""
    return tuple(SpareView(one, examine_spare(application, one)) for one in application.spares)


def with_spare(application: Application, spare: SpareTractor) -> Application:
    """Return the application with one spare more; raises InvalidInputError with every fault."""
    faults = [plate_fault(spare.plate, "plate"), vin_fault(spare.vin, "vin")]
    told = [one for one in faults if one is not None]
    vehicle = application.vehicle
    plates = {vehicle.tractor_plate, vehicle.trailer_plate, *(s.plate for s in application.spares)}
    if spare.plate in plates:
        told.append(FieldFault("plate", "is on this application already", "plate_on_application"))
    if len(application.spares) >= MOST_SPARES:
        message = f"no more than {MOST_SPARES} spare tractors go on one application"
        told.append(FieldFault("plate", message, "too_many_spares", (("most", str(MOST_SPARES)),)))
    if told:
        raise InvalidInputError(told)
    return replace(application, spares=(*application.spares, spare))


def without_spare(application: Application, plate: str) -> Application:
    """Return the application without the spare of this plate."""
    left = tuple(one for one in application.spares if one.plate != plate)
    return replace(application, spares=left)


def swapped(application: Application, spare: SpareTractor) -> Application:
    """Return the application with the spare in front and the tractor it replaces as a spare.

    Loads and sizes stay those that were examined: nothing of the combination exceeds them.
    """
    vehicle, transport = application.vehicle, application.transport
    ours = tuple(one for one in vehicle.papers if one.holder == vehicle.tractor_plate)
    pulling = vehicle.tractor_axles or 1
    replaced = SpareTractor(
        plate=vehicle.tractor_plate,
        model=vehicle.tractor_model,
        vin=vehicle.tractor_vin,
        axles=vehicle.tractor_axles,
        spacings_m=transport.axle_spacings_m[: pulling - 1],
        axle_loads_t=transport.axle_loads_t,
        kerb_mass_t=vehicle.tractor_kerb_mass_t,
        height_m=transport.height_m,
        width_m=transport.width_m,
        papers=ours,
    )
    in_front = replace(
        vehicle,
        tractor_plate=spare.plate,
        tractor_model=spare.model,
        tractor_vin=spare.vin,
        tractor_kerb_mass_t=spare.kerb_mass_t,
        papers=(*(one for one in vehicle.papers if one not in ours), *spare.papers),
    )
    left = without_spare(application, spare.plate)
    return replace(left, vehicle=in_front, spares=(*left.spares, replaced))


def _against(application: Application, spare: SpareTractor) -> list[SpareFinding]:
    transport, found = application.transport, []
    own = transport.axle_spacings_m[: len(spare.spacings_m)]
    pulling = application.vehicle.tractor_axles or 1
    if len(spare.spacings_m) != pulling - 1 or any(
        abs(given - wanted) > _SPACING_ROUNDING_M + _ROUNDING
        for given, wanted in zip(spare.spacings_m, own, strict=False)
    ):
        found.append(SpareFinding.SPACINGS)
    loads = zip(spare.axle_loads_t, transport.axle_loads_t, strict=True)
    if any(given > most + _ROUNDING for given, most in loads):
        found.append(SpareFinding.AXLE_LOADS)
    if sum(spare.axle_loads_t) > transport.mass_t + _ROUNDING:
        found.append(SpareFinding.MASS)
    return found
