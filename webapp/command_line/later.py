"""Commands of the contract that later versions bring: they say so and exit with 3."""

from __future__ import annotations

import click

from transport.errors import NotAvailableError

_SETTINGS = {"ignore_unknown_options": True, "allow_extra_args": True}


def _later(name: str, what: str) -> click.Command:
    @click.command(name, context_settings=_SETTINGS, help=f"{what} (not in this version yet).")
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def command(arguments: tuple[str, ...]) -> None:  # noqa: ARG001 - the contract's words, unused yet
        raise NotAvailableError(f"'dajian {name}' is not part of this version")

    return command


worker = _later("worker", "Work through background jobs")
