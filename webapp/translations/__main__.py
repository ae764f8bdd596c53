"""Bring the catalogue up to date, or with --check say what is missing and change nothing."""

from __future__ import annotations

import argparse
import sys

from webapp.translations import catalogue


def main() -> int:
    """Run the command; return 1 when --check finds something."""
    parser = argparse.ArgumentParser(prog="python -m webapp.translations", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, only report")
    parser.add_argument("--prune", action="store_true", help="drop texts that no page uses")
    given = parser.parse_args()
    if given.check:
        faults = catalogue.faults()
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    for path, message in catalogue.update(prune=given.prune):
        sys.stdout.write(f"to translate in {path.name}: {message}\n")
    catalogue.compile_all()
    return 0


if __name__ == "__main__":
    sys.exit(main())
