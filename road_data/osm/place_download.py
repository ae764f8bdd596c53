"""Fetch the roads of a named place through osmnx, where a connection exists."""

from __future__ import annotations

from pathlib import Path

from road_data.osm.roads import KEPT_KEYS
from transport.errors import FieldFault, InvalidInputError, NotAvailableError

PREFIX = "place:"
_SUFFIXES = ("", ":physical", ":hgv", ":forward", ":backward", ":lanes", ":conditional")
_REMEDY = "give a file (.osm.pbf, .osm, .osm.gz, .graphml) instead, which needs no connection"


def is_place(source: Path) -> bool:
    """Say whether a source names a place to fetch, not a file."""
    return str(source).startswith(PREFIX)


def download_place(source: Path, target: Path) -> None:
    """Save the roads of `place:NAME` as a `.graphml` file; shape and tags stay as they were drawn.

    osmnx fetches no turn restrictions. Raises InvalidInputError for a place nobody knows and
    NotAvailableError without osmnx or without a connection.
    """
    name = str(source).removeprefix(PREFIX).strip()
    if not name:
        raise _unknown(name)
    try:
        import osmnx  # noqa: PLC0415 - two seconds, and only this source needs it
        from requests import RequestException  # noqa: PLC0415 - comes with osmnx
    except ImportError as missing:
        text = f"'{source}' needs the package osmnx ({missing}); {_REMEDY}"
        raise NotAvailableError(text) from missing
    keys = {f"{key}{suffix}" for key in KEPT_KEYS for suffix in _SUFFIXES}
    osmnx.settings.useful_tags_way = sorted({*keys, "name:zh", "name:en", "bridge:name"})
    osmnx.settings.useful_tags_node = sorted(keys)
    osmnx.settings.use_cache = False
    try:
        graph = osmnx.graph_from_place(
            name, network_type="drive_service", simplify=False, retain_all=True
        )
    except (RequestException, OSError) as fault:
        text = f"'{source}' needs a connection to a map server, and there is none; {_REMEDY}"
        raise NotAvailableError(text) from fault
    except (ValueError, TypeError) as fault:  # osmnx: no such place, or one without an area
        if type(fault).__name__ == "ResponseStatusCodeError":
            text = f"the map server refused '{source}' ({fault}); try later, or {_REMEDY}"
            raise NotAvailableError(text) from fault
        raise _unknown(name) from fault
    osmnx.save_graphml(graph, target)


def _unknown(name: str) -> InvalidInputError:
    text = (
        f"no area is known under the name '{name}'; write it as the map does, with its region: "
        'place:"Kundulun District, Baotou, China"'
    )
    return InvalidInputError([FieldFault("source", text, "unknown_place", (("name", name),))])
