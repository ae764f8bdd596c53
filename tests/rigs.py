"""Loaded combinations of every kind, as the outline drawing and its tests want them."""

from __future__ import annotations

from functools import cache

from tests.catalogues import shipped_catalogue
from transport.vehicles.arranging import lean_on_frame, put_abreast, stack
from transport.vehicles.combination import Combination
from transport.vehicles.placed_load import PlacedLoad
from transport.vehicles.placing import place

KINDS = ("low_bed", "gooseneck", "extended", "hydraulic", "girder", "truck", "upright")


@cache
def rig(kind: str) -> PlacedLoad:
    """Return a loaded combination of one of `KINDS`."""
    known = shipped_catalogue()
    pieces, pulls, towed = known.components, known.tractors, known.trailers
    if kind == "truck":
        two = put_abreast(pieces["stair_flight"], 1)
        return place(Combination(known.trucks["truck_6x4"]), two)
    if kind == "upright":
        walls = lean_on_frame(pieces["external_wall_panel"], known.frames["a_frame_8"], 2)
        return place(Combination(pulls["tractor_6x4"], towed["low_bed_3"]), walls)
    tractor, trailer, piece = {
        "low_bed": ("tractor_6x4", "low_bed_3", "volumetric_module"),
        "gooseneck": ("tractor_6x4", "gooseneck_3", "volumetric_module"),
        "extended": ("tractor_6x4", "extendable_3", "glulam_beam"),
        "hydraulic": ("tractor_8x4", "hydraulic_6", "steel_girder_segment"),
        "girder": ("tractor_8x4", "girder_bogie_4", "box_girder_30"),
    }[kind]
    return place(Combination(pulls[tractor], towed[trailer]), stack(pieces[piece]))
