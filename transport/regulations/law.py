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
from transport.regulations.conditions import ConditionCatalogue, Conditions
from transport.regulations.consultations import Consultations
from transport.regulations.dated import Dated
from transport.regulations.document_contents import DocumentContents
from transport.regulations.documents import Documents
from transport.regulations.driving_rules import DrivingRules
from transport.regulations.escorts import EscortPlan
from transport.regulations.grades import Grades
from transport.regulations.mass_limits import MassLimits, PermittedAxleLoads
from transport.regulations.passage_limits import PassageLimits
from transport.regulations.penalties import Penalties
from transport.regulations.permit_terms import PermitTerms
from transport.regulations.rail_crossings import RailCrossings
from transport.regulations.refusals import Refusals
from transport.regulations.relief_checks import ReliefChecks
from transport.regulations.road_access import Expressways, SignedLimits, UrbanRoads
from transport.regulations.size_limits import SizeLimits
from transport.regulations.time_limits import TimeLimits

NOT_SUBJECTS = frozenset({"region", "areas", "instruments", "condition_texts", "nearer"})


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
    consultations: Consultations
    documents: Documents
    document_contents: DocumentContents
    escort: EscortPlan
    refusals: Refusals
    grades: Grades
    expressways: Expressways
    signed_limits: SignedLimits
    urban_roads: UrbanRoads
    permit_terms: PermitTerms
    passage_limits: PassageLimits
    rail_crossings: RailCrossings
    driving_rules: DrivingRules
    conditions: Conditions
    penalties: Penalties
    relief_checks: ReliefChecks
    region: str
    areas: AreaNames
    instruments: Mapping[str, Instrument]
    condition_texts: ConditionCatalogue
    nearer: Mapping[str, Law]

    def at(self, admin_code: str) -> Law:
        """Return the law of the league or county of an area: its own where a folder holds some."""
        for code in (admin_code, admin_code[:4]):
            if code in self.nearer:
                return self.nearer[code]
        return self

    def values(self) -> Iterator[tuple[str, str, Dated[Any]]]:
        """Yield subject, key and value of every legal parameter, in the order of the views."""
        for subject in fields(self):
            view = getattr(self, subject.name)
            if subject.name in NOT_SUBJECTS:
                continue
            for entry in fields(view):
                yield subject.name, entry.name, getattr(view, entry.name)
