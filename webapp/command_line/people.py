"""People and organisations from the command line; the first administrator comes from here."""

from __future__ import annotations

import secrets
import sys

import click

from transport.errors import FieldFault, InvalidInputError
from transport.people import Organisation, Role, User
from transport.services import registering
from webapp.access import Services
from webapp.command_line.main import print_json
from webapp.command_line.operation import migrated_services

_WHO = "command line"
_PASSWORD_BYTES = 12


@click.group()
def user() -> None:
    """Create users, disable them, give them a new first password.

    Example: dajian user create zhang.wei --name 张伟 --org 内蒙古自治区交通运输厅
    """


@user.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name, as it stands on decisions.")
@click.option("--org", "organisation", required=True, help="Name of the organisation.")
@click.option("--password-stdin", is_flag=True, help="Read the first password, not make one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def create(
    login: str, name: str, organisation: str, *, password_stdin: bool, as_json: bool
) -> None:
    """Create a user of an organisation; the first password is changed at the first sign-in.

    Example: dajian user create zhang.wei --name 张伟 --org 内蒙古自治区交通运输厅
    """
    services = migrated_services()
    password, made = _password(from_input=password_stdin)
    created = registering.create_user(
        services.unit_of_work,
        services.password_hasher,
        created_by=_WHO,
        login=login,
        name=name,
        organisation_id=_find_organisation(services, organisation).id,
        password=password,
        now=services.clock.now(),
    )
    _show_user(created, password if made else "", as_json=as_json)


@user.command()
@click.argument("login")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def disable(login: str, *, as_json: bool) -> None:
    """Let a user sign in no more and end running sessions; nothing they did is lost.

    Example: dajian user disable zhang.wei
    """
    services = migrated_services()
    disabled = registering.disable_user(
        services.unit_of_work, changed_by=_WHO, login=login, now=services.clock.now()
    )
    _show_user(disabled, "", as_json=as_json)


@user.command()
@click.argument("login")
@click.option("--password-stdin", is_flag=True, help="Read the first password, not make one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def reset(login: str, *, password_stdin: bool, as_json: bool) -> None:
    """Give a user a new first password, end running sessions and let them in again.

    Example: dajian user reset zhang.wei
    """
    services = migrated_services()
    password, made = _password(from_input=password_stdin)
    changed = registering.reset_password(
        services.unit_of_work,
        services.password_hasher,
        changed_by=_WHO,
        login=login,
        password=password,
        now=services.clock.now(),
    )
    _show_user(changed, password if made else "", as_json=as_json)


@click.group()
def org() -> None:
    """Create organisations.

    Example: dajian org create 内蒙古自治区交通运输厅 --role transport --admin-code 150000
    """


@org.command("create")
@click.argument("name")
@click.option(
    "--role", type=click.Choice([one.value for one in Role]), required=True, help="What it does."
)
@click.option("--admin-code", required=True, help="Its area, six digits (GB/T 2260).")
@click.option("--small-office", is_flag=True, help="Two people are enough for a decision.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def create_org(name: str, role: str, admin_code: str, *, small_office: bool, as_json: bool) -> None:
    """Create an organisation that may act at once.

    Example: dajian org create 包头市市政工程管理处 --role municipal --admin-code 150200
    """
    services = migrated_services()
    made = registering.create_organisation(
        services.unit_of_work,
        created_by=_WHO,
        name=name,
        role=Role(role),
        admin_code=admin_code,
        small_office=small_office,
        now=services.clock.now(),
    )
    if as_json:
        print_json(
            {
                "id": made.id,
                "name": made.name,
                "role": made.role.value,
                "admin_code": made.admin_code,
                "small_office": made.small_office,
            }
        )
        return
    click.echo(f"Created {made.name} ({made.role.value}, {made.admin_code}).")


def _find_organisation(services: Services, name: str) -> Organisation:
    with services.unit_of_work(read_only=True) as work:
        found = work.organisations.by_name(name)
    if found is None:
        raise InvalidInputError(
            [FieldFault("--org", f"there is no organisation {name!r}; see 'dajian org create'")]
        )
    return found


def _password(*, from_input: bool) -> tuple[str, bool]:
    if from_input:
        return sys.stdin.readline().rstrip("\n"), False
    return secrets.token_urlsafe(_PASSWORD_BYTES), True


def _show_user(shown: User, password: str, *, as_json: bool) -> None:
    if as_json:
        document = {"login": shown.login, "name": shown.name, "active": shown.active}
        print_json({**document, **({"first_password": password} if password else {})})
        return
    state = "may sign in" if shown.active else "may not sign in any more"
    click.echo(f"{shown.login} ({shown.name}) {state}.")
    if password:
        click.echo(f"First password, to be changed at the first sign-in: {password}")
