"""The ordered list of rules, and nothing else."""

from __future__ import annotations

from transport.rules.axle_loads import check_axle_caps
from transport.rules.escort import check_escort_plan
from transport.rules.expressways import check_expressway
from transport.rules.over_limit import check_gross_mass, check_size

OVER_LIMIT = (check_size, check_gross_mass)
REFUSALS = (check_axle_caps,)
CONDITIONS = (check_escort_plan, check_expressway)
