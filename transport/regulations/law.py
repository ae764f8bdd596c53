"""The law of one region as one object: every subject, every value with its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from transport.regulations.authorities import AreaNames, Authorities
from transport.regulations.axle_caps import AxleCaps
from transport.regulations.case_terms import CaseTerms
from transport.regulations.categories import CategoryBounds
from transport.regulations.citation import Instrument
from transport.regulations.dated import Dated
from transport.regulations.documents import Documents
from transport.regulations.escorts import EscortPlan
from transport.regulations.grades import Grades
from transport.regulations.mass_limits import MassLimits, PermittedAxleLoads
from transport.regulations.passage_limits import PassageLimits
from transport.regulations.permit_terms import PermitTerms
from transport.regulations.refusals import Refusals
from transport.regulations.road_access import Expressways, SignedLimits, UrbanRoads
from transport.regulations.size_limits import SizeLimits
from transport.regulations.time_limits import TimeLimits


@dataclass(frozen=True, slots=True)
class Law:
    """Typed views of all subjects; a field's name is its file's name in `config/regulations`."""

    size_limits: SizeLimits
    mass_limits: MassLimits
    permitted_axle_loads: PermittedAxleLoads
    axle_caps: AxleCaps
    categories: CategoryBounds
    time_limits: TimeLimits
    case_terms: CaseTerms
    authorities: Authorities
    documents: Documents
    escort: EscortPlan
    refusals: Refusals
    grades: Grades
    expressways: Expressways
    signed_limits: SignedLimits
    urban_roads: UrbanRoads
    permit_terms: PermitTerms
    passage_limits: PassageLimits
    region: str
    areas: AreaNames
    instruments: Mapping[str, Instrument]

    def values(self) -> Iterator[tuple[str, str, Dated[Any]]]:
        """Yield subject, key and value of every legal parameter, in the order of the views."""
        for subject in fields(self):
            view = getattr(self, subject.name)
            if subject.name in {"region", "areas", "instruments"}:
                continue
            for entry in fields(view):
                yield subject.name, entry.name, getattr(view, entry.name)
