"""Check a pass without a network connection: token, keys and revocations come from files."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from transport.errors import FieldFault, InvalidInputError
from transport.network.naming import parse_point
from transport.verification.answer import verification_as_json
from transport.verification.key_file import read_key_file
from transport.verification.locating import Place, is_on_route
from transport.verification.revocations import read_revocations
from transport.verification.signing import LONGEST_TOKEN, Verification, verify
from transport.verification.surroundings import place_on_network
from webapp.access import current_services
from webapp.command_line.main import print_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NO_TEXT = (
    "holds no text: give the text that a scan of the QR code shows, or a text file with it "
    "(pictures and PDF files are not read)"
)


@click.group("pass")
def passes() -> None:
    """Check passes.

    Example: dajian pass verify HTTPS://.../V/2KCE... --keys keys.json
    """


@passes.command("verify")
@click.argument("token_or_file")
@click.option("--keys", "keys_file", type=_FILE, required=True, help="Public keys (keys.json).")
@click.option("--revocations", "revocations_file", type=_FILE, help="Signed revocation list.")
@click.option("--at", "at_text", metavar="TIME", help="Instant with offset; default now.")
@click.option("--place", "place_text", metavar="LON,LAT", help="Is this place on the route?")
@click.option("--network", "network_folder", type=_FOLDER, help="Network folder for --place.")
@click.option("--road", help="Instead of --place: road number, e.g. G6.")
@click.option("--km", type=float, help="With --road: chainage in km, e.g. 630.5.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify_pass(
    token_or_file: str,
    *,
    keys_file: Path,
    revocations_file: Path | None,
    at_text: str | None,
    place_text: str | None,
    network_folder: Path | None,
    road: str | None,
    km: float | None,
    as_json: bool,
) -> None:
    """Check a pass: valid, expired, not_yet, revoked, unknown_key, forged or unreadable.

    TOKEN_OR_FILE is the text of the QR code, or a text file that holds it. No network connection
    is used.

    Example: dajian pass verify token.txt --keys keys.json --at 2026-11-02T08:00:00+08:00 --json
    """
    _check_place_options(place_text, network_folder, road, km)
    at = _instant(at_text)
    token = _token(token_or_file)
    public_keys = read_key_file(_text(keys_file, "keys"))
    revocations = (
        read_revocations(revocations_file.read_bytes(), public_keys) if revocations_file else None
    )
    answer = verify(token, public_keys, revocations, at, Place(road, km) if road else None)
    on_route = answer.on_route
    if place_text and network_folder:
        on_route = _on_route(answer, network_folder, place_text)
    document = verification_as_json(answer, at) | {"on_route": on_route}
    if as_json:
        print_json(document)
        return
    for name in ("outcome", "reason", "on_route", "within_hours", "revocations_as_of"):
        if document[name] is not None:
            click.echo(f"{name}: {document[name]}")
    for name, value in (document["claims"] or {}).items():
        click.echo(f"  {name}: {value}")


def _check_place_options(
    place: str | None, network: Path | None, road: str | None, km: float | None
) -> None:
    faults = []
    if place and not network:
        faults.append(FieldFault("network", "--place needs --network DIR"))
    if network and not place:
        faults.append(FieldFault("place", "--network needs --place LON,LAT"))
    if place and road:
        faults.append(FieldFault("road", "give either --place or --road"))
    if km is not None and not road:
        faults.append(FieldFault("road", "--km needs --road"))
    if faults:
        raise InvalidInputError(faults)


def _instant(text: str | None) -> datetime:
    if text is None:
        return current_services().clock.now()
    example = "write an instant with offset, e.g. 2026-11-02T08:00:00+08:00"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as wrong:
        raise InvalidInputError([FieldFault("at", f"'{text}' is no time; {example}")]) from wrong
    if moment.tzinfo is None:
        raise InvalidInputError([FieldFault("at", f"'{text}' has no offset; {example}")])
    return moment


def _token(token_or_file: str) -> str:
    if "://" in token_or_file or len(token_or_file) > LONGEST_TOKEN:
        return token_or_file
    path = Path(token_or_file)
    try:
        is_file = path.is_file()
    except OSError:  # a code may be longer than a file name can be
        return token_or_file
    if is_file:
        return _text(path, "token").strip()
    if path.suffix or "/" in token_or_file:
        raise InvalidInputError([FieldFault("token", f"there is no file {path}")])
    return token_or_file


def _text(path: Path, field: str) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InvalidInputError([FieldFault(field, f"{path} {_NO_TEXT}")]) from wrong


def _on_route(answer: Verification, network_folder: Path, place_text: str) -> bool | None:
    network = current_services().network(network_folder)
    lon, lat = parse_point(network, place_text, field="place")
    if answer.claims is None:
        return None
    return is_on_route(answer.claims, place_on_network(answer.claims, network, lon, lat))
