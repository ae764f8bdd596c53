"""Developer tasks, one command each: `python tasks.py check|test|demo|bench|approve`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable

Step = list[str]

CHECK: list[Step] = [
    ["ruff", "format", "--check", "."],
    ["ruff", "check", "."],
    ["mypy"],
    ["lint-imports"],
    [sys.executable, "-m", "webapp.translations", "--check"],
]


def _run(steps: list[Step], extra: dict[str, str] | None = None) -> int:
    for step in steps:
        print("$", " ".join(step), flush=True)
        finished = subprocess.run(step, check=False, env={**os.environ, **(extra or {})})
        if finished.returncode != 0:
            return finished.returncode
    return 0


def check(arguments: list[str]) -> int:
    """Format, lint, types, import contracts and translations; changes nothing."""
    return _run(CHECK) if not arguments else _run([[*step, *arguments] for step in CHECK[:2]])


def test(arguments: list[str]) -> int:
    """Run all tests; further arguments go to pytest."""
    return _run([["pytest", *arguments]])


def demo(arguments: list[str]) -> int:
    """Start the demonstration; further arguments go to `dajian demo`."""
    return _run([["dajian", "demo", *arguments]])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks in tests/bench and print their tables and ratios."""
    return _run([["pytest", "tests/bench", "-m", "bench", "-s", "-q", "--no-header", *arguments]])


def approve(arguments: list[str]) -> int:
    """Rewrite the golden files in tests/golden from what the code says now; read the diff."""
    return _run([["pytest", "-q", "-m", "golden", *arguments]], {"DAJIAN_APPROVE": "1"})


TASKS: dict[str, Callable[[list[str]], int]] = {
    "check": check,
    "test": test,
    "demo": demo,
    "bench": bench,
    "approve": approve,
}


def main() -> int:
    """Parse the task's name and run it."""
    parser = argparse.ArgumentParser(prog="tasks.py", description=__doc__)
    subparsers = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    for name, task in TASKS.items():
        subparsers.add_parser(name, help=task.__doc__, add_help=False)
    known, rest = parser.parse_known_args()
    return TASKS[known.task](rest)


if __name__ == "__main__":
    sys.exit(main())
