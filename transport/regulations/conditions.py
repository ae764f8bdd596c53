"""Conditions of escort, marking and travel time: a catalogue of texts, and rows saying when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from transport.regulations.dated import Dated
from transport.regulations.occasions import Occasion

Parameters = Mapping[str, float | str]
# Filled from the row's road classes, in the reader's language.
ROADS = "roads"
ANY_ROAD = "any"
MOST_TEMPLATES = 30
_NONE: Parameters = MappingProxyType({})


def _no_parameters() -> Parameters:
    return _NONE


@dataclass(frozen=True, slots=True)
class SizeTrigger:
    """The row holds where one of these is exceeded, in metres and tonnes."""

    height_m: float | None = None
    width_m: float | None = None
    length_m: float | None = None
    mass_t: float | None = None


@dataclass(frozen=True, slots=True)
class ConditionRow:
    """When a condition is imposed, and with which parameters; whatever is not said is no bound.

    Of the rows of one value that name the same road classes the first that fits holds, so the
    strictest stands first.
    """

    above: SizeTrigger | None = None
    road_classes: tuple[str, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    months: tuple[int, ...] = ()
    trailer_kinds: tuple[str, ...] = ()
    parameters: Mapping[str, float | str] = field(default_factory=_no_parameters)


Rows = Dated[tuple[ConditionRow, ...]]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Rows by the code of the condition they impose; an empty list imposes none."""

    escort_cars: Rows
    height_pole_car: Rows
    rear_steerer: Rows
    police_escort: Rows
    convoy_contact: Rows
    warning_marks: Rows
    warning_lights: Rows
    top_speed: Rows
    bridge_crossing: Rows
    bridge_alone: Rows
    bridge_traffic_stop: Rows
    travel_window: Rows
    holiday_ban: Rows
    low_visibility: Rows
    wind: Rows
    ice_snow: Rows
    sandstorm: Rows
    spring_thaw: Rows
    urban_peaks: Rows
    urban_designation: Rows
    stopping: Rows
    notify_maintainer: Rows
    overhead_lines: Rows
    railway_crossing: Rows
    toll_station_notice: Rows


@dataclass(frozen=True, slots=True)
class ConditionTemplate:
    """A text in both languages; `{name}` stands for a parameter."""

    code: str
    zh: str
    en: str
    parameters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionCatalogue:
    """The texts of all conditions, and the words for road classes that they use."""

    templates: Mapping[str, ConditionTemplate]
    road_classes: Mapping[str, tuple[str, str]]

    def say(
        self,
        code: str,
        parameters: Parameters = _NONE,
        *,
        language: str = "zh",
        road_classes: Collection[str] = (),
    ) -> str:
        """Return the text of a condition in Chinese (`zh`) or English (`en`).

        Raises KeyError for a code that is not in the catalogue, or a parameter that is missing.
        """
        template = self.templates[code]
        chinese = language == "zh"
        words = {
            name: f"{value:g}" if isinstance(value, int | float) else str(value)
            for name, value in parameters.items()
        }
        names = [self.road_classes[one][0 if chinese else 1] for one in road_classes or (ANY_ROAD,)]
        words[ROADS] = ("、" if chinese else ", ").join(names)
        return (template.zh if chinese else template.en).format(**words)
