"""Bodies without a desk here that a route involves: whose consent it needs, and who is told."""

from __future__ import annotations

from transport.permits.application import Application, RouteSnapshot
from transport.permits.states import ActKind
from transport.regulations.consultations import Body, Manner
from transport.regulations.law import Law
from transport.regulations.occasions import Occasion, met_at
from transport.rules.involvement import Involved, find_involved

_OTHER_OWNERS = frozenset({"forestry", "village"})
_CONSENT_OF = {
    Body.RAILWAY: ActKind.RAILWAY_CONSENT,
    Body.ROAD_OWNER: ActKind.OWNER_CONSENT,
}
_NOTICE_TO = {
    Body.POWER_COMPANY: ActKind.POWER_NOTICE,
    Body.TOLL_OPERATOR: ActKind.OPERATOR_NOTICE,
}
_LEAGUE_DIGITS = 4
_PROVINCE_DIGITS = 2


def route_occasions(route: RouteSnapshot) -> frozenset[Occasion]:
    """Return what a planned route meets.

    No route tells overhead lines; they are taken to be there, so that a high load is announced.
    """
    contract = route.contract
    met = {Occasion.OVERHEAD_LINES} | met_at(contract.get("structures", ()))
    if any(leg.get("owner") in _OTHER_OWNERS for leg in contract.get("legs", ())):
        met.add(Occasion.FORESTRY_OR_VILLAGE_ROAD)
    return frozenset(met)


def consents_of(application: Application, law: Law) -> list[ActKind]:
    """Return the consents that the route needs of bodies without a desk here."""
    wanted = {Manner.CONSENTS, Manner.DESIGNATES}
    found = [_CONSENT_OF.get(one.body) for one in _involved(application, law, wanted)]
    return list(dict.fromkeys(one for one in found if one is not None))


def notices_of(application: Application, law: Law) -> list[ActKind]:
    """Return whom the office that issues the pass tells."""
    found = [_NOTICE_TO.get(one.body) for one in _involved(application, law, {Manner.INFORMED})]
    return list(dict.fromkeys(one for one in found if one is not None))


def provinces_en_route(application: Application, law: Law) -> list[str]:
    """Return the other provinces that a route passes through and that decide their part (R62 16).

    They are asked by the authority of the origin; in order of travel.
    """
    if not _provinces_on(application):
        return []
    decide = _involved(application, law, {Manner.DECIDES})
    asked = any(one.body is Body.PROVINCE_EN_ROUTE for one in decide)
    return _provinces_on(application) if asked else []


def leagues_on(route: RouteSnapshot) -> list[str]:
    """Return the leagues and cities that a route passes through, in order."""
    codes = (str(one["admin_code"]) for one in route.contract.get("jurisdictions", ()))
    return list(dict.fromkeys(f"{code[:_LEAGUE_DIGITS]}00" for code in codes))


def _involved(application: Application, law: Law, manners: set[Manner]) -> list[Involved]:
    if not application.requirements.over_limit:
        return []
    met = set(route_occasions(application.route))
    if _provinces_on(application):
        met.add(Occasion.ACROSS_PROVINCES)
    involved = find_involved(application.transport, law, application.law_day, met)
    return [one for one in involved if one.manner in manners]


def _provinces_on(application: Application) -> list[str]:
    home = application.requirements.authority_admin_code[:_PROVINCE_DIGITS]
    parts = application.route.contract.get("jurisdictions", ())
    provinces = (str(one["admin_code"])[:_PROVINCE_DIGITS] for one in parts)
    return list(dict.fromkeys(f"{one}0000" for one in provinces if one != home))
