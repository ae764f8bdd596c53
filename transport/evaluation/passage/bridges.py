"""The verdict on a bridge from its record, remembered by structure and train.

`BridgeVerdicts` is what a router may ask, row by row, while it searches; the evaluation of a route
asks the same object, so both say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from transport.evaluation.engineering import rules_from
from transport.evaluation.passage.facts import Fact, Site, facts_of_record
from transport.evaluation.tables import Tables
from transport.network.attributes import Passability
from transport.network.graph import RoadNetwork
from transport.structures.bridge import Bridge, StructuralForm
from transport.structures.effects import Axles
from transport.structures.screening import effects_along, screen
from transport.structures.verdicts import (
    ALONE,
    CREEPING,
    ORDINARY,
    Crossing,
    EffectLine,
    Screening,
    ScreeningRules,
    Verdict,
)

_DAYS_A_YEAR = 365.25
_PLAIN = (
    "continuous", "design_load", "design_code_year", "deck_width_m", "lanes", "girders",
    "girder_spacing_m", "skew_deg", "curve_radius_m", "natural_frequency_hz", "posted_mass_t",
    "posted_axle_t", "single_column_pier", "one_way", "rated_vehicle", "rated_mass_t",
)  # fmt: skip
_POSTED = {"posted_mass_t", "posted_axle_t"}
_FORMS = {str(form): form for form in StructuralForm}
CROSSINGS: Mapping[Verdict, Crossing] = {
    Verdict.PASS: ORDINARY,
    Verdict.CONDITIONAL_A: CREEPING,
    Verdict.CONDITIONAL_B: ALONE,
}
# The words of the contract: a verdict as passability for routing.
PASSABILITY: Mapping[Verdict, Passability] = {
    Verdict.PASS: Passability.PASS,
    Verdict.CONDITIONAL_A: Passability.CONDITIONAL,
    Verdict.CONDITIONAL_B: Passability.CONDITIONAL,
    Verdict.ENGINEER: Passability.UNKNOWN,
    Verdict.FAIL: Passability.FAIL,
    Verdict.NO_DATA: Passability.UNKNOWN,
}


def bridge_of(facts: Mapping[str, Fact], day: date) -> Bridge:
    """Return a bridge as its facts tell it on a day; what is assumed or unreadable is unknown.

    A posted limit that its authority lifted by consent counts no more.
    """
    known = {name: one.value for name, one in facts.items() if one.counts}
    if known.get("consent") is True:
        known = {name: value for name, value in known.items() if name not in _POSTED}
    plain: dict[str, Any] = {name: known[name] for name in _PLAIN if name in known}
    return Bridge(
        spans_m=tuple(known.get("spans_m", ())),
        structural_form=_FORMS.get(str(known.get("structural_form", "")).strip().lower()),
        condition_class=_condition(known.get("condition_class")),
        rating_age_years=_age_years(known.get("rated_on"), day),
        **plain,
    )


def _condition(given: Any) -> int | None:
    """Read a class from 1 to 5 as people write it: 2, 2类, 二类."""
    text = str(given or "").strip().removesuffix("类").removesuffix("级")
    digits = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5"}
    text = digits.get(text, text)
    return int(text) if text in digits.values() else None


def _age_years(rated_on: Any, day: date) -> float | None:
    """Return the age of a rating; one that lies ahead is no rating yet."""
    if not rated_on:
        return None
    age_days = (day - date.fromisoformat(str(rated_on))).days
    return age_days / _DAYS_A_YEAR if age_days >= 0 else None


@dataclass(slots=True)
class BridgeVerdicts:
    """Verdicts on the bridges of one network for one train on one day, each found once."""

    network: RoadNetwork
    tables: Tables
    axles: Axles
    day: date
    _rules: ScreeningRules = field(init=False)
    _found: dict[Bridge, Screening] = field(default_factory=dict)
    _lines: dict[Bridge, tuple[EffectLine, ...]] = field(default_factory=dict)
    _rows: dict[int, Screening] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Take the rules from the tables once."""
        self._rules = rules_from(self.tables)

    def of_row(self, row: int) -> Screening:
        """Return the verdict on a structure row of the network, from its official record."""
        if row not in self._rows:
            facts = facts_of_record(self.network.surveys.structure(row))
            self._rows[row] = self.of_bridge(bridge_of(facts, self.day))
        return self._rows[row]

    def passability(self, row: int) -> Passability:
        """Return the verdict on a structure row in the word for routing."""
        return PASSABILITY[self.of_row(row).verdict]

    def of_site(self, site: Site) -> Screening:
        """Return the verdict on a bridge with everything known of it, surveys too."""
        return self.of_bridge(bridge_of(site.facts, self.day))

    def lines_of(self, site: Site) -> tuple[EffectLine, ...]:
        """Return every effect along a bridge, for the crossing its verdict allows."""
        bridge = bridge_of(site.facts, self.day)
        if bridge not in self._lines:
            crossing = CROSSINGS.get(self.of_bridge(bridge).verdict, ALONE)
            self._lines[bridge] = effects_along(bridge, self.axles, self._rules, crossing)
        return self._lines[bridge]

    def of_bridge(self, bridge: Bridge) -> Screening:
        """Return the verdict with the ratios of the crossing it allows."""
        if bridge not in self._found:
            found = screen(bridge, self.axles, self._rules)
            crossing = CROSSINGS.get(found.verdict, ALONE)
            if crossing is not ORDINARY and found.ratios:
                found = screen(bridge, self.axles, self._rules, crossing)
            self._found[bridge] = found
        return self._found[bridge]
