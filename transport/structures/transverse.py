"""Transverse distribution: the share of a load that the worst girder takes.

Rigid cross-beams by eccentric pressure; hinged slabs by the chain of hinge forces. Vectors:
engineering practice for girders at equal spacing and equal stiffness.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def rigid_influence(girders: int, spacing_m: float, girder: int, at_m: Sequence[float]) -> Array:
    """Return the share of girder number `girder` (0 at the edge) for loads `at_m` from the middle.

    Eccentric pressure: 1/n + a e / sum a^2, with a towards the side of girder 0 above zero.
    """
    places = spacing_m * ((girders - 1) / 2.0 - np.arange(girders))
    return np.asarray(1.0 / girders + places[girder] * np.asarray(at_m) / (places**2).sum())


def hinged_influence(slabs: int, gamma: float) -> Array:
    """Return the shares of every slab for a load on every slab, as a square table.

    `gamma` is the ratio of bending to torsional flexibility. The hinge forces solve
    2 (1 + gamma) g_i - (1 - gamma) (g_{i-1} + g_{i+1}) = +1 or -1 beside the loaded slab.
    """
    hinges = slabs - 1
    if hinges == 0:
        return np.ones((1, 1))
    matrix = np.diag(np.full(hinges, 2.0 * (1.0 + gamma)))
    beside = np.full(hinges - 1, -(1.0 - gamma))
    matrix += np.diag(beside, 1) + np.diag(beside, -1)
    right = np.zeros((hinges, slabs))
    for loaded in range(slabs):
        if loaded < hinges:
            right[loaded, loaded] = 1.0
        if loaded:
            right[loaded - 1, loaded] = -1.0
    forces = np.linalg.solve(matrix, right)
    shares = np.eye(slabs)
    shares[:-1] -= forces
    shares[1:] += forces
    return np.asarray(shares)
