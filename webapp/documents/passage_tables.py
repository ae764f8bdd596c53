"""Tables of the evaluation report: checks and bridges as rows, with the sources of their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from transport.evaluation.clearances import clearance_at
from transport.evaluation.passage.facts import ASSUMED, Site
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result
from webapp.documents import passage_words as words
from webapp.documents.passage_words import fact_text, load_text, said, spans_text

_RATIOS = ("sagging_moment", "hogging_moment", "shear", "reaction")
_PASSING = {Result.PASS, Result.PASS_WITH_MEASURES}
Rows = list[list[str]]


@dataclass(slots=True)
class Sources:
    """Numbers the places that values come from, so that every number in the report leads there."""

    numbers: dict[str, int] = field(default_factory=dict)

    def mark(self, check: PassageCheck) -> str:
        """Return the numbers of a check's sources, such as [2][5]; a guess carries a star."""
        return self._marks(
            (one.source, one.certainty)
            for one in check.inputs.values()
            if one.source != "transport"
        )

    def mark_facts(self, site: Site, names: Sequence[str]) -> str:
        """Return the numbers of the sources of some facts of a place."""
        found = [site.facts[name] for name in names if name in site.facts]
        return self._marks((one.source, one.certainty) for one in found)

    def _marks(self, given: Iterable[tuple[str, str]]) -> str:
        marks = []
        for source, certainty in given:
            number = self.numbers.setdefault(_source_text(source), len(self.numbers) + 1)
            star = "*" if certainty == ASSUMED else ""
            marks.append(f"[{number}]{star}")
        return "".join(dict.fromkeys(marks))

    def rows(self) -> Rows:
        """Return the numbered list."""
        return [[str(number), text] for text, number in self.numbers.items()]


def bridge_state(one: PassageCheck, number: int, sources: Sources) -> list[str]:
    """Return what is recorded of a bridge as a row of the road state."""
    pier = input_of(one, "single_column_pier")
    form = words.FORMS.get(str(input_of(one, "structural_form")), "未知")
    joined = input_of(one, "continuous")
    kind = form if joined is None else f"{'连续' if joined else '简支'}{form}"
    rated = input_of(one, "condition_class")
    return [
        str(number),
        f"{one.chainage_km:.2f}",
        one.name,
        kind,
        spans_text(input_of(one, "spans_m")),
        load_text(input_of(one, "design_load")),
        f"{rated}类" if rated else "未知",
        str(input_of(one, "rated_on") or "未知"),
        said(pier),
        sources.mark(one),
    ]


def bridge_result(one: PassageCheck, number: int) -> list[str]:
    """Return the ratios of a bridge, where they govern, and what follows."""
    ratios = one.values.get("capacity_ratio", {})
    governing = min(ratios, key=lambda effect: ratios[effect], default=None)
    places = one.values.get("location", {})
    return [
        str(number),
        f"{one.chainage_km:.2f}",
        one.name,
        *(f"{ratios[effect]:.2f}" if effect in ratios else "—" for effect in _RATIOS),
        _section(governing, places.get(governing, {}), one.values.get("effects", {})),
        words.RESULTS[str(one.result)],
        demands(one),
    ]


def _section(
    effect: str | None, place: Mapping[str, Any], effects: Mapping[str, Mapping[str, Any]]
) -> str:
    """Say where the smallest ratio is: span and share of it, or the support."""
    if effect is None or "at" not in place:
        return "—"
    word = words.EFFECTS[effect]
    at = float(place["at"])
    span, share = int(at), at - int(at)
    where = f"第{span + 1}跨{share:.1f}L" if share else f"{span}号支点"
    if effect not in effects:
        return f"{word}，{where}"
    unit = "kN·m" if effect.endswith("moment") else "kN"
    both = effects[effect]
    return f"{word}，{where}：{both['S_b']:.0f}/{both['S_d']:.0f} {unit}"


def demands(one: PassageCheck) -> str:
    """Say under what conditions a bridge is passed, or what is open."""
    if one.result in _PASSING:
        told = [words.CONDITIONS.get(code, code) for code in one.conditions]
        return "；".join(_short(told)) or "按一般规定通行"
    if one.missing:
        return "勘验：" + "、".join(fact_text(name) for name in one.missing)
    reasons = [words.REASONS.get(code, code) for code in one.values.get("reasons", ())]
    measures = "、".join(words.MEASURES.get(code, code) for code in one.measures)
    return f"{'、'.join(reasons)}；可采取：{measures}" if measures else "、".join(reasons)


def _short(told: Sequence[str]) -> list[str]:
    """Shorten the usual set of a crossing alone, so that a table row stays one or two lines."""
    alone = words.CONDITIONS["close_other_lanes"]
    if alone in told:
        rest = [one for one in told if one not in {
            alone, words.CONDITIONS["speed_5"], words.CONDITIONS["constant_speed"],
            words.CONDITIONS["centre_line"]}]  # fmt: skip
        return ["封闭车道、居中单独匀速，≤5 km/h", *rest]
    return list(told)


def check_row(one: PassageCheck, tables: Tables, sources: Sources) -> list[str]:
    """Return a check as a row: values, limit, method, clause, result, sources."""
    return [
        _chainage(one),
        one.name,
        words.CHECKS.get(one.check, one.check),
        _values(one),
        _limit(one, tables),
        words.METHODS.get(one.method, one.method),
        words.clause_text(_clause(one, tables)),
        _result(one),
        sources.mark(one),
    ]


