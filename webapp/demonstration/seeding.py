"""Load the demonstration into an empty installation."""

from __future__ import annotations

from datetime import datetime

from transport.errors import FieldFault, InvalidInputError
from transport.people import FIRM_ROLES, Actor, Role, actor_of
from transport.permits.application import Vehicle
from transport.services.days import day_of
from transport.services.enquiring import save_component
from transport.services.keeping_vehicles import save_vehicle
from transport.services.library import Component, LibraryKind, LibraryUnit, LibraryVehicle
from transport.services.ports import PasswordHasher
from transport.services.registering import create_organisation, create_user
from transport.vehicles.vehicle_papers import PaperKind, VehiclePaper
from webapp.access import Services
from webapp.demonstration.days import HistoryDays
from webapp.demonstration.loads import (
    EXTENDABLE,
    HYDRAULIC,
    LOW_BED,
    NORTHERN,
    SECOND_LOW_BED,
    Load,
    transport_of,
    vehicle_of,
)
from webapp.demonstration.organisations import ORGANISATIONS
from webapp.demonstration.questions import QUESTIONS
from webapp.demonstration.sign_ins import SIGN_INS
from webapp.demonstration.stories import MODULE_WAY, STORIES
from webapp.demonstration.telling import Teller, play

_BY = "demonstration"
# The history begins so many working days before the first start.
_HISTORY_DAYS = 45
_UNFINISHED = "demonstration_unfinished"
_PAPERS_LAST_DAYS = 200
_YEAR_DAYS = 345
_ENDS_SOON_DAYS = 20
# Kind of piece, number, project and factory; what stands in the factories' lists.
_COMPONENTS = (
    ("factory", "volumetric_module", "BT-MK-039", "呼和浩特示范公寓"),
    ("factory", "volumetric_module", "BT-MK-060", "呼和浩特示范公寓"),
    ("factory", "bathroom_pod", "BT-WY-101", "呼和浩特示范公寓"),
    ("factory", "steel_truss", "BT-HJ-011", "呼和浩特示范学校"),
    ("factory.hulunbuir", "glulam_beam", "HL-JM-020", "满洲里示范木屋"),
    ("factory.hulunbuir", "clt_panel", "HL-CLT-109", "满洲里示范木屋"),
    ("factory.chifeng", "double_t_slab", "CF-TT-032", "赤峰示范综合体"),
    ("factory.chifeng", "box_girder_25", "CF-XL-010", "赤峰示范跨线桥"),
    ("factory.ordos", "sandwich_wall", "ER-WQ-301", "康巴什示范场馆"),
)
_RIGS = (
    ("carrier", LOW_BED, "volumetric_module"),
    ("carrier", SECOND_LOW_BED, "sandwich_wall"),
    ("carrier", EXTENDABLE, "double_t_slab"),
    ("carrier", HYDRAULIC, "box_girder_25"),
    ("carrier.hulunbuir", NORTHERN, "clt_panel"),
)


