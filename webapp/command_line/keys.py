"""Keys that sign passes: make, rotate, list."""

from __future__ import annotations

from pathlib import Path

import click

from transport.errors import FieldFault, InvalidInputError
from transport.verification.key_file import key_entry
from transport.verification.keys import PublicKey
from webapp.access import current_services
from webapp.command_line.main import print_json


@click.group()
def keys() -> None:
    """Make, rotate and list the keys that sign passes.

    Private keys stay in DAJIAN_DATA/keys, encrypted under DAJIAN_KEY_PASSPHRASE (or the content of
    the file DAJIAN_KEY_PASSPHRASE_FILE); keys.json beside them is public and is what 'dajian pass
    verify --keys' wants.

    Example: dajian keys new
    """


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def new(*, as_json: bool) -> None:
    """Make a key and sign with it from now on; earlier keys stay in use.

    Example: dajian keys new --json
    """
    services = current_services()
    _show(services.keys.new_key(services.clock.now()), as_json=as_json)


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def rotate(*, as_json: bool) -> None:
    """Make a key and retire all earlier ones; passes they signed until now stay valid.

    Example: dajian keys rotate
    """
    services = current_services()
    _show(services.keys.rotate(services.clock.now()), as_json=as_json)


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def encrypt(*, as_json: bool) -> None:
    """Encrypt private keys that an older version wrote without a passphrase.

    Each is encrypted by itself too, the first time it signs.

    Example: dajian keys encrypt
    """
    found = current_services().keys.encrypt_all()
    if as_json:
        print_json({"encrypted": found})
        return
    for key_id in found:
        click.echo(key_id)
    if not found:
        click.echo("Every private key is encrypted already.", err=True)


@keys.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_keys(*, as_json: bool) -> None:
    """List public keys, oldest first.

    Example: dajian keys list --json
    """
    found = current_services().keys.public_keys()
    if as_json:
        print_json({"keys": [key_entry(key) for key in found]})
        return
    for key in found:
        _show(key, as_json=False)
    if not found:
        click.echo("No keys yet; make one: dajian keys new", err=True)


@keys.command()
@click.argument("office")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=("The certificate the office was given, PKCS 12; without one a certificate is made."),
)
@click.option(
    "--file-passphrase",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File that holds the passphrase of that file.",
)
def seal(office: str, file: Path | None, file_passphrase: Path | None) -> None:
    """Give an office the certificate that seals its papers (PAdES).

    One made here is vouched for by DAJIAN_DATA/seals/root.pem, which readers of the papers trust.

    Example: dajian keys seal 内蒙古自治区交通运输厅 --file office.p12 --file-passphrase secret.txt
    """
    services = current_services()
    with services.unit_of_work(read_only=True) as work:
        found = work.organisations.by_name(office)
    if found is None:
        message = f"there is no office {office!r}; see dajian org"
        raise InvalidInputError([FieldFault("OFFICE", message)])
    if file is None:
        services.seals.make(found.id, found.name)
        click.echo(f"made; readers trust it through {services.seals.root_file}")
        return
    secret = file_passphrase.read_text("utf-8").strip() if file_passphrase else ""
    click.echo(services.seals.put_in(found.id, file.read_bytes(), secret))


def _show(key: PublicKey, *, as_json: bool) -> None:
    if as_json:
        print_json(key_entry(key))
        return
    until = key.retired_on.isoformat() if key.retired_on else "now"
    click.echo(f"{key.key_id}  in use {key.not_before.isoformat()} to {until}")