def _chainage(one: PassageCheck) -> str:
    if one.to_km is None:
        return f"{one.chainage_km:.2f}"
    return f"{one.chainage_km:.1f}–{one.to_km:.1f}"


def _result(one: PassageCheck) -> str:
    told = words.RESULTS[str(one.result)]
    if one.decided_by:
        return f"{told}（工程师验算）"
    return f"{told}：{_missing(one)}" if one.missing else told


def _clause(one: PassageCheck, tables: Tables) -> str:
    """Return the clause: of a gap that of its place, not all that the check serves."""
    where = input_of(one, "where")
    return clearance_at(tables, where).clause if one.check == "gap_check" and where else one.clause


def _missing(one: PassageCheck) -> str:
    return "、".join(fact_text(name) for name in one.missing)


def _values(one: PassageCheck) -> str:
    parts = []
    for name, value in one.values.items():
        word = words.VALUES.get(name)
        if word is not None and value is not None:
            parts.append(f"{word[0]} {said(value)}{' ' + word[1] if word[1] else ''}")
    for name, given in one.inputs.items():
        fact = words.FACTS.get(name)
        if fact is not None and given.value is not None:
            parts.append(f"{fact} {_fact(name, given.value)}")
    grade = input_of(one, "grade") or input_of(one, "mass_grade")
    if grade:
        parts.insert(0, f"等级 {grade}")
    if input_of(one, "files"):
        parts.insert(1, f"{input_of(one, 'files')}列{input_of(one, 'lines')}线")
    if one.check == "junction":
        parts[1:1] = _legs(one)
    if one.check == "climb_needed":
        parts.append(f"纵坡 {said(input_of(one, 'grade_pct'))} %")
    return "；".join(parts)


def _legs(one: PassageCheck) -> list[str]:
    """Say the turn and both roads that the table of junctions is read with."""
    parts = [{"left": "左转", "right": "右转"}.get(str(input_of(one, "turn")), "")]
    for leg, word in (("entry", "驶入"), ("exit", "驶出")):
        road = str(input_of(one, f"{leg}_class") or "").partition("_")[0]
        lanes, speed = input_of(one, f"{leg}_lanes"), input_of(one, f"{leg}_speed")
        told = [words.ROADS.get(road, "等级未知")]
        told += [f"{said(lanes)}车道"] if lanes else []
        told += [f"{said(speed)} km/h"] if speed else []
        parts.append(word + "、".join(told))
    return [part for part in parts if part]


def _fact(name: str, value: Any) -> str:
    if name == "ground_slope_h_per_v":
        return f"1:{said(value)}"
    unit = words.unit_of(name)
    return f"{said(value)} {unit}" if unit and not isinstance(value, bool) else said(value)


def general_row(one: PassageCheck) -> list[str]:
    """Return a judgement on the whole transport as a row: what, answer, method, clause."""
    told = {
        "classify_size": f"{input_or_value(one, 'grade')}级",
        "classify_mass": f"{input_or_value(one, 'grade')}级",
        "scope": "、".join(
            word
            for name, word in (("space", "空间可通行性"), ("structure", "结构可通行性"))
            if one.values.get(name)
        ),
        "method_select": said(one.values.get("method")),
        "survey_mode": said(one.values.get("mode")),
    }
    return [
        words.CHECKS.get(one.check, one.check),
        told.get(one.check) or _result(one),
        words.METHODS.get(one.method, one.method),
        words.clause_text(one.clause),
    ]


def input_or_value(one: PassageCheck, name: str) -> str:
    """Return what a check answered under a name, else what it was given."""
    return said(one.values.get(name) or input_of(one, name))


def _limit(one: PassageCheck, tables: Tables) -> str:
    limits: Mapping[str, Callable[[], str]] = {
        "gap_check": lambda: _gap(tables, str(input_of(one, "where") or "main_high")),
        "lateral_space_rule": lambda: _gap(tables, "main_high"),
        "gantry": lambda: _gap(tables, "top"),
        "overbridge": lambda: _gap(tables, "overbridge"),
        "sag_loss": lambda: _gap(tables, "top"),
        "tunnel": lambda: "侧0.50 m，顶、底0.20 m（应）",
        "route_lookup": lambda: "表4.6.1",
        "junction": lambda: "表5.4.1-1、5.4.1-2",
        "swept_path": lambda: "轮迹在路面内，两侧各留0.5 m",
        "asphalt": lambda: "表8.4.1-1",
        "concrete": lambda: "表8.4.1-2",
        "climb_needed": lambda: "坡度不大于3 %免验算",
        "embankment": lambda: "平均轴荷≤14 t，填高≤20 m，地面坡率≥1:2.5",
        "toll": lambda: "每侧≥0.50 m",
        "rest_area": lambda: "车位长≥车货总长，两侧宜≥0.25 m",
    }
    found = limits.get(one.check)
    return found() if found else "—"


def _gap(tables: Tables, where: str) -> str:
    row = clearance_at(tables, where)
    parts = []
    if row.recommended_min_m is not None:
        parts.append(f"宜≥{row.recommended_min_m:.2f} m")
    if row.mandatory_min_m is not None:
        parts.append(f"应≥{row.mandatory_min_m:.2f} m")
    return "，".join(parts)


def input_of(check: PassageCheck, name: str) -> Any:
    """Return an input of a check, None where it had none."""
    return check.inputs[name].value if name in check.inputs else None


def _source_text(source: str) -> str:
    told = {
        "network": "路网数据",
        "lanes and class": "按车道数和技术等级推定（未实测）",
        "drawn": "示例路网",
    }
    return told.get(source, source)
