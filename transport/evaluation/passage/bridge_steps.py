"""The steps of chapter 7 behind a verdict on a bridge, each under its own name, for the report.

The screening decides; it is stricter than the standard. What stands here says by which factors its
effects were made and what 7.3 by itself would answer.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from transport.evaluation.answer import Answer
from transport.evaluation.catalogue import CHECKS
from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.tables import Tables
from transport.structures.effects import Axles

_WIDEST_TRACK_M = 3.0
_TYRE_M = 0.3
_CONDITIONS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
_CLASS_1 = "highway-I-2015"
_TWO = 2
_KN_PER_T = 9.8


def by_the_standard(
    tables: Tables, train: PassingTrain, site: Site, found: PassageCheck
) -> PassageCheck:
    """Return the finding with the factors of D.1.3 and the answer of 7.3 beside it."""
    steps: dict[str, Answer] = {}
    lanes, spans = site.value("lanes"), site.value("spans_m")
    speed = found.values.get("speed_km_h") or train.speed_km_h
    steps["impact"] = CHECKS["impact"].run(
        tables, v=float(speed), f=site.value("natural_frequency_hz")
    )
    if lanes:
        steps["lateral_factor"] = CHECKS["lateral_factor"].run(tables, lanes=int(lanes))
        steps["design_effect_factor"] = CHECKS["design_effect_factor"].run(tables, n=int(lanes))
    if spans:
        steps["longitudinal"] = CHECKS["longitudinal"].run(tables, L=float(max(spans)))
        steps |= _on_one_lane(tables, train, site, [float(span) for span in spans])
    if lanes and site.value("deck_width_m"):
        steps["deck_position"] = _position(tables, train, site, int(lanes))
    share = site.value("train_share")
    if share is not None:
        steps["uplift"] = CHECKS["uplift"].run(tables, share=float(share))
    steps |= _decision(tables, site, found)
    said = {name: _plain(answer) for name, answer in steps.items()}
    return replace(
        found, values={**found.values, "standard": said}, through=(*found.through, *steps)
    )


def _plain(answer: Answer) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else str(value)
        for name, value in answer.values.items()
    }


def _on_one_lane(
    tables: Tables, train: PassingTrain, site: Site, spans: list[float]
) -> dict[str, Answer]:
    """Return one design lane and the train on the longest simple span, or on two equal spans."""
    if train.axles is None:
        return {}
    continuous = bool(site.value("continuous"))
    beam = tuple(spans) if continuous else (max(spans),)
    steps = {"bridge_effects": _effects(train.axles, beam)}
    grade = {"cls": "I"} if str(site.value("design_load")).startswith(_CLASS_1) else {"cls": "II"}
    if continuous and len(spans) == _TWO and spans[0] == spans[1]:
        steps["two_span_lane"] = CHECKS["two_span_lane"].run(tables, L=spans[0], **grade)
        steps["two_span_train"] = _moved("two_span_train", train.axles, spans[0])
    elif not continuous:
        steps["lane_effect"] = CHECKS["lane_effect"].run(tables, L=beam[0], **grade)
        steps["train_effect"] = _moved("train_effect", train.axles, beam[0])
    return steps


# Bridges of a way share their spans: the train is driven over each pattern once.
@lru_cache(maxsize=1024)
def _effects(axles: Axles, beam: tuple[float, ...]) -> Answer:
    return CHECKS["bridge_effects"].run(
        None, spans_m=beam, axle_loads_kn=axles.loads_kn, axle_spacings_m=axles.gaps_m
    )


@lru_cache(maxsize=1024)
def _moved(check: str, axles: Axles, span_m: float) -> Answer:
    loads = [load / _KN_PER_T for load in axles.loads_kn]
    return CHECKS[check].run(None, L=span_m, axles_t=loads, spacings_m=list(axles.gaps_m))


def _position(tables: Tables, train: PassingTrain, site: Site, lanes: int) -> Answer:
    """Return whether the train keeps off the edge when it runs on the middle of the deck."""
    track_m = min(train.transport.width_m, _WIDEST_TRACK_M) - _TYRE_M
    edge_m = (float(site.value("deck_width_m")) - track_m) / 2.0
    return CHECKS["deck_position"].run(
        tables, has_median=False, lanes=lanes, outer_wheel_to_edge_m=edge_m, band_m=track_m
    )


def _decision(tables: Tables, site: Site, found: PassageCheck) -> dict[str, Answer]:
    """Return what 7.3 says of condition class and of the effects where the ratio is smallest."""
    ratios = found.values.get("capacity_ratio") or {}
    effects = found.values.get("effects") or {}
    told_of = [name for name in ratios if name in effects]
    governing = min(told_of, key=lambda name: float(ratios[name]), default=None)
    steps: dict[str, Answer] = {}
    made_for = caused = None
    if governing is not None:
        made_for, caused = effects[governing]["S_d"], effects[governing]["S_b"]
        told = {"S_d": made_for, "S_b": caused, "ratio": ratios[governing]}
        steps["effect_ratio"] = Answer(told)
    condition = str(site.value("condition_class") or "").strip()[:1]
    aged = "rating_age_years" in found.values.get("reasons", ())
    steps["bridge"] = CHECKS["bridge"].run(
        tables,
        condition=_CONDITIONS.get(condition),
        S_b=caused,
        S_d=made_for or None,
        rating_age_years=2.0 if aged or "rated_on" in found.missing else 0.5,
    )
    return steps
