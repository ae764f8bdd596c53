"""What is assumed of a road by its class: read from `config/roads/osm_defaults.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from transport.errors import RegulationFileError
from transport.network.attributes import Owner, RoadClass

FILE_NAME = "osm_defaults.yaml"


@dataclass(frozen=True, slots=True)
class ClassDefaults:
    """Assumptions for one `highway` value; `lanes` of one direction, None where none is assumed."""

    road_class: RoadClass
    owner: Owner
    lanes: int | None
    lane_width_m: float
    shoulder_m: float
    net_height_m: float
    design_speed_km_h: int
    truck_speed_km_h: float
    source: str


@dataclass(frozen=True, slots=True)
class RoadDefaults:
    """Assumptions for every class that trucks may use, and the legal height of an ordinary one.

    Speeds of loaded trucks by the zone of a country (`CN:urban`), by surface and by smoothness.
    """

    legal_default_height_m: float
    classes: Mapping[str, ClassDefaults]
    zone_speed_km_h: Mapping[str, float] = field(default_factory=dict)
    surface_speed_km_h: Mapping[str, float] = field(default_factory=dict)
    smoothness_speed_km_h: Mapping[str, float] = field(default_factory=dict)


def read_defaults(folder: Path) -> RoadDefaults:
    """Read the newest values of the file; raises RegulationFileError naming file and key."""
    path = folder / FILE_NAME
    try:
        document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        newest = max(document["values"], key=lambda value: value["effective"])
        source = f"assumed by road class ({document['citation']['title']})"
        return RoadDefaults(
            legal_default_height_m=float(newest["legal_default_height_m"]),
            classes={
                name: _class_defaults(values, source) for name, values in newest["classes"].items()
            },
            zone_speed_km_h={
                f"{country}:{zone}": float(speed)
                for country, zones in newest.get("zone_speed_km_h", {}).items()
                for zone, speed in zones.items()
            },
            surface_speed_km_h=_speeds(newest, "surface_speed_km_h"),
            smoothness_speed_km_h=_speeds(newest, "smoothness_speed_km_h"),
        )
    except OSError as fault:
        raise RegulationFileError(f"{path}: cannot be read ({fault.strerror})") from fault
    except (KeyError, TypeError, ValueError, AttributeError, yaml.YAMLError) as fault:
        raise RegulationFileError(f"{path}: missing or wrong entry {fault}") from fault


def _speeds(values: dict[str, Any], key: str) -> dict[str, float]:
    return {str(word): float(speed) for word, speed in values.get(key, {}).items()}


def _class_defaults(values: dict[str, Any], source: str) -> ClassDefaults:
    return ClassDefaults(
        road_class=RoadClass[values["road_class"].upper()],
        owner=Owner[values["owner"].upper()],
        lanes=values["lanes"],
        lane_width_m=float(values["lane_width_m"]),
        shoulder_m=float(values["shoulder_m"]),
        net_height_m=float(values["net_height_m"]),
        design_speed_km_h=int(values["design_speed_km_h"]),
        truck_speed_km_h=float(values["truck_speed_km_h"]),
        source=source,
    )
