"""Turn restrictions that concern trucks."""

from __future__ import annotations

from typing import NamedTuple

from road_data.osm.tags.stated import Tags

_TRUCKS = frozenset({"hgv", "motor_vehicle", "vehicle"})


class TurnRule(NamedTuple):
    """A restriction that concerns trucks: `only` allows nothing else, else the turn is banned."""

    only: bool
    u_turn: bool


def read_turn_rule(tags: Tags) -> TurnRule | None:
    """Return the rule, None where it does not concern trucks.

    A restriction at certain times is taken as holding always.
    """
    if _TRUCKS & {part.strip() for part in tags.get("except", "").split(";")}:
        return None
    for key in ("restriction:hgv", "restriction:motor_vehicle", "restriction"):
        for name in (key, f"{key}:conditional"):
            word = tags.get(name, "").split("@", maxsplit=1)[0].strip()
            if word.startswith(("no_", "only_")):
                return TurnRule(only=word.startswith("only_"), u_turn=word.endswith("u_turn"))
    return None
