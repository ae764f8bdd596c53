"""The `dajian` command: a table of commands, each loaded only when it is called."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import click

from transport.errors import InvalidInputError, NotAvailableError, TransportError


class Who(StrEnum):
    """Who a command is for; shown in the list of commands and checked by a test."""

    ANYONE = "anyone with this program"
    KEY_HOLDER = "the office that keeps the signing keys"
    OPERATOR = "the operator of this installation"


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a command lives, who may use it, and a line for the list of commands."""

    target: str
    who: Who
    summary: str


_HERE = "webapp.command_line"
COMMANDS: dict[str, Entry] = {
    "demo": Entry(f"{_HERE}.serving:demo", Who.ANYONE, "Try everything with demonstration data"),
    "classify": Entry(f"{_HERE}.classify:classify", Who.ANYONE, "What the law says of a transport"),
    "route": Entry(f"{_HERE}.route:route", Who.ANYONE, "Routes that fit, and what blocks others"),
    "toll": Entry(f"{_HERE}.toll:toll", Who.ANYONE, "Quote tolls, simulate relief, read records"),
    "pass": Entry(f"{_HERE}.passes:passes", Who.ANYONE, "Verify a pass without a network"),
    "network": Entry(f"{_HERE}.network:network", Who.OPERATOR, "Build and inspect road networks"),
    "serve": Entry(f"{_HERE}.serving:serve", Who.OPERATOR, "Serve the web application"),
    "migrate": Entry(f"{_HERE}.operation:migrate", Who.OPERATOR, "Bring the database up to date"),
    "backup": Entry(f"{_HERE}.operation:backup", Who.OPERATOR, "Save everything to one file"),
    "restore": Entry(f"{_HERE}.operation:restore", Who.OPERATOR, "Bring a backup back"),
    "audit": Entry(f"{_HERE}.operation:audit", Who.OPERATOR, "Verify the audit trail"),
    "user": Entry(f"{_HERE}.people:user", Who.OPERATOR, "Create, disable, reset people"),
    "org": Entry(f"{_HERE}.people:org", Who.OPERATOR, "Create organisations"),
    "keys": Entry(f"{_HERE}.keys:keys", Who.KEY_HOLDER, "Make, rotate and list signing keys"),
    "worker": Entry(f"{_HERE}.worker:worker", Who.OPERATOR, "Do background runs"),
    "envelope": Entry(
        f"{_HERE}.envelope:envelope", Who.ANYONE, "The largest sizes that can travel"
    ),
    "evaluate": Entry(f"{_HERE}.evaluate:evaluate", Who.ANYONE, "Evaluate a route's passage"),
    "check": Entry(f"{_HERE}.check:check", Who.ANYONE, "Run one engineering check by itself"),
    "parts": Entry(f"{_HERE}.parts:parts", Who.ANYONE, "Read a parts list or building model"),
    "batch": Entry(f"{_HERE}.batch:batch", Who.ANYONE, "Judge many transports at once"),
    "replay": Entry(f"{_HERE}.replay:replay", Who.ANYONE, "Compare past decisions with the rules"),
}


class CommandTable(click.Group):
    """A group that imports a command's module on first use, so that `--help` stays quick."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """Name every command, in the order of the table."""
        return list(COMMANDS)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List commands by who may use them, without loading any."""
        for who in Who:
            with formatter.section(f"For {who.value}"):
                formatter.write_dl(
                    [(name, entry.summary) for name, entry in COMMANDS.items() if entry.who is who]
                )

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        """Load one command."""
        entry = COMMANDS.get(name)
        if entry is None:
            return None
        module, _, attribute = entry.target.partition(":")
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
