"""Write a legal clause in the reader's language: `R62 art. 3(1)` becomes 《…规定》第3条第1项."""

from __future__ import annotations

import re
from collections.abc import Mapping

from transport.regulations.citation import Instrument

_WHERE = re.compile(
    r"^(?:arts?\.\s*)?(?P<number>\d[\d.–-]*)"
    r"(?P<items>(?:\(\d+\))*)"
    r"(?: para\. (?P<paragraph>\d+)(?P<paragraph_items>(?:\(\d+\))*))?"
    r"(?P<last> last para\.)?"
    r"(?P<rest>.*)$"
)
_BESIDE = re.compile(r"\s*[(（].*$")
_STANDARD = re.compile(r"^(?:GB|JTG|JT|JTJ|CJJ|QC|JGJ)(?:/T)? [\d.]+-\d+")


def clause_in_chinese(clause: str, instruments: Mapping[str, Instrument]) -> str:
    """Return the clause with the instrument's Chinese title; unchanged where it is not known."""
    return "；".join(_one(part.strip(), instruments) for part in clause.split(";"))


def _one(clause: str, instruments: Mapping[str, Instrument]) -> str:
    short, _, where = clause.partition(" ")
    instrument = instruments.get(short)
    if instrument is None:
        return clause
    title = _title(instrument.title_zh)
    found = _WHERE.match(where)
    if found is None:
        return f"{title}{where}"
    paragraph = f"第{found['paragraph']}款" if found["paragraph"] else ""
    last = "末款" if found["last"] else ""
    rest = found["rest"].replace(", ", "、")
    return (
        f"{title}第{found['number']}条{_items(found['items'])}"
        f"{paragraph}{_items(found['paragraph_items'] or '')}{last}{rest}"
    )


def _title(title_zh: str) -> str:
    standard = _STANDARD.match(title_zh)
    if standard:
        return f"{standard[0]} "
    return f"《{_BESIDE.sub('', title_zh).removeprefix('中华人民共和国')}》"


def _items(text: str) -> str:
    return "".join(f"第{item}项" for item in re.findall(r"\((\d+)\)", text))
