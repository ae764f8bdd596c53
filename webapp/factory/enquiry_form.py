"""The enquiry's form: read into a question, assessed, and kept as an enquiry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from transport.errors import FieldFault, InvalidInputError
from transport.people import Actor
from transport.permits.application import Cargo
from transport.services import library
from transport.services.assessing_journeys import (
    Journey,
    Loading,
    LoadingWish,
    assess_journey,
    load_as_wished,
)
from transport.services.choosing_loadings import LoadingKey, load_by_key, read_key
from transport.services.evaluating_routes import read_records
from transport.services.library import Enquiry
from transport.services.stepping import day_of
from transport.vehicles.catalogue import describe_item
from transport.vehicles.component import Component, Orientation
from transport.vehicles.outline import outline_of_load
from webapp.access import Services
from webapp.factory import component_fields
from webapp.fields import Fields

LABELS = {
    "component_id": _l("Component"),
    "loading": _l("Combination"),
    "more_numbers": _l("Further identical pieces in the same load"),
    "origin": _l("From"),
    "destination": _l("Site"),
    "travel_on": _l("Day of travel"),
    "deliver_by": _l("Needed on site by"),
    "tractor": _l("Tractor"),
    "trailer": _l("Trailer"),
    "orientation": _l("Position on the deck"),
    "avoid": _l("Roads or places to avoid"),
    "remarks": _l("Remarks"),
}
# The core names a journey's ends as its command does.
_FIELD_OF = {"from": "origin", "to": "destination"}
_MOST_WISHES = 10


@dataclass(frozen=True, slots=True)
class Question:
    """What the form asks: pieces of one kind, the journey, and how to load."""

    component: library.Component
    numbers: tuple[str, ...]
    journey: Journey
    wish: LoadingWish
    loading: LoadingKey | None
    deliver_by: date | None
    remarks: str

    @property
    def name(self) -> str:
        """The name of what is carried."""
        return self.component.name


def read_question(
    form: Mapping[str, str], components: Sequence[library.Component], today: date
) -> Question:
    """Read the form; raises InvalidInputError with every fault found."""
    fields = Fields(form)
    chosen = form.get("component_id", "")
    component = next((one for one in components if one.id == chosen), None)
    if component is None:
        fields.refuse("component_id", "is none of your components", "no_component")
    more = _listed(fields.text("more_numbers", required=False, longest=1000))
    travel_on = fields.day("travel_on", required=False) or today
    if travel_on < today:
        fields.refuse("travel_on", "is in the past: choose today or a later day", "day_past")
    deliver_by = fields.day("deliver_by", required=False)
    journey = Journey(
        origin=fields.text("origin", longest=80),
        destination=fields.text("destination", longest=80),
        travel_on=travel_on,
        avoid=tuple(_listed(fields.text("avoid", required=False, longest=300))[:_MOST_WISHES]),
    )
    loading = _chosen_loading(fields)
    wish = LoadingWish(
        tractor=fields.text("tractor", required=False),
        trailer=fields.text("trailer", required=False),
        orientation=fields.choice("orientation", Orientation, otherwise=Orientation.AS_MADE),
        pieces=1 + len(more),
    )
    if loading is not None and loading.pieces != wish.pieces:
        fields.refuse(
            "more_numbers",
            f"the combination was chosen for {loading.pieces} pieces",
            "loading_pieces",
            pieces=loading.pieces,
            more=loading.pieces - 1,
        )
    remarks = fields.text("remarks", required=False, longest=500)
    fields.check()
    if component is None:
        raise InvalidInputError(fields.faults)
    numbers = (component.number, *more)
    return Question(component, numbers, journey, wish, loading, deliver_by, remarks)


def answer_question(question: Question, services: Services, actor: Actor) -> Enquiry:
    """Load, classify and plan; return the enquiry to keep, its faults under the form's names."""
    now = services.clock.now()
    today = day_of(now)
    piece = piece_of(question.component, services)
    try:
        loading = _load(question, piece, services, today)
        assessed = assess_journey(
            loading.transport,
            question.journey,
            network=services.network(),
            law=services.law,
            tariff=services.tariff,
            calendar=services.calendar,
            today=today,
            tables=services.evaluation_tables,
            records=read_records(services.passage_records.read()),
        )
    except InvalidInputError as wrong:
        raise under_form_names(wrong) from wrong
    return Enquiry(
        id="",
        factory_id=actor.organisation_id,
        factory_name=actor.organisation_name,
        cargo=_cargo(question, loading, actor),
        transport=loading.transport,
        itinerary=assessed.itinerary,
        law_day=today,
        created_at=now,
        created_by=actor.name,
        deliver_by=question.deliver_by,
        classification=assessed.classification,
        plan=assessed.plan,
        remarks=question.remarks,
        outline=outline_of_load(loading.placed) if loading.placed else None,
        asked={
            "component_id": question.component.id,
            "piece": {**asdict(piece), "material": piece.material.value},
            "more_numbers": "，".join(question.numbers[1:]),
            "origin": question.journey.origin,
            "destination": question.journey.destination,
            "travel_on": question.journey.travel_on.isoformat(),
            "deliver_by": question.deliver_by.isoformat() if question.deliver_by else "",
            "avoid": "，".join(question.journey.avoid),
            "tractor": loading.tractor,
            "trailer": loading.trailer,
            "orientation": _orientation(question).value,
            "loading": str(question.loading or ""),
            "units": list(loading.placed.combination.codes) if loading.placed else [],
            "remarks": question.remarks,
        },
    )


