"""What the passage evaluation tells the search for routes: bridges and measured junctions.

It speaks only where official records do: a bridge with spans or design load on record, a junction
whose arms somebody measured. Everything else keeps the outcome that its limits give, so that a
missing record neither closes a road nor opens one.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date

from transport.evaluation.passage.bridges import BridgeVerdicts
from transport.evaluation.passage.facts import Measurements
from transport.evaluation.passage.stretches import Piece, Way
from transport.evaluation.passage.train import PassingTrain
from transport.evaluation.passage.turning import LEAST_TURN_DEG, junction_of
from transport.evaluation.tables import Tables
from transport.manoeuvres.junction import Junction, Outlook, is_turn, search_junction
from transport.network.attributes import Passability, StructureKind
from transport.network.graph import RoadNetwork
from transport.regulations.law import Law
from transport.routing.search import Turn
from transport.rules.classification import classify
from transport.services.evaluating_routes import train_of
from transport.vehicles.transport import Transport

_OUTCOMES = {
    Outlook.FEASIBLE: Passability.PASS,
    Outlook.LIKELY: Passability.UNKNOWN,
    Outlook.DOUBTFUL: Passability.UNKNOWN,
    Outlook.INFEASIBLE: Passability.FAIL,
}


@dataclass(slots=True)
class PassageExaminer:
    """Judges structures and turns of one network for one transport on one day, each once."""

    train: PassingTrain
    tables: Tables
    day: date
    _bridges: dict[int, BridgeVerdicts] = field(default_factory=dict)
    _turns: dict[Junction, Passability] = field(default_factory=dict)

    @property
    def key(self) -> Hashable:
        """Name of the examination and its vehicle: equal keys give equal verdicts."""
        one = self.train
        return ("passage", one.axles, one.units, one.size_over, one.mass_over, self.day)

    def structure(self, network: RoadNetwork, row: int) -> Passability:
        """Screen a bridge that is on record; leave everything else to its limits."""
        if not self.train.mass_over or self.train.axles is None:
            return Passability.PASS
        if network.structures.kind[row] != StructureKind.BRIDGE:
            return Passability.PASS
        record = network.surveys.structure(row)
        if not record.get("spans_m") and not record.get("design_load"):
            return Passability.PASS
        verdicts = self._bridges.get(id(network))
        if verdicts is None:
            verdicts = BridgeVerdicts(network, self.tables, self.train.axles, self.day)
            self._bridges[id(network)] = verdicts
        return verdicts.passability(row)

    def turn(self, network: RoadNetwork, turn: Turn) -> Passability:
        """Drive the train through a turn whose arms somebody measured."""
        units = self.train.units
        if not self.train.size_over or units is None:
            return Passability.PASS
        pieces = tuple(Piece(edge, 0.0, float(network.length_m[edge])) for edge in turn)
        way = Way(network, pieces, Measurements(), self.day)
        for found in way.turns(LEAST_TURN_DEG):
            if not found.site.value("arm_widths_m") or not is_turn(found.turn_deg):
                continue
            junction = junction_of(way, found)
            if junction not in self._turns:
                searched = search_junction(junction, units, self.train.rear_steer)
                self._turns[junction] = _OUTCOMES[searched.outlook]
            return self._turns[junction]
        return Passability.PASS


def examiner_for(
    transport: Transport, tables: Tables, law: Law, day: date
) -> PassageExaminer | None:
    """Return the examiner of a transport, None where it exceeds nothing."""
    if not classify(transport, law, day).exceeded:
        return None
    return PassageExaminer(train_of(transport, tables, law, day), tables, day)
