"""Notices as short messages: a real gateway on this machine, with templates and signatures."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.offices import Offices
from transport.services.notice_repositories import ChannelError, Outgoing
from transport.services.notifying import send_due, set_address
from webapp.jobs.notice_text import notice_text
from webapp.jobs.short_messages import HttpShortMessages

_MOBILE = "13800000000"
_SECRET = "a secret for tests only"


@dataclass
class Gateway:
    """An operator's gateway that keeps what it takes, or answers with `answer`."""

    address: str = ""
    answer: int = 200
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    kept = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.taken.append((dict(self.headers.items()), body))
            self.send_response(kept.answer)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(b"said so")

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.address = f"http://127.0.0.1:{server.server_address[1]}/send"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield kept
        server.shutdown()
        thread.join()


def _send(offices: Offices, channel: HttpShortMessages, **later: float) -> dict[str, int]:
    when = offices.world.now + timedelta(days=300) + timedelta(**later)

    def wording(notice: Any) -> Outgoing:
        return notice_text(notice, "https://permits.example")

    return send_due(offices.world.unit_of_work, (channel,), wording, when)


def test_a_carrier_with_a_mobile_number_gets_a_signed_message_and_a_failed_one_again(
    offices: Offices, gateway: Gateway
) -> None:
    world = offices.world
    set_address(world.unit_of_work, actor=world.carrier, email="", mobile=_MOBILE, now=world.now)
    case = world.accepted(cities=())
    template = '{"phones": [{to}], "params": {"content": {text}, "title": {subject}}, "sn": {id}}'
    channel = HttpShortMessages(
        gateway.address, template=template, header="X-Gateway-Sign", secret=_SECRET
    )
    gateway.answer = 503
    assert _send(offices, channel)["pending"] == 1
    gateway.answer = 200
    assert _send(offices, channel, minutes=2) == {"sent": 1}
    (first, body), (second, again) = gateway.taken
    assert first["Idempotency-Key"] == second["Idempotency-Key"]
    assert body == again
    signature = hmac.new(_SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert first["X-Gateway-Sign"] == signature
    said = json.loads(body)
    assert said["phones"] == [_MOBILE]
    assert case.number in said["params"]["title"]
    assert "https://permits.example/notices/" in said["params"]["content"]


@pytest.mark.parametrize(
    ("answer", "for_good"), [(400, True), (429, False), (302, False), (500, False)]
)
def test_what_a_gateway_answers_decides_whether_it_is_tried_again(
    gateway: Gateway, answer: int, *, for_good: bool
) -> None:
    gateway.answer = answer
    with pytest.raises(ChannelError, match=str(answer)) as raised:
        HttpShortMessages(gateway.address).send(_MOBILE, Outgoing("1", "a", "b"))
    assert raised.value.for_good is for_good
    assert len(gateway.taken) == 1


def test_words_of_a_message_never_become_part_of_the_request(gateway: Gateway) -> None:
    hostile = 'x", "phones": ["1"], "y": "{to}{secret}\r\n'
    HttpShortMessages(gateway.address).send(_MOBILE, Outgoing("1", hostile, "b"))
    said = json.loads(gateway.taken[0][1])
    assert said == {"mobile": _MOBILE, "content": hostile, "id": "1"}
    assert "X-Signature" not in gateway.taken[0][0]


def test_a_gateway_that_is_away_is_tried_again() -> None:
    with pytest.raises(ChannelError) as raised:
        HttpShortMessages("http://127.0.0.1:9/send").send(_MOBILE, Outgoing("1", "a", "b"))
    assert not raised.value.for_good
