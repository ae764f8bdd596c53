"""Typed settings from the environment; a wrong value stops the start with its name."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from transport.errors import FieldFault, InvalidInputError


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything an installation can set; the README's table lists the same names."""

    data: Path
    database_url: str
    config: Path
    demonstration: bool


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
    if faults:
        raise InvalidInputError(faults)
    return Settings(
        data=data,
        database_url=url,
        config=config,
        demonstration=environment.get("DAJIAN_DEMONSTRATION", "") == "1",
    )
