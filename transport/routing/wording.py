"""Words for instructions and surveys, Chinese and English: the core's only prose."""

from __future__ import annotations

from collections.abc import Sequence

LIMIT_WORDS = {
    "signed_height_m": "限高标志",
    "clear_height_m": "净高",
    "signed_width_m": "限宽标志",
    "clear_width_m": "净宽",
    "signed_length_m": "限长标志",
    "signed_mass_t": "限重标志",
    "signed_axle_t": "轴载限值",
    "rated_mass_t": "桥梁承载能力",
    "turn_length_m": "转弯半径",
    "corner_radius_m": "转弯半径",
    "access": "通行权",
    "axle_loads": "轴荷",
}
_TURN_WORDS = ((30, "直行进入"), (60, "靠{side}进入"), (150, "{side}转进入"), (181, "掉头进入"))


def survey_text(missing: Sequence[str]) -> str:
    """Say what has to be surveyed."""
    words = list(dict.fromkeys(LIMIT_WORDS.get(kind, kind) for kind in missing))
    return "现场勘测：" + "、".join(words)


def instruction_text(
    road: str, length_m: float, change_deg: float | None, *, continues: bool = False
) -> str:
    """Say how a leg begins and how long it is; `change_deg` is positive to the right.

    A leg that only enters another county or owner `continues` on its road.
    """
    road = road or "无名道路"
    length = f"{length_m / 1000:.1f} 公里" if length_m >= 1000 else f"{length_m:.0f} 米"  # noqa: PLR2004
    if change_deg is None:
        return f"沿{road}行驶 {length}"
    if continues and abs(change_deg) <= _TURN_WORDS[1][0]:
        return f"继续沿{road}行驶 {length}"
    side = "右" if change_deg > 0 else "左"
    turn = next(words for limit, words in _TURN_WORDS if abs(change_deg) <= limit)
    return f"{turn.format(side=side)}{road}，行驶 {length}"


_TURNS_EN = (
    (30, "Go straight onto"),
    (60, "Bear {side} onto"),
    (150, "Turn {side} onto"),
    (181, "Turn back onto"),
)


def instruction_text_en(
    road: str, length_m: float, change_deg: float | None, *, continues: bool = False
) -> str:
    """Say the same in English."""
    road = road or "the road without a name"
    length = f"{length_m / 1000:.1f} km" if length_m >= 1000 else f"{length_m:.0f} m"  # noqa: PLR2004
    if change_deg is None:
        return f"Follow {road} for {length}"
    if continues and abs(change_deg) <= _TURNS_EN[1][0]:
        return f"Keep to {road} for {length}"
    side = "right" if change_deg > 0 else "left"
    turn = next(words for limit, words in _TURNS_EN if abs(change_deg) <= limit)
    return f"{turn.format(side=side)} {road} for {length}"
