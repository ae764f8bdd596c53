"""The tables of the passage evaluation, read once for the tests that need them."""

from functools import cache
from pathlib import Path

from transport.evaluation.tables import Tables, describe_tables
from transport.regulations.reading import read_csv, read_yaml
from transport.structures.design_loads import describe_design_loads

CONFIG = Path(__file__).parents[1] / "config"


@cache
def shipped_tables() -> Tables:
    """Read every table that comes with the program."""
    loads = read_yaml(CONFIG / "bridges" / "cn" / "design_loads.yaml")
    return describe_tables(
        lambda name: read_csv(CONFIG / "evaluation" / f"{name}.csv"), describe_design_loads(loads)
    )