def piece_of(component: library.Component, services: Services) -> Component:
    """Return a kept component as a piece to load; the catalogue knows what it leaves open."""
    return component_fields.piece_of(component, services.catalogue.components.get(component.kind))


def asked_piece(enquiry: Enquiry, services: Services) -> Component | None:
    """Return the piece an enquiry asked about; a single cargo stands for itself."""
    asked, cargo = enquiry.asked or {}, enquiry.cargo
    if "piece" in asked:
        given = {name: value for name, value in asked["piece"].items() if name != "code"}
        return describe_item(Component, asked["piece"]["code"], given, "piece")
    if len(cargo.component_numbers) != 1:
        return None
    known = services.catalogue.components.get(cargo.kind)
    return Component(
        code=cargo.kind or cargo.name,
        name_zh=cargo.name,
        name_en=cargo.name,
        material=cargo.material,
        length_m=cargo.length_m,
        width_m=cargo.width_m,
        height_m=cargo.height_m,
        mass_t=cargo.mass_t,
        may_turn=known is not None and known.may_turn,
    )


def asked_values(enquiry: Enquiry) -> dict[str, Any]:
    """Return an enquiry as the values of the form, to ask again with changes."""
    way = enquiry.itinerary
    known = {
        "origin": way.origin,
        "destination": way.destination,
        "travel_on": str((enquiry.plan or {}).get("travel_at", ""))[:10],
        "deliver_by": enquiry.deliver_by.isoformat() if enquiry.deliver_by else "",
        "remarks": enquiry.remarks,
    }
    return known | dict(enquiry.asked or {})


def under_form_names(wrong: InvalidInputError) -> InvalidInputError:
    """Return the faults under the names of the form's fields."""
    return InvalidInputError(
        [
            FieldFault(_FIELD_OF.get(one.field, one.field), one.message, one.code, one.params)
            for one in wrong.faults
        ]
    )


def _chosen_loading(fields: Fields) -> LoadingKey | None:
    text = fields.text("loading", required=False)
    try:
        return read_key(text) if text else None
    except InvalidInputError as wrong:
        fields.faults += wrong.faults
        return None


def _load(question: Question, piece: Component, services: Services, day: date) -> Loading:
    """Load as the list of combinations said, or as the wish for units says."""
    law, catalogue = services.law, services.catalogue
    if question.loading is None:
        return load_as_wished(piece, catalogue, law, day, question.wish)
    placed = load_by_key(piece, question.loading, catalogue, law, day)
    units = placed.combination
    trailer = units.trailer.code if units.trailer else ""
    return Loading(units.tractor.code, trailer, placed.transport, placed)


def _orientation(question: Question) -> Orientation:
    return question.loading.orientation if question.loading else question.wish.orientation


def _cargo(question: Question, loading: Loading, actor: Actor) -> Cargo:
    """Return what is carried, as large as it lies on the deck."""
    component, pieces = question.component, len(question.numbers)
    around = outline_of_load(loading.placed).cargo if loading.placed else None
    size = (
        (around.length_m, around.width_m, around.height_m)
        if around
        else (component.length_m, component.width_m, component.height_m)
    )
    return Cargo(
        name=component.name,
        material=component.material,
        component_numbers=question.numbers,
        length_m=round(size[0], 3),
        width_m=round(size[1], 3),
        height_m=round(size[2], 3),
        mass_t=round(component.mass_t * pieces, 3),
        kind=component.kind,
        producer=actor.organisation_name,
        project=component.project,
    )


def _listed(text: str) -> list[str]:
    for mark in "，、；;\n":
        text = text.replace(mark, ",")
    return [part.strip() for part in text.split(",") if part.strip()]
