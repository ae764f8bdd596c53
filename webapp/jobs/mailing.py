"""Notices as e-mail through a mail server (SMTP); short messages come through the same port."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formataddr

from transport.services.notice_repositories import ChannelError, Outgoing

_TIMEOUT_S = 20.0
_PERMANENT = 500


class SmtpChannel:
    """Sends each notice as one e-mail; TLS is `none`, `starttls` or `tls`."""

    name = "email"

    def __init__(
        self,
        host: str,
        port: int,
        sender: str,
        *,
        tls: str = "none",
        user: str = "",
        password: str = "",
    ) -> None:
        self._server, self._sender = (host, port), sender
        self._tls, self._user, self._password = tls, user, password

    def send(self, to: str, message: Outgoing) -> None:
        """Hand a message to the server; raises ChannelError, for good if the address is refused."""
        mail = EmailMessage()
        mail["From"] = formataddr(("大件运输许可", self._sender))
        mail["To"] = to
        mail["Subject"] = message.subject
        # The same at every try: a reader's mailbox can tell one that came twice.
        mail["Message-ID"] = f"<{_plain(message.id)}@{self._sender.partition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text)
        try:
            with self._open() as server:
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            text = f"{code} {said.decode(errors='replace')}"
            raise ChannelError(text, for_good=code >= _PERMANENT) from refused
        except (smtplib.SMTPException, OSError) as wrong:
            raise ChannelError(f"{type(wrong).__name__}: {wrong}") from wrong

    def _open(self) -> smtplib.SMTP:
        host, port = self._server
        if self._tls == "tls":
            safe = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=_TIMEOUT_S, context=safe)
        else:
            server = smtplib.SMTP(host, port, timeout=_TIMEOUT_S)
        if self._tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if self._user:
            server.login(self._user, self._password)
        return server


def _plain(text: str) -> str:
    return "".join(one if one.isalnum() or one in "-." else "." for one in text)
