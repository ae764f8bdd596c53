"""The catalogue of checks by name: the table of contents of the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from transport.evaluation import (
    alignment,
    bridges,
    clearances,
    curves,
    engineering,
    facilities,
    grades,
    interchanges,
    junctions,
    lateral_space,
    pavement,
    plans,
    profile,
    sight,
    tunnels,
)
from transport.evaluation.checks import Check

_CHAPTERS = (
    grades,
    clearances,
    lateral_space,
    curves,
    profile,
    sight,
    alignment,
    junctions,
    interchanges,
    bridges,
    pavement,
    tunnels,
    facilities,
    plans,
    engineering,
)

CHECKS: Mapping[str, Check] = MappingProxyType(
    {check.name: check for chapter in _CHAPTERS for check in chapter.CHECKS}
)
