"""The road state of the report: pavements, tunnels, facilities, nodes, tightest sizes (A.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from transport.evaluation.passage.facts import Site
from transport.evaluation.passage.findings import Passage
from transport.evaluation.passage.road_state import CHANGE
from webapp.documents import passage_words as words
from webapp.documents.passage_tables import Rows, Sources
from webapp.documents.passage_words import fact_text, said

UNKNOWN = "未知"
_SIGNS = {
    "signed_height_m": ("限高", "m"),
    "signed_width_m": ("限宽", "m"),
    "signed_length_m": ("限长", "m"),
    "signed_mass_t": ("限重", "t"),
    "signed_axle_t": ("限轴重", "t"),
    "posted_mass_t": ("桥梁限重", "t"),
    "posted_axle_t": ("桥梁限轴重", "t"),
}
# What of a kind of place limits a train: the fact, how it is said, its unit.
_LIMITS = {
    "stretch": (("facilities", "门架、限高架、架空线：", ""),),
    "overbridge": (("clear_height_m", "净高 ", "m"),),
    "toll_station": (
        ("wide_lane_m", "超宽车道净宽 ", "m"),
        ("weighing", "称重设备可否通行：", ""),
        ("clear_height_m", "棚高 ", "m"),
    ),
    "level_crossing": (
        ("profile_gap_m", "纵断面离地间隙 ", "m"),
        ("clear_height_m", "接触网或限界门净高 ", "m"),
    ),
}
_TIGHTEST = {
    "clear_height_m": ("最小净高", "m", min),
    "clear_width_m": ("最小净宽", "m", min),
    "min_curve_radius_m": ("最小平曲线半径", "m", min),
    "min_crest_radius_m": ("最小凸形竖曲线半径", "m", min),
    "min_sag_radius_m": ("最小凹形竖曲线半径", "m", min),
    "max_grade_pct": ("最大纵坡", "%", max),
}
_OVER_ROADS = {"clear_height_m", "clear_width_m"}
_GOES_ON = {"ramp": "经匝道", "junction": "平面交叉转换", "straight": "直行衔接"}


def change_nodes(passage: Passage, sources: Sources) -> Rows:
    """List where the road changes: chainage, name, classes, how, the place on the earth."""
    return [
        [
            str(number),
            f"{one.chainage_km:.2f}",
            one.name,
            _classes(one),
            _GOES_ON[str(one.value("by"))],
            f"{one.at[0]:.5f}, {one.at[1]:.5f}",
            sources.mark_facts(one, ("by",)),
        ]
        for number, one in enumerate(_of(passage, CHANGE), 1)
    ]


def pavements(passage: Passage, sources: Sources) -> Rows:
    """List the pavement of every stretch: kind, design load, quality class, day of rating."""
    names = ("pavement", "pavement_design", "pavement_quality", "pavement_rated_on")
    return [
        [_span(one), one.name, *(_told(one, name) for name in names),
         sources.mark_facts(one, names)]
        for one in _of(passage, "stretch")
    ]  # fmt: skip


def tunnels(passage: Passage, sources: Sources) -> Rows:
    """List tunnels: form of section, lining, clearance outline, condition class with its day."""
    names = (
        "tunnel_section",
        "lining",
        "clear_width_m",
        "clear_height_m",
        "condition_class",
        "rated_on",
    )
    rows = []
    for one in _of(passage, "tunnel"):
        told = {name: _told(one, name) for name in names}
        outline = f"{_size(one, 'clear_width_m')}×{_size(one, 'clear_height_m')}"
        rated = told["condition_class"]
        rows.append([
            f"{one.chainage_km:.2f}", one.name, told["tunnel_section"], told["lining"], outline,
            rated if rated == UNKNOWN or rated.endswith("类") else f"{rated}类",
            told["rated_on"], sources.mark_facts(one, names),
        ])  # fmt: skip
    return rows


def facilities(passage: Passage, sources: Sources) -> Rows:
    """List what limits the way beside bridges: gantries, frames, wires, tolls, crossings, signs."""
    rows = []
    for one in passage.road:
        limits = list(_LIMITS.get(one.kind, ()))
        limits += [(name, f"{word} ", unit) for name, (word, unit) in _SIGNS.items()
                   if name in one.facts]  # fmt: skip
        if not limits:
            continue
        told = [f"{word}{_limit(one, name, unit)}" for name, word, unit in limits]
        names = [name for name, _, _ in limits]
        rows.append([
            _span(one), words.KINDS[one.kind], one.name, "；".join(told),
            sources.mark_facts(one, names),
        ])  # fmt: skip
    return rows


def tightest(passage: Passage, sources: Sources) -> Rows:
    """List the tightest known size of each kind with its place, and how many places are unknown."""
    rows = []
    for name, (word, unit, tighter) in _TIGHTEST.items():
        asked = [one for one in passage.road if _has(one, name)]
        known = [one for one in asked if one.value(name) is not None]
        left = len(asked) - len(known)
        unknown = f"另有{left}处未知" if left else "—"
        if not known:
            rows.append([word, UNKNOWN, "—", "—", unknown, ""])
            continue
        value = tighter(float(one.value(name)) for one in known)
        place = next(one for one in known if float(one.value(name)) == value)
        rows.append([
            word, f"{value:.2f} {unit}" if name in _OVER_ROADS else f"{said(value)} {unit}",
            _span(place), place.name, unknown, sources.mark_facts(place, (name,)),
        ])  # fmt: skip
    return rows


def unrecorded_table(passage: Passage) -> Rows:
    """List what appendix A asks for and nobody recorded, as tasks for the survey."""
    return [
        [f"{one.chainage_km:.2f}", one.name, words.KINDS.get(one.kind, one.kind),
         "、".join(fact_text(name) + ("（已过期）" if name in one.expired else "")
                  for name in one.missing)]
        for one in passage.unrecorded
    ]  # fmt: skip


def _of(passage: Passage, kind: str) -> Iterable[Site]:
    return (one for one in passage.road if one.kind == kind)


def _has(site: Site, name: str) -> bool:
    """Say whether a place is one at which a size is asked for."""
    if name in _OVER_ROADS:
        return site.kind in {"tunnel", "overbridge"} or name in site.facts
    return site.kind == "stretch"


def _span(site: Site) -> str:
    if site.to_km is None:
        return f"{site.chainage_km:.2f}"
    return f"{site.chainage_km:.1f}–{site.to_km:.1f}"


def _classes(site: Site) -> str:
    found: Sequence[str] = [
        words.ROADS.get(str(site.value(name)), "—") for name in ("from_class", "to_class")
    ]
    return found[0] if found[0] == found[1] else " → ".join(found)


def _told(site: Site, name: str) -> str:
    """Return a fact in words; an assumption carries a star."""
    fact = site.facts.get(name)
    if fact is None:
        return f"{UNKNOWN}（已过期）" if name in site.expired else UNKNOWN
    told = words.PAVEMENTS.get(str(fact.value)) or said(fact.value)
    return told if fact.counts else f"{told}*"


def _size(site: Site, name: str) -> str:
    fact = site.facts.get(name)
    if fact is None or not isinstance(fact.value, int | float):
        return f"{UNKNOWN}（已过期）" if name in site.expired else UNKNOWN
    return f"{fact.value:.2f}" + ("" if fact.counts else "*")


def _limit(site: Site, name: str, unit: str) -> str:
    told = _size(site, name) if unit else _told(site, name)
    return f"{told} {unit}" if unit and not told.startswith(UNKNOWN) else told
