"""The application and the entry point of the command; imported by nobody."""

from __future__ import annotations

import sys

from webapp import access
from webapp.command_line.main import run
from webapp.composition import services


def main() -> None:
    """Run the `dajian` command."""
    access.provide(services)
    sys.exit(run())
