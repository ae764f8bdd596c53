"""`dajian serve` and `dajian demo`: the web application on this computer."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from ipaddress import ip_address
from pathlib import Path
from types import FrameType

import click

from transport.errors import FieldFault, InvalidInputError, NotFoundError
from webapp.access import Services, current_services, make_application
from webapp.command_line.worker import work_beside

_THREADS = 8
_MARK = "demonstration"
_LOOPBACK_NAMES = {"localhost"}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def serve(host: str, port: int) -> None:
    """Serve the web application of this installation.

    The database must be up to date ('dajian migrate') and a network in use
    ('dajian network build built-in --out DATA/network').

    Example: dajian serve --host 0.0.0.0 --port 8000
    """
    services = current_services()
    if services.migrations.current() != services.migrations.newest():
        raise InvalidInputError(
            [FieldFault("DAJIAN_DATABASE_URL", "is not up to date: run 'dajian migrate' first")]
        )
    try:
        services.network()
    except NotFoundError as missing:
        click.echo(f"Warning: {missing}", err=True)
    _run(services, host, port, [])


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback address.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--data",
    default="./var",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the demonstration.",
)
@click.option("--reset", is_flag=True, help="Begin again with fresh demonstration data.")
def demo(host: str, port: int, data: Path, *, reset: bool) -> None:
    """Try everything: a database, the built-in network and invented firms, on this computer only.

    Example: dajian demo --port 8000 --data ./var
    """
    if not _is_loopback(host):
        raise InvalidInputError(
            [FieldFault("--host", f"{host} is not a loopback address; use 127.0.0.1 or ::1")]
        )
    data = data.absolute()
    _claim(data, reset=reset)
    os.environ.update({"DAJIAN_DATA": str(data), "DAJIAN_DEMONSTRATION": "1"})
    os.environ.pop("DAJIAN_DATABASE_URL", None)
    services = current_services()
    services.migrations.upgrade()
    _provide_network(services)
    services.load_demonstration()
    work_beside(services)
    width = max((len(one.login) for one in services.demonstration_sign_ins), default=0)
    _run(
        services,
        host,
        port,
        [
            f"  {one.login:{width}}  {one.password}  {one.role.value}, {one.organisation}"
            for one in services.demonstration_sign_ins
        ],
    )
    # The thread of background runs may be inside compiled code, which the interpreter waits for
    # when it ends in order; what that thread had not finished is taken up by the next start.
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host in _LOOPBACK_NAMES


def _claim(data: Path, *, reset: bool) -> None:
    """Take the folder for the demonstration; never one that holds a real installation."""
    mark = data / _MARK
    database = data / "dajian.sqlite3"
    if database.exists() and not mark.exists():
        raise InvalidInputError(
            [
                FieldFault(
                    "--data",
                    f"{data} holds an installation that is no demonstration; choose another folder",
                )
            ]
        )
    data.mkdir(parents=True, exist_ok=True)
    if reset and mark.exists():
        marks = (data / "session_key", data / "demonstration_unfinished")
        for path in [*data.glob("dajian.sqlite3*"), *marks]:
            path.unlink(missing_ok=True)
        for name in ("network", "uploads", "keys"):
            shutil.rmtree(data / name, ignore_errors=True)
    mark.write_text("This folder belongs to 'dajian demo'; --reset empties it.\n")


def _provide_network(services: Services) -> None:
    """Build the built-in network unless one is in use already."""
    from road_data.built_in import loading  # noqa: PLC0415 - first start only
    from road_data.manifest import Provenance  # noqa: PLC0415 - as above
    from road_data.surveys.keeping import save_with_records  # noqa: PLC0415 - as above

    try:
        services.network()
    except NotFoundError:
        click.echo("Building the built-in network ...", err=True)
        built_at = services.clock.now().isoformat(timespec="seconds")
        save_with_records(
            loading.build_built_in(built_at=built_at),
            services.settings.data / "network",
            Provenance(loading.built_in_sources()),
        )


def _run(services: Services, host: str, port: int, lines: list[str]) -> None:
    import waitress  # noqa: PLC0415 - only the two commands that serve need it

    application = make_application(services)
    scheme = "https" if services.settings.https else "http"
    try:
        server = waitress.create_server(
            application, host=host, port=port, threads=_THREADS, url_scheme=scheme, ident=""
        )
    except OSError as fault:
        raise InvalidInputError(
            [FieldFault("--port", f"cannot listen on {host}:{port} ({fault.strerror})")]
        ) from fault
    shown = f"[{host}]" if ":" in host else host
    click.echo(f"dajian is ready at http://{shown}:{server.effective_port}/")
    for line in lines:
        click.echo(line)
    click.echo("Stop with Ctrl-C.")
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, _stop)
    try:
        server.run()
    finally:
        server.close()
        click.echo("Stopped.", err=True)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
