"""The `dajian` command: a table of commands, each loaded only when it is called."""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

import click

from transport.errors import InvalidInputError, NotAvailableError, TransportError

COMMANDS: dict[str, str] = {
    "network": "webapp.command_line.network:network",
    "route": "webapp.command_line.route:route",
    "classify": "webapp.command_line.classify:classify",
    "toll": "webapp.command_line.toll:toll",
    "pass": "webapp.command_line.passes:passes",
    "keys": "webapp.command_line.keys:keys",
    "demo": "webapp.command_line.serving:demo",
    "serve": "webapp.command_line.serving:serve",
    "migrate": "webapp.command_line.operation:migrate",
    "backup": "webapp.command_line.operation:backup",
    "restore": "webapp.command_line.operation:restore",
    "audit": "webapp.command_line.operation:audit",
    "user": "webapp.command_line.people:user",
    "org": "webapp.command_line.people:org",
    "worker": "webapp.command_line.later:worker",
    "envelope": "webapp.command_line.later:envelope",
    "evaluate": "webapp.command_line.later:evaluate",
    "check": "webapp.command_line.later:check",
    "batch": "webapp.command_line.later:batch",
}


class CommandTable(click.Group):
    """A group that imports a command's module on first use, so that `--help` stays quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name every command, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        target = COMMANDS.get(name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=CommandTable, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dajian")
def dajian() -> None:
    """Oversize building components: routes, permits, passes and toll relief (大件)."""


def print_json(document: Any) -> None:
    """Print exactly one JSON document on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status of the contract (0, 1, 2 or 3)."""
    try:
        dajian.main(args=arguments, prog_name="dajian", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return int(stop.exit_code)
    except click.ClickException as wrong:
        wrong.show(file=sys.stderr)
        return 2
    except click.Abort:
        click.echo("Stopped.", err=True)
        return 1
    except NotAvailableError as missing:
        click.echo(f"Not available: {missing}", err=True)
        return 3
    except InvalidInputError as wrong:
        for fault in wrong.faults:
            click.echo(f"{fault.field}: {fault.message}", err=True)
        return 2
    except TransportError as wrong:
        click.echo(str(wrong), err=True)
        return 2
    return 0
