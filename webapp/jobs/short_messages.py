"""Notices as short messages through the HTTP gateway of an operator; what it wants is set."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from transport.services.notice_repositories import ChannelError, Outgoing

_TIMEOUT_S = 20.0
_LONGEST_ANSWER = 300
_AGAIN = frozenset({408, 409, 425, 429})
_CLIENT_FAULTS = range(400, 500)
FILLED_IN = ("{to}", "{subject}", "{text}", "{id}")
DEFAULT_TEMPLATE = '{"mobile": {to}, "content": {subject}, "id": {id}}'


class HttpShortMessages:
    """Posts each notice as JSON; the body is signed (HMAC-SHA256, hex) where there is a secret.

    `template` is the JSON that the gateway wants, with {to}, {subject}, {text} and {id} where the
    values belong, each filled in as a JSON string. `id` is the same at every try, so that a gateway
    that looks at it sends nothing twice.
    """

    name = "mobile"

    def __init__(
        self,
        address: str,
        *,
        template: str = DEFAULT_TEMPLATE,
        header: str = "X-Signature",
        secret: str = "",
    ) -> None:
        self._address, self._template = address, template
        self._header, self._secret = header, secret
        self._opener = build_opener(_NoRedirect())

    def send(self, to: str, message: Outgoing) -> None:
        """Hand a message over; raises ChannelError, for good where the gateway refuses it."""
        values = {"to": to, "subject": message.subject, "text": message.text, "id": message.id}
        body = filled(self._template, values).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.id}
        if self._secret:
            signed = hmac.new(self._secret.encode(), body, hashlib.sha256)
            headers[self._header] = signed.hexdigest()
        asked = Request(self._address, data=body, headers=headers, method="POST")  # noqa: S310 - the scheme is checked with the settings
        try:
            with self._opener.open(asked, timeout=_TIMEOUT_S) as answer:
                answer.read(_LONGEST_ANSWER)
        except HTTPError as refused:
            with refused:
                said = refused.read(_LONGEST_ANSWER).decode(errors="replace")
            for_good = refused.code in _CLIENT_FAULTS and refused.code not in _AGAIN
            raise ChannelError(f"{refused.code} {said}".strip(), for_good=for_good) from refused
        except OSError as wrong:
            raise ChannelError(f"{type(wrong).__name__}: {wrong}") from wrong


def filled(template: str, values: Mapping[str, str]) -> str:
    """Put values into the places of a template, each as a JSON string; values are not read again.

    Raises ValueError where the result is no JSON.
    """
    pieces = template.split("{")
    written = [pieces[0]]
    for piece in pieces[1:]:
        name, closed, rest = piece.partition("}")
        known = bool(closed) and name in values
        written.append(
            json.dumps(values[name], ensure_ascii=False) + rest if known else "{" + piece
        )
    text = "".join(written)
    json.loads(text)
    return text


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that moved is an error: messages go to the address that was set, nowhere else."""

    def redirect_request(self, *_args: Any, **_named: Any) -> None:
        """Follow nothing."""
