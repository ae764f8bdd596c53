"""A network as named arrays: which there are, texts packed, and which of them records change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from road_data.texts import pack, pack_areas, pack_places
from transport.network.graph import RoadNetwork
from transport.network.surveyed import NO_SURVEYS

EDGE_ARRAYS = (
    "node_lon", "node_lat", "first_edge", "tail", "head", "reverse", "length_m", "duration_s",
    "road_class", "owner", "urban", "access", "tolled", "lanes", "design_speed_km_h", "ref",
    "name", "name_en", "admin_code", "shape_start", "shape_lon", "shape_lat", "forbidden_turns",
)  # fmt: skip
SURVEY_ARRAYS = (
    "of_structure", "section_edge", "section_from_m", "section_to_m", "section_record", "area",
    "post_edge", "post_tail_km", "post_head_km",
)  # fmt: skip
OPTIONAL_ARRAYS = ("forbidden_sequences", "surface", "grade_pct", "closed_hours", "ramp")
STRUCTURE_ARRAYS = ("first", "edge", "kind", "offset_m", "lon", "lat")
COLUMN_PARTS = ("value", "certainty", "source")

Array = npt.NDArray[Any]


def changed_arrays(base: RoadNetwork, laid: RoadNetwork) -> dict[str, Array]:
    """Return the arrays of a laid network that are not those of its base."""
    before, texts_before = _plain_arrays(base), _texts(base)
    after, texts_after = _plain_arrays(laid), _texts(laid)
    arrays = {name: one for name, one in after.items() if one is not before.get(name)}
    for name, one in texts_after.items():
        if one is not texts_before.get(name):
            arrays |= _packed(name, one)
    return {f"{name}.npy": np.ascontiguousarray(array) for name, array in arrays.items()}


def all_arrays(network: RoadNetwork) -> dict[str, Array]:
    """Return every array of a network by the name of its file."""
    arrays = _plain_arrays(network)
    for name, texts in _texts(network).items():
        arrays |= _packed(name, texts)
    return {f"{name}.npy": np.ascontiguousarray(array) for name, array in arrays.items()}


def _plain_arrays(network: RoadNetwork) -> dict[str, Array]:
    structures, surveys = network.structures, network.surveys
    arrays: dict[str, Array] = {name: getattr(network, name) for name in EDGE_ARRAYS}
    optional = {name: getattr(network, name) for name in OPTIONAL_ARRAYS}
    arrays |= {name: array for name, array in optional.items() if array is not None}
    if network.admin_certainty is not None:
        arrays["admin_certainty"] = network.admin_certainty
    if surveys is not NO_SURVEYS:
        arrays |= {f"surveys.{name}": getattr(surveys, name) for name in SURVEY_ARRAYS}
    arrays |= {f"structures.{name}": getattr(structures, name) for name in STRUCTURE_ARRAYS}
    for prefix, limits in (("limits", network.limits), ("structures.limits", structures.limits)):
        for kind, column in limits.items():
            for part in COLUMN_PARTS:
                arrays[f"{prefix}.{kind}.{part}"] = getattr(column, part)
    return arrays


def _texts(network: RoadNetwork) -> dict[str, Any]:
    structures = network.structures
    texts: dict[str, Any] = {
        "sources": network.sources,
        "strings": network.strings,
        "structures.ids": structures.ids,
        "structures.names": structures.names,
        "structures.names_en": structures.names_en,
        "notes": network.notes,
        "places": network.places,
    }
    if network.areas:
        texts["areas"] = network.areas
    if network.surveys is not NO_SURVEYS:
        texts["surveys.records"] = network.surveys.records
    return texts


def _packed(name: str, texts: Any) -> dict[str, Array]:
    packing: Mapping[str, Any] = {"places": pack_places, "areas": pack_areas}
    blob, offsets = packing.get(name, pack)(texts)
    return {f"{name}.text": blob, f"{name}.offsets": offsets}
