"""Restrictions as text: what is kept beside the arrays, with the edges each one applies to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from transport.network.attributes import LimitKind
from transport.network.closures import Restriction, RestrictionKind, read_weekly, read_yearly


@dataclass(frozen=True, slots=True)
class RestrictionRecord:
    """A restriction as it was given, so that it can be placed again on a newer network.

    `where` holds `road`, `from_km` and `to_km`, or `at` and `to` (lon, lat), or `structure`, or
    `county` with `classes`. Times are ISO 8601 with offset. `edges` are where it was found to
    apply on the version it is kept with, `spans` the part of each, in metres from its tail.
    """

    id: str
    kind: str
    where: Mapping[str, Any]
    reason: str
    issued_by: str
    direction: str = "both"
    lanes: str = ""
    closed: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)
    hard: bool = True
    from_at: str = ""
    to_at: str = ""
    yearly: str = ""
    weekly: str = ""
    recorded_at: str = ""
    edges: tuple[int, ...] = ()
    spans: tuple[tuple[float, float], ...] = ()

    def applied(self) -> Restriction:
        """Return what routes honour; raises ValueError for a time that cannot be read."""
        return Restriction(
            id=self.id,
            kind=RestrictionKind(self.kind),
            edges=self.edges,
            reason=self.reason,
            issued_by=self.issued_by,
            closed=self.closed,
            limits=tuple((LimitKind(kind), float(value)) for kind, value in self.limits.items()),
            hard=self.hard,
            from_at=datetime.fromisoformat(self.from_at) if self.from_at else None,
            to_at=datetime.fromisoformat(self.to_at) if self.to_at else None,
            yearly=read_yearly(self.yearly) if self.yearly else None,
            weekly=read_weekly(self.weekly),
            direction=self.direction,
            lanes=self.lanes,
            spans=self.spans,
            place=self.place,
        )

    @property
    def place(self) -> str:
        """Where it applies, in words without a language: `G6 K12–K15.5`."""
        where = self.where
        if "road" in where:
            kilometres = [f"K{where[name]:g}" for name in ("from_km", "to_km") if name in where]
            return " ".join(filter(None, (str(where["road"]), "–".join(kilometres))))
        if "at" in where:
            points = [where[name] for name in ("at", "to_at") if name in where]
            return " – ".join(",".join(f"{part:.6g}" for part in point) for point in points)
        return str(where.get("structure") or where.get("county") or "")

    def to_json(self) -> dict[str, Any]:
        """Return the record as plain values."""
        spans = [list(span) for span in self.spans]
        return {**asdict(self), "edges": list(self.edges), "spans": spans}


def records_from_text(text: str) -> tuple[RestrictionRecord, ...]:
    """Read records; raises KeyError, TypeError or ValueError for another text."""
    if not text:
        return ()
    return tuple(
        RestrictionRecord(
            **{
                **one,
                "edges": tuple(one["edges"]),
                "spans": tuple((float(a), float(b)) for a, b in one.get("spans", ())),
            }
        )
        for one in json.loads(text)["restrictions"]
    )


def records_to_text(records: Iterable[RestrictionRecord]) -> str:
    """Return records as JSON text; the same records give the same bytes."""
    document = {"restrictions": [record.to_json() for record in records]}
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def restrictions_from_text(text: str) -> tuple[Restriction, ...]:
    """Return the restrictions that routes honour."""
    return tuple(record.applied() for record in records_from_text(text))
