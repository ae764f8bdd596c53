"""`dajian classify`: what the law says of a transport on a day."""

from __future__ import annotations

import click

from transport.rules.classification import Classification, classification_as_json
from transport.rules.classification import classify as judge
from transport.rules.documents import DocumentNeed
from transport.vehicles.transport import Transport
from transport.vehicles.travel_time import TravelAt, read_travel_at
from webapp.access import current_services
from webapp.command_line.main import print_json
from webapp.command_line.transport_options import transport_options


@click.command()
@transport_options
@click.option("--from-admin", metavar="CODE", help="Area code (GB/T 2260) of the origin.")
@click.option("--to-admin", metavar="CODE", help="Area code of the destination.")
@click.option("--through", default="", metavar="CODE,...", help="Areas passed on the way.")
@click.option("--on", "on_day", metavar="YYYY-MM-DD", help="Judge by the law of that day.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def classify(
    transport: Transport,
    travel_at: TravelAt,
    from_admin: str | None,
    to_admin: str | None,
    through: str,
    on_day: str | None,
    *,
    as_json: bool,
) -> None:
    """Say whether a transport is over the limit, its category, and what follows.

    Example: dajian classify --height-m 4.2 --width-m 3.6 --length-m 18 --mass-t 49
    --axle-loads-t 7,9,9,8,8,8 --from-admin 150203 --to-admin 150781 --on 2026-05-11
    """
    services = current_services()
    day = read_travel_at(on_day, services.clock.now(), "on").day if on_day else travel_at.day
    codes = tuple(code.strip() for code in through.split(",") if code.strip())
    result = judge(transport, services.law, day, from_admin, to_admin, codes, services.calendar)
    if as_json:
        print_json(classification_as_json(result))
    else:
        click.echo("\n".join(_lines(result)))


def _lines(result: Classification) -> list[str]:
    """Return the answer as lines for a person at a terminal."""
    lines = [f"Law as of {result.law_as_of.isoformat()}"]
    lines.append("Over the limit." if result.over_limit else "Not over the limit: no permit.")
    lines += [f"  {f.rule}: {f.value} exceeds {f.limit} ({f.clause})" for f in result.exceeded]
    lines.append(
        f"Category {result.category or '-'}, size grade {result.size_grade or '-'}, "
        f"axle grade {result.axle_grade or '-'}"
    )
    if result.authority:
        due = result.due_on.isoformat() if result.due_on else "a day not known yet"
        lines.append(
            f"{result.authority.name} ({result.authority.level}) decides within "
            f"{result.time_limit_working_days} working days, until {due}"
        )
    lines += [f"Document: {need.name_zh} ({need.clause})" for need in _required(result)]
    lines += [f"Refused: {f.rule} {f.value} > {f.limit} ({f.clause})" for f in result.refusals]
    lines += [
        f"Unknown: {f.rule} ({f.clause}, {f.status})"
        for f in result.findings
        if f.outcome == "unknown"
    ]
    return lines


def _required(result: Classification) -> list[DocumentNeed]:
    return [need for need in result.documents if need.required]
