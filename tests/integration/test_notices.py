"""Notices from the step to the mailbox, and messages between the parties of a case."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.offices import Offices
from transport.people import Role, actor_of
from transport.permits.notices import MOST_TRIES, NoticeKind, SendState
from transport.permits.states import ActKind
from transport.services.case_history import list_history
from transport.services.notifying import send_due, set_address
from transport.services.reminding import remind
from webapp.command_line.notice_sweeps import NoticeSweeps
from webapp.jobs.mailing import SmtpChannel
from webapp.jobs.notice_text import notice_text

_MAIL = "permits@carrier.example"


@dataclass
class Postmaster:
    """A mail server in this process that keeps what it takes, or answers with `answer`."""

    answer: str = "250 OK"
    mails: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
        return self.answer

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


@pytest.fixture
def post() -> Iterator[tuple[Postmaster, SmtpChannel]]:
    master = Postmaster()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(master, hostname="127.0.0.1", port=port)
    server.start()
    yield master, SmtpChannel("127.0.0.1", port, "dajian@office.example")
    server.stop()


def _send(offices: Offices, channel: SmtpChannel, **later: float) -> dict[str, int]:
    def wording(notice: Any) -> Any:
        return notice_text(notice, "https://permits.example")

    when = offices.world.now + timedelta(days=300) + timedelta(**later)
    return send_due(offices.world.unit_of_work, (channel,), wording, when)


def _want_mail(offices: Offices, address: str = _MAIL) -> None:
    set_address(
        offices.world.unit_of_work,
        actor=offices.world.carrier,
        email=address,
        mobile="",
        now=offices.world.now,
    )


def _kinds(offices: Offices, organisation_id: str) -> list[NoticeKind]:
    with offices.world.unit_of_work(read_only=True) as work:
        return [one.kind for one in work.notices.of_organisation(organisation_id, 99)]


def test_every_step_that_concerns_the_carrier_reaches_its_mailbox(
    offices: Offices, post: tuple[Postmaster, SmtpChannel]
) -> None:
    world = offices.world
    _want_mail(offices)
    case, _ = world.issued(cities=())
    assert {NoticeKind.ACCEPTED, NoticeKind.GRANTED, NoticeKind.ISSUED} <= set(
        _kinds(offices, world.carrier.organisation_id)
    )
    desk = _kinds(offices, world.handler.organisation_id)
    assert {NoticeKind.SUBMITTED, NoticeKind.OPINION_GIVEN} <= set(desk)
    master, channel = post
    outcome = _send(offices, channel)
    assert outcome["sent"] == len(master.mails) == 3
    subjects = [str(one["Subject"]) for one in master.mails]
    assert all(case.number in one for one in subjects)
    assert any("已发证" in one for one in subjects)
    assert str(master.mails[0]["To"]) == _MAIL
    assert "https://permits.example/notices/" in master.mails[0].get_content()
    # Offices gave no address: they read theirs here, and nothing is sent twice.
    assert outcome["in_house"] == len(desk) + len(
        _kinds(offices, world.act(case, ActKind.POLICE_CONSULTATION).authority.organisation_id)
    )
    assert _send(offices, channel) == {}


def test_a_step_that_is_rolled_back_tells_nobody(offices: Offices) -> None:
    world = offices.world
    case = world.submitted(cities=())
    before = _kinds(offices, world.carrier.organisation_id)
    offices.step(case, world.handler, "accept", version=99, status=409)
    assert _kinds(offices, world.carrier.organisation_id) == before


def test_a_server_that_refuses_is_tried_again_until_it_is_given_up(
    offices: Offices, post: tuple[Postmaster, SmtpChannel]
) -> None:
    world, (master, channel) = offices.world, post
    _want_mail(offices)
    world.accepted(cities=())
    master.answer = "451 try later"
    assert _send(offices, channel)["pending"] == 1
    assert _send(offices, channel) == {}  # not before its time
    master.answer = "250 OK"
    assert _send(offices, channel, minutes=2) == {"sent": 1}
    master.answer = "451 try later"
    case = world.submitted(cities=())
    offices.step(case, world.handler, "accept")
    for number in range(MOST_TRIES):
        _send(offices, channel, days=number + 1)
    with world.unit_of_work(read_only=True) as work:
        told = work.notices.of_organisation(world.carrier.organisation_id, 9)
    # The clock of this world stands still: the notices of both cases are of the same minute.
    newest = next(one for one in told if one.case_number == case.number)
    assert newest.state is SendState.GIVEN_UP
    assert "451" in newest.error


def test_an_address_that_does_not_exist_is_given_up_at_once(
    offices: Offices, post: tuple[Postmaster, SmtpChannel]
) -> None:
    _want_mail(offices, "nobody@carrier.example")
    offices.world.accepted(cities=())
    assert _send(offices, post[1])["given_up"] == 1


def test_the_worker_sends_and_reminds(
    offices: Offices, post: tuple[Postmaster, SmtpChannel]
) -> None:
    world, (master, channel) = offices.world, post
    _want_mail(offices)
    world.accepted(cities=())
    offices.installation.__dict__["channels"] = (channel,)
    assert NoticeSweeps().maybe(offices.installation)["sent"] == 1
    assert [str(one["To"]) for one in master.mails] == [_MAIL]


def test_an_office_is_reminded_of_a_limit_once(offices: Offices) -> None:
    world = offices.world
    world.accepted(cities=())
    installation = offices.installation
    for days, new in ((0, 0), (60, 1), (61, 0)):
        written = remind(
            world.unit_of_work,
            installation.law,
            installation.calendar,
            world.now + timedelta(days=days),
        )
        assert written >= new
        kinds = _kinds(offices, world.handler.organisation_id)
        assert kinds.count(NoticeKind.DEADLINE_NEAR) == (1 if days else 0)


def test_notices_are_counted_opened_and_read_by_their_own_organisation_alone(
    offices: Offices,
) -> None:
    world = offices.world
    case = world.accepted(cities=())
    carrier = offices.person(world.carrier)
    page = carrier.open("/notices/")
    assert "1 条新" in page.text
    with world.unit_of_work(read_only=True) as work:
        notice = work.notices.of_organisation(world.carrier.organisation_id, 1)[0]
    offices.person(world.handler).send(f"/notices/{notice.id}/open", {}, status=404)
    carrier.send(f"/notices/{notice.id}/open", {}, status=302)
    page = carrier.open("/notices/")
    assert "条新" not in page.text
    assert case.number in page.text
    wrong = carrier.send("/notices/address", {"email": "a b"}, status=422)
    assert "不是电子邮箱地址" in wrong.text
    carrier.send("/notices/address", {"email": _MAIL}, status=302)
    assert _MAIL in carrier.open("/notices/").source


def test_messages_reach_the_parties_of_a_case_and_nobody_else(offices: Offices) -> None:
    world = offices.world
    case = world.consulted(cities=())
    highway = world.act(case, ActKind.HIGHWAY_PERMIT)
    carrier, address = offices.person(world.carrier), f"/cases/{case.number}/messages"
    carrier.send(address, {"text": "请问护送方案是否需要修改？"}, status=302)
    carrier.send(address, {"text": "只问交通部门", "act_id": highway.id}, status=302)
    carrier.send(address, {"text": "  "}, status=422)
    desk = offices.person(world.handler).open(address)
    assert "护送方案" in desk.text
    assert "只问交通部门" in desk.text
    asked = world.act(case, ActKind.POLICE_CONSULTATION).authority.organisation_id
    with world.unit_of_work(read_only=True) as work:
        police = work.people.of_organisation(asked)[0]
        office = work.organisations.get(asked)
    seen = offices.person(actor_of(police, office)).open(address)
    assert "护送方案" in seen.text
    assert "只问交通部门" not in seen.text
    stranger = world.person("别家", Role.CARRIER, "150200", "别家物流")
    offices.person(stranger).open(address, status=404)
    history = list_history(world.unit_of_work, actor=world.carrier, number=case.number)
    steps = [one.event.step for one in history]
    assert steps.count("send_message") == 2
    assert NoticeKind.MESSAGE in _kinds(offices, asked)


def test_a_draft_has_nobody_to_read_a_message(offices: Offices) -> None:
    world = offices.world
    case = world.draft(cities=())
    page = offices.person(world.carrier).send(
        f"/cases/{case.number}/messages", {"text": "在吗"}, status=409
    )
    assert "无人查看" in page.text
