"""Which checks of the catalogue a route evaluation runs on network data, and which it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Reach(StrEnum):
    """How a check is reached."""

    ROUTE = "route"  # on every route where it applies
    MEASURED = "measured"  # on a route, once somebody measured what no record holds
    BY_ITSELF = "by_itself"  # only through `dajian check`


_ROUTE = (
    "classify_size", "classify_mass", "scope", "method_select", "route_lookup",
    "lateral_space_rule", "gap_check", "curve_lookup", "lowbed_swept", "hydraulic_swept",
    "curve_calc", "climb_needed", "vcurve_hydraulic", "gantry", "overbridge", "sag_loss", "toll",
    "tunnel", "junction", "consecutive", "roundabout", "swept_path", "asphalt", "bridge_screening",
    "impact", "lateral_factor", "design_effect_factor", "lane_effect", "train_effect",
    "effect_ratio", "bridge_effects", "conclude",
)  # fmt: skip
_MEASURED = ("crest_lowbed", "dyn_factor", "concrete", "embankment")


def reach_of(names: tuple[str, ...]) -> Mapping[str, Reach]:
    """Return how each check of the catalogue is reached."""
    return MappingProxyType(
        {
            name: Reach.ROUTE
            if name in _ROUTE
            else Reach.MEASURED
            if name in _MEASURED
            else Reach.BY_ITSELF
            for name in names
        }
    )
