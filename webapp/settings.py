"""Typed settings from the environment; a wrong value stops the start with its name."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from transport.errors import FieldFault, InvalidInputError
from transport.permits.form_checks import EMAIL

_SHORTEST_KEY = 32
_SHORTEST_PASSPHRASE = 12
_SITE = re.compile(r"https?://[A-Za-z0-9.\-]+(:\d+)?")
_PORTS = range(1, 65536)
_TLS = ("none", "starttls", "tls")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}")
_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_UPLOAD_LIMITS_MB = range(1, 201)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation can set; the README's table lists the same names."""

    data: Path
    database_url: str
    config: Path
    demonstration: bool
    secret_key: str = ""
    https: bool = False
    upload_limit_mb: int = 20
    map_approval_number: str = ""
    public_site: str = "http://127.0.0.1:8000"
    geocoder: str = ""
    geocoder_domain: str = ""
    geocoder_key: str = ""
    key_passphrase: str = ""
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_sender: str = ""
    smtp_tls: str = "none"
    smtp_user: str = ""
    smtp_password: str = ""
    sms_url: str = ""
    sms_template: str = ""
    sms_header: str = ""
    sms_secret: str = ""


def shipped_config() -> Path:
    """Folder of the regulation, toll and road data that came with this installation."""
    inside_wheel = Path(__file__).parent / "shipped_config"
    return inside_wheel if inside_wheel.is_dir() else Path(__file__).parent.parent / "config"


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read every setting; raise InvalidInputError naming each variable that is wrong."""
    faults: list[FieldFault] = []
    data = Path(environment.get("DAJIAN_DATA", "./var")).absolute()
    url = environment.get("DAJIAN_DATABASE_URL", f"sqlite:///{data / 'dajian.sqlite3'}")
    if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
        faults.append(
            FieldFault(
                "DAJIAN_DATABASE_URL",
                "must start with sqlite:/// or postgresql+psycopg://",
            )
        )
    config = Path(environment.get("DAJIAN_CONFIG", str(shipped_config()))).absolute()
    if not (config / "regulations").is_dir():
        faults.append(FieldFault("DAJIAN_CONFIG", f"no folder 'regulations' in {config}"))
    secret_key = environment.get("DAJIAN_SECRET_KEY", "")
    if secret_key and len(secret_key) < _SHORTEST_KEY:
        faults.append(FieldFault("DAJIAN_SECRET_KEY", f"needs at least {_SHORTEST_KEY} characters"))
    limit = environment.get("DAJIAN_UPLOAD_LIMIT_MB", "20")
    if not limit.isdecimal() or int(limit) not in _UPLOAD_LIMITS_MB:
        faults.append(FieldFault("DAJIAN_UPLOAD_LIMIT_MB", "must be a whole number from 1 to 200"))
    public_site = environment.get("DAJIAN_PUBLIC_SITE", "http://127.0.0.1:8000").rstrip("/")
    if not _SITE.fullmatch(public_site):
        faults.append(
            FieldFault("DAJIAN_PUBLIC_SITE", "must be http(s)://host[:port] and nothing more")
        )
    geocoder = environment.get("DAJIAN_GEOCODER", "").strip().lower()
    if geocoder and geocoder not in _geocoders():
        known = ", ".join(sorted(_geocoders()))
        faults.append(FieldFault("DAJIAN_GEOCODER", f"'{geocoder}' is none of {known}"))
    passphrase = _passphrase(environment, faults)
    smtp = _smtp(environment, faults)
    sms = _short_messages(environment, faults)
    demonstration = _switch("DAJIAN_DEMONSTRATION", environment, faults)
    https = _switch("DAJIAN_HTTPS", environment, faults)
    if faults:
        raise InvalidInputError(faults)
    return Settings(
        data=data,
        database_url=url,
        config=config,
        demonstration=demonstration,
        secret_key=secret_key,
        https=https,
        upload_limit_mb=int(limit),
        map_approval_number=environment.get("DAJIAN_MAP_APPROVAL_NUMBER", "").strip(),
        public_site=public_site,
        geocoder=geocoder,
        geocoder_domain=environment.get("DAJIAN_GEOCODER_DOMAIN", "").strip(),
        geocoder_key=environment.get("DAJIAN_GEOCODER_KEY", "").strip(),
        key_passphrase=passphrase,
        **smtp,
        **sms,
    )


def _smtp(environment: Mapping[str, str], faults: list[FieldFault]) -> dict[str, Any]:
    """Return the mail server; without a host nothing is sent and nothing else is judged."""
    host = environment.get("DAJIAN_SMTP_HOST", "").strip()
    if not host:
        return {}
    port = environment.get("DAJIAN_SMTP_PORT", "25")
    if not port.isdecimal() or int(port) not in _PORTS:
        faults.append(FieldFault("DAJIAN_SMTP_PORT", "must be a whole number from 1 to 65535"))
        port = "25"
    sender = environment.get("DAJIAN_SMTP_SENDER", "").strip()
    if not EMAIL.fullmatch(sender):
        faults.append(FieldFault("DAJIAN_SMTP_SENDER", "must be the address notices come from"))
    tls = environment.get("DAJIAN_SMTP_TLS", "none").strip().lower()
    if tls not in _TLS:
        faults.append(FieldFault("DAJIAN_SMTP_TLS", f"must be one of {', '.join(_TLS)}"))
    user = environment.get("DAJIAN_SMTP_USER", "")
    if user and tls == "none":
        faults.append(FieldFault("DAJIAN_SMTP_TLS", "a password is sent over TLS only"))
    return {
        "smtp_host": host,
        "smtp_port": int(port),
        "smtp_sender": sender,
        "smtp_tls": tls,
        "smtp_user": user,
        "smtp_password": environment.get("DAJIAN_SMTP_PASSWORD", ""),
    }


def _short_messages(environment: Mapping[str, str], faults: list[FieldFault]) -> dict[str, Any]:
    """Return the gateway of short messages; without an address none are sent."""
    url = environment.get("DAJIAN_SMS_URL", "").strip()
    if not url:
        return {}
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        faults.append(FieldFault("DAJIAN_SMS_URL", "must be an address with http:// or https://"))
    elif parts.scheme == "http" and parts.hostname not in _THIS_MACHINE:
        faults.append(FieldFault("DAJIAN_SMS_URL", "numbers and texts leave over https only"))
    template = environment.get("DAJIAN_SMS_TEMPLATE", "").strip()
    if template and not _is_template(template):
        message = "must be JSON with {to} and with {subject} or {text} in place of strings"
        faults.append(FieldFault("DAJIAN_SMS_TEMPLATE", message))
    header = environment.get("DAJIAN_SMS_SIGN_HEADER", "X-Signature").strip()
    if not _HEADER.fullmatch(header):
        faults.append(FieldFault("DAJIAN_SMS_SIGN_HEADER", "must be the name of an HTTP header"))
    return {
        "sms_url": url,
        "sms_template": template,
        "sms_header": header,
        "sms_secret": environment.get("DAJIAN_SMS_SECRET", ""),
    }


def _is_template(text: str) -> bool:
    """Whether a text is JSON once its places are filled in, and says to whom and what."""
    tried = text
    for one in ("to", "subject", "text", "id"):
        tried = tried.replace(f"{{{one}}}", '"x"')
    try:
        json.loads(tried)
    except ValueError:
        return False
    return "{to}" in text and ("{subject}" in text or "{text}" in text)


def _passphrase(environment: Mapping[str, str], faults: list[FieldFault]) -> str:
    """Return the passphrase of the private keys, from the environment or the file it names."""
    name = "DAJIAN_KEY_PASSPHRASE"
    given, file = environment.get(name, ""), environment.get(f"{name}_FILE", "")
    if file:
        try:
            given = Path(file).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as wrong:
            faults.append(FieldFault(f"{name}_FILE", f"cannot be read: {wrong}"))
            return ""
        name = f"{name}_FILE"
    if (given or file) and len(given) < _SHORTEST_PASSPHRASE:
        faults.append(FieldFault(name, f"needs at least {_SHORTEST_PASSPHRASE} characters"))
    return given


def _geocoders() -> Mapping[str, object]:
    """Return the services that geopy can ask; loaded only where one is set."""
    from geopy.geocoders import SERVICE_TO_GEOCODER  # noqa: PLC0415 - slow to load

    services: Mapping[str, object] = SERVICE_TO_GEOCODER
    return services


def _switch(name: str, environment: Mapping[str, str], faults: list[FieldFault]) -> bool:
    value = environment.get(name, "0") or "0"
    if value not in {"0", "1"}:
        faults.append(FieldFault(name, "must be 0 or 1"))
    return value == "1"


def place_compiled_code(
    settings: Settings, environment: MutableMapping[str, str] = os.environ
) -> None:
    """Keep compiled searches under the data folder where the program's own folder is read-only.

    NUMBA_CACHE_DIR, if it is set, decides.
    """
    program = Path(__file__).parent.parent / "transport" / "search"
    if "NUMBA_CACHE_DIR" not in environment and not os.access(program, os.W_OK):
        environment["NUMBA_CACHE_DIR"] = str(settings.data / "compiled")
