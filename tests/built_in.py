"""The demonstration over the built-in network, for tests of pages that need real places."""

from __future__ import annotations

from functools import cache

from road_data.built_in.loading import build_built_in
from transport.network.graph import RoadNetwork

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"


@cache
def built_in_network() -> RoadNetwork:
    """Return the built-in network, built once a test run."""
    return build_built_in(built_at="2026-05-01T00:00:00+08:00")
