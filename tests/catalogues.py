"""The catalogue that comes with the program, read once for the tests that need it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from transport.regulations.reading import read_yaml
from transport.vehicles.catalogue import Catalogue, describe_catalogues

FOLDER = Path(__file__).parent.parent / "config" / "vehicles"


@cache
def shipped_catalogue() -> Catalogue:
    """Read every file of the catalogue."""
    return describe_catalogues({file.name: read_yaml(file) for file in FOLDER.glob("*.yaml")})
