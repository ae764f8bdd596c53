"""Extract the texts of the pages, keep the .po files complete, compile them into one .mo."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

_SHELL = Path(__file__).parents[1]
FOLDER = Path(__file__).parent / "zh_Hans_CN" / "LC_MESSAGES"
COMPILED = FOLDER / "messages.mo"
_SHARED = "shared"
_METHODS = [("templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
_OPTIONS = {"templates/**.html": {"silent": "false", "trimmed": "true"}}
_KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}
_WIDTH = 100
# The same texts give the same file, whenever it is compiled.
_FIXED_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def extracted() -> dict[str | tuple[str, ...], str]:
    """Return every text of code and templates with the .po file it belongs to."""
    found: dict[str | tuple[str, ...], str] = {}
    for file, _, message, _, _ in extract_from_dir(
        _SHELL, method_map=_METHODS, options_map=_OPTIONS, keywords=_KEYWORDS
    ):
        found.setdefault(message, _owner(Path(file)))
    return found


def update(*, prune: bool = False) -> list[tuple[Path, str]]:
    """Add new texts to their .po files and return what lacks Chinese.

    With `prune` the texts that no page uses any more are dropped.
    """
    needed = extracted()
    catalogues = dict(_catalogues())
    for path, catalog in catalogues.items() if prune else ():
        for message in _messages(catalog):
            if message.id not in needed:
                catalog.delete(message.id)
        _write(path, catalog)
    known = {message.id for catalog in catalogues.values() for message in _messages(catalog)}
    for text, owner in needed.items():
        if text not in known:
            path = FOLDER / f"{owner}.po"
            catalog = catalogues.setdefault(path, Catalog(locale="zh_Hans_CN"))
            catalog.add(text)
            _write(path, catalog)
    return [
        (path, str(message.id))
        for path, catalog in catalogues.items()
        for message in _messages(catalog)
        if not _is_translated(message)
    ]


def faults() -> list[str]:
    """Return what is missing or wrong, a sentence each; empty when the catalogue is complete."""
    known: dict[object, Message] = {}
    said: list[str] = []
    for path, catalog in _catalogues():
        for message in _messages(catalog):
            known[message.id] = message
            said += [f"{path.name}: {message.id!r}: {fault}" for fault in message.check(catalog)]
    for text, owner in extracted().items():
        if text not in known:
            said.append(f"{owner}.po lacks {text!r}; run 'python -m webapp.translations'")
        elif not _is_translated(known[text]):
            said.append(f"{owner}.po has no Chinese for {text!r}")
    if not said and (not COMPILED.exists() or COMPILED.read_bytes() != compiled()):
        said.append("messages.mo is out of date; run 'python -m webapp.translations'")
    return said


def compiled() -> bytes:
    """Return the .mo file that all .po files make together."""
    together = Catalog(locale="zh_Hans_CN", domain="messages")
    for _, catalog in _catalogues():
        for message in _messages(catalog):
            if _is_translated(message):
                together.add(message.id, message.string)
    together.revision_date = together.creation_date = _FIXED_TIME
    file = io.BytesIO()
    write_mo(file, together)
    return file.getvalue()


def compile_all() -> None:
    """Write the compiled catalogue."""
    COMPILED.write_bytes(compiled())


def _owner(file: Path) -> str:
    parts = file.parts[1:] if file.parts[0] == "templates" else file.parts
    folder = parts[0] if len(parts) > 1 else _SHARED
    return _SHARED if folder in {"macros", "translations", "storage"} else folder


def _catalogues() -> Iterator[tuple[Path, Catalog]]:
    for path in sorted(FOLDER.glob("*.po")):
        with path.open("rb") as file:
            yield path, read_po(file, locale="zh_Hans_CN", abort_invalid=True)


def _messages(catalog: Catalog) -> list[Message]:
    return [message for message in catalog if message.id]


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(strings) and not message.fuzzy


def _write(path: Path, catalog: Catalog) -> None:
    file = io.BytesIO()
    write_po(
        file,
        catalog,
        width=_WIDTH,
        omit_header=True,
        no_location=True,
        sort_output=True,
        ignore_obsolete=True,
    )
    if not path.exists() or path.read_bytes() != file.getvalue():
        path.write_bytes(file.getvalue())
