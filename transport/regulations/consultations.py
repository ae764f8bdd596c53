"""Who beside the deciding authority decides, consents, is consulted or told, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from transport.regulations.dated import Dated
from transport.regulations.occasions import Occasion


class Body(StrEnum):
    """A body beside the authority that decides the pass."""

    TRAFFIC_POLICE = "traffic_police"
    PROVINCE_EN_ROUTE = "province_en_route"
    LEAGUE_EN_ROUTE = "league_en_route"
    MUNICIPAL_DEPARTMENT = "municipal_department"
    RAILWAY = "railway"
    POWER_COMPANY = "power_company"
    ROAD_MAINTAINER = "road_maintainer"
    ROAD_OWNER = "road_owner"
    TOLL_OPERATOR = "toll_operator"


class Manner(StrEnum):
    """What the body does; a consulted one that stays silent has not consented."""

    DECIDES = "decides"
    CONSENTS = "consents"
    DESIGNATES = "designates"
    CONSULTED = "consulted"
    INFORMED = "informed"


@dataclass(frozen=True, slots=True)
class Involvement:
    """One body, what it does, on which occasion, and above which height if only there."""

    body: Body
    manner: Manner
    when: Occasion
    above_height_m: float | None = None


@dataclass(frozen=True, slots=True)
class Consultations:
    """Bodies beside the deciding authority (R62 art. 8, 12, 16, 20; HSR 36; URR 28; RTSL-IR 65)."""

    police_for_large_loads: Dated[Involvement]
    police_where_safety_is_affected: Dated[Involvement]
    provinces_en_route: Dated[Involvement]
    leagues_en_route: Dated[Involvement]
    municipal_for_city_streets: Dated[Involvement]
    police_for_city_streets: Dated[Involvement]
    railway_at_level_crossings: Dated[Involvement]
    power_company_under_lines: Dated[Involvement]
    maintainer_of_reinforced_structures: Dated[Involvement]
    toll_operators: Dated[Involvement]
    owners_of_other_roads: Dated[Involvement]
