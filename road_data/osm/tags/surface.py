"""Surface of the road and how smooth it is: what trucks drive on, and how fast."""

from __future__ import annotations

from road_data.osm.tags.stated import Tags, Unread
from transport.network.attributes import Surface

_SURFACES = {
    word: surface
    for surface, words in {
        Surface.ASPHALT: "asphalt chipseal",
        Surface.CONCRETE: "concrete concrete:plates concrete:lanes",
        Surface.PAVED: "paved paving_stones paving_stones:lanes sett cobblestone "
        "unhewn_cobblestone brick bricks metal wood metal_grid plastic interlock cement",
        Surface.GRAVEL: "compacted gravel fine_gravel pebblestone rock rocks stone shells "
        "grass_paver stepping_stones",
        Surface.EARTH: "unpaved ground dirt earth soil clay grass woodchips laterite",
        Surface.SOFT: "sand mud ice snow salt",
    }.items()
    for word in words.split()
}
_TRACKS = {
    "grade1": Surface.PAVED,
    "grade2": Surface.GRAVEL,
    "grade3": Surface.EARTH,
    "grade4": Surface.EARTH,
    "grade5": Surface.SOFT,
}


def read_surface(tags: Tags) -> tuple[Surface, list[Unread]]:
    """Return the surface, of a list the softest; a track grade stands in where nothing is said."""
    text = tags.get("surface")
    if text is None:
        return _TRACKS.get(tags.get("tracktype", ""), Surface.UNKNOWN), []
    words = [part.strip().lower() for part in text.split(";") if part.strip()]
    if not words or not all(word in _SURFACES for word in words):
        return Surface.UNKNOWN, [Unread("surface", text)]
    return max(_SURFACES[word] for word in words), []


_SMOOTHNESS = frozenset(
    [
        "excellent",
        "good",
        "intermediate",
        "bad",
        "very_bad",
        "horrible",
        "very_horrible",
        "impassable",
    ]
)


def read_smoothness(tags: Tags) -> tuple[str, list[Unread]]:
    """Return the word for smoothness, empty where nobody says or it cannot be read."""
    text = tags.get("smoothness", "")
    word = text.strip().lower()
    if not word or word in _SMOOTHNESS:
        return word, []
    return "", [Unread("smoothness", text)]
