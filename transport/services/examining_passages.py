"""What the passage evaluation tells the search for routes: bridges and measured junctions.

It speaks only where official records or surveys do: a bridge with spans or design load on record, a
junction whose arms somebody measured, a place an engineer decided on. Everything else keeps the
outcome that its limits give, so that a missing record neither closes a road nor opens one.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from transport.evaluation.passage.bridges import PASSABILITY, BridgeVerdicts
from transport.evaluation.passage.decisions import decided
from transport.evaluation.passage.facts import Site, facts_of_record
from transport.evaluation.passage.findings import PassageCheck
from transport.evaluation.passage.junction_shapes import junction_of
from transport.evaluation.passage.stretches import Piece, Way
from transport.evaluation.passage.structures import bridge_finding
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.passage.turning import LEAST_TURN_DEG
from transport.evaluation.tables import Tables
from transport.evaluation.words import Result
from transport.manoeuvres.junction import Junction, Outlook, is_turn, search_junction
from transport.network.attributes import Passability, StructureKind
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.routing.search import Turn
from transport.rules.classification import classify
from transport.services.evaluating_routes import NO_RECORDS, PassageRecords, records_on, train_of
from transport.vehicles.transport import Transport

_OUTCOMES = {
    Outlook.FEASIBLE: Passability.PASS,
    Outlook.LIKELY: Passability.UNKNOWN,
    Outlook.DOUBTFUL: Passability.UNKNOWN,
    Outlook.INFEASIBLE: Passability.FAIL,
}
# A decision that an engineer signed, as passability for routing.
_SIGNED = {
    Result.PASS: Passability.PASS,
    Result.PASS_WITH_MEASURES: Passability.CONDITIONAL,
    Result.NOT_PASSABLE: Passability.FAIL,
}


@dataclass(slots=True)
class PassageExaminer:
    """Judges structures and turns of one network for one transport on one day, each once."""

    train: PassingTrain
    tables: Tables
    day: date
    records: PassageRecords = NO_RECORDS
    _bridges: dict[int, BridgeVerdicts] = field(default_factory=dict)
    _turns: dict[Junction, Passability] = field(default_factory=dict)
    _records: dict[int, PassageRecords] = field(default_factory=dict)

    @property
    def key(self) -> Hashable:
        """Name of the examination and its vehicle: equal keys give equal verdicts."""
        one = self.train
        seen = (one.axles, one.units, one.size_over, one.mass_over)
        return ("passage", *seen, self.day, self.records.stamp)

    def _on(self, network: RoadNetwork) -> PassageRecords:
        """Return the records as they hold on a network."""
        found = self._records.get(id(network))
        if found is None:
            found = records_on(network, self.records)
            self._records[id(network)] = found
        return found

    def structure(self, network: RoadNetwork, row: int) -> Passability:
        """Screen a bridge that is on record, surveys too; what an engineer decided goes first."""
        if not self.train.mass_over or self.train.axles is None:
            return Passability.PASS
        if network.structures.kind[row] != StructureKind.BRIDGE:
            return Passability.PASS
        site = self._site(network, row)
        signed = self._signed(network, site, "bridge_screening")
        if not site.value("spans_m") and not site.value("design_load"):
            return signed or Passability.PASS
        verdicts = self._bridges.get(id(network))
        if verdicts is None:
            verdicts = BridgeVerdicts(network, self.tables, self.train.axles, self.day)
            self._bridges[id(network)] = verdicts
        screened = verdicts.of_site(site)
        finding = bridge_finding(site, screened)
        settled = decided(finding, site, self.train.axles, self.day, self.records.decisions)
        if settled.decided_by:
            return _SIGNED[settled.result]
        return PASSABILITY[screened.verdict]

    def _site(self, network: RoadNetwork, row: int) -> Site:
        """Return a structure with its record and what was measured there."""
        table = network.structures
        element = str(table.ids[row])
        measured, expired = self.records.measurements.facts(element, self.day)
        at = (float(table.lon[row]), float(table.lat[row]))
        facts = facts_of_record(network.surveys.structure(row)) | measured
        name = str(table.names[row]) or element
        return Site(
            element, StructureKind(int(table.kind[row])).word, name, 0.0, at, facts, expired
        )

    def _signed(self, network: RoadNetwork, site: Site, check: str) -> Passability | None:
        """Return what an engineer decided where nothing is on record; None where nobody did."""
        one = site
        nothing = PassageCheck(
            *(check, one.element, one.kind, one.name, 0.0, one.at, Result.NEEDS_SURVEY),
            *("survey", "", ""),
        )
        decisions = self._on(network).decisions
        found = decided(nothing, site, self.train.axles, self.day, decisions)
        return _SIGNED[found.result] if found.decided_by else None

    def turn(self, network: RoadNetwork, turn: Turn) -> Passability:
        """Drive the train through a turn whose arms somebody measured."""
        units = self.train.units
        if not self.train.size_over or units is None:
            return Passability.PASS
        pieces = tuple(Piece(edge, 0.0, float(network.length_m[edge])) for edge in turn)
        way = Way(network, pieces, self._on(network).measurements, self.day)
        for found in way.turns(LEAST_TURN_DEG):
            signed = self._signed(network, found.site, "swept_path")
            if signed is not None:
                return signed
            if not found.site.value("arm_widths_m") or not is_turn(found.turn_deg):
                continue
            junction = junction_of(way, found)
            if junction not in self._turns:
                searched = search_junction(junction, units, self.train.rear_steer)
                self._turns[junction] = _OUTCOMES[searched.outlook]
            return self._turns[junction]
        return Passability.PASS


def examiner_for(
    transport: Transport,
    tables: Tables,
    law: Law,
    day: date,
    records: PassageRecords = NO_RECORDS,
) -> PassageExaminer | None:
    """Return the examiner of a transport, None where it exceeds nothing.

    `records` hold what was measured along roads and what engineers decided.
    """
    if not classify(transport, law, day).exceeded:
        return None
    return PassageExaminer(train_of(transport, tables, law, day), tables, day, records)