class _OneHash:
    """Hashes the one published password of the demonstration once; it keeps nothing secret."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._made: dict[str, str] = {}

    def hash(self, password: str) -> str:
        """Return the hash made before, or make it."""
        if password not in self._made:
            self._made[password] = self._hasher.hash(password)
        return self._made[password]

    def matches(self, password_hash: str, password: str) -> bool:
        """Say whether the password belongs to the hash."""
        return self._hasher.matches(password_hash, password)


def seed(services: Services) -> None:
    """Load organisations, people, lists and cases; does nothing where there are some already.

    Cases are told only on a network that knows the demonstration's places. Raises
    InvalidInputError where an earlier start was interrupted half-way.
    """
    mark = services.settings.data / _UNFINISHED
    if mark.exists():
        message = "the first start of this demonstration was interrupted: start it with --reset"
        raise InvalidInputError([FieldFault("--data", message)])
    with services.unit_of_work(read_only=True) as work:
        if work.organisations.listed():
            return
    mark.write_text("The demonstration is being loaded.\n")
    days = HistoryDays(services.clock.now().date(), services.calendar)
    start = days.at(_HISTORY_DAYS, 8)
    people = _seed_people(services, start)
    if not services.keys.public_keys():
        services.keys.new_key(start)
    _seed_lists(services, people, days, start)
    _seed_units(services, people, days, start)
    if _knows_places(services):
        teller = Teller(services, people, days)
        teller.know_bridges(start.date())
        teller.fill_roster(start)
        play(story(teller) for story in (*STORIES, *QUESTIONS))
    mark.unlink()


def _seed_people(services: Services, start: datetime) -> dict[str, Actor]:
    """Make organisations and users; return the actors by their sign-in names."""
    hasher = _OneHash(services.password_hasher)
    made = {
        one.name: create_organisation(
            services.unit_of_work,
            created_by=_BY,
            name=one.name,
            role=one.role,
            admin_code=one.admin_code,
            small_office=one.small_office,
            large_items_licence=one.role is Role.CARRIER or None,
            credit_code=one.credit_code,
            licence_number=one.licence_number,
            contact_name="示范联系人" if one.role in FIRM_ROLES else "",
            contact_phone="000-00000000" if one.role in FIRM_ROLES else "",
            now=start,
        )
        for one in ORGANISATIONS
    }
    people = {}
    for one in SIGN_INS:
        user = create_user(
            services.unit_of_work,
            hasher,
            created_by=_BY,
            login=one.login,
            name=one.name,
            organisation_id=made[one.organisation].id,
            password=one.password,
            must_change_password=False,
            now=start,
        )
        people[one.login] = actor_of(user, made[one.organisation])
    return people


def _seed_lists(
    services: Services, people: dict[str, Actor], days: HistoryDays, start: datetime
) -> None:
    """Fill the factories' lists of components and the carriers' lists of vehicles."""
    catalogue = services.catalogue
    for login, kind, number, project in _COMPONENTS:
        piece = catalogue.components[kind]
        component = Component(
            id="",
            organisation_id="",
            number=number,
            name=piece.name_zh,
            kind=kind,
            material=piece.material,
            length_m=piece.length_m,
            width_m=piece.width_m,
            height_m=piece.height_m,
            mass_t=piece.mass_t,
            project=project,
            cast_on=day_of(start),
        )
        save_component(services.unit_of_work, actor=people[login], component=component, now=start)
    for login, rig, kind in _RIGS:
        vehicle = LibraryVehicle(
            id="",
            organisation_id="",
            name=rig.name,
            vehicle=vehicle_of(rig, catalogue),
            transport=transport_of(Load(kind, (), rig, ""), catalogue),
            papers_valid_until=days.after(_PAPERS_LAST_DAYS),
        )
        save_vehicle(services.unit_of_work, actor=people[login], vehicle=vehicle, now=start)


def _seed_units(
    services: Services, people: dict[str, Actor], days: HistoryDays, start: datetime
) -> None:
    """Fill a carrier's list with the single vehicles of one rig, one paper about to end."""
    catalogue = services.catalogue
    tractor, trailer = catalogue.tractors[LOW_BED.tractor], catalogue.trailers[LOW_BED.trailer]
    insured = VehiclePaper(
        PaperKind.INSURANCE, "SF-JQX-001", days.after(-_YEAR_DAYS), days.after(_ENDS_SOON_DAYS)
    )
    inspected = VehiclePaper(PaperKind.INSPECTION, valid_until=days.after(_PAPERS_LAST_DAYS))
    units = (
        (
            LibraryKind.TRACTOR,
            LibraryUnit(
                LOW_BED.tractor_plate, "", tractor.name_zh, LOW_BED.tractor, tractor=tractor
            ),
            (insured, inspected),
        ),
        (
            LibraryKind.TRAILER,
            LibraryUnit(
                LOW_BED.trailer_plate, "", trailer.name_zh, LOW_BED.trailer, trailer=trailer
            ),
            (inspected,),
        ),
    )
    for kind, unit, papers in units:
        vehicle = LibraryVehicle(
            "", "", unit.plate, Vehicle("", ""), kind=kind, unit=unit, papers=papers
        )
        save_vehicle(services.unit_of_work, actor=people["carrier"], vehicle=vehicle, now=start)


def _knows_places(services: Services) -> bool:
    known = {place.name for place in services.network().places}
    return known.issuperset(MODULE_WAY)
