"""What `dajian network` says is said in Chinese, then in English."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from road_data.in_use import damaged, no_network
from transport.errors import FieldFault, InvalidInputError, NotFoundError
from webapp.command_line.network import _STAGES
from webapp.command_line.network_words import STAGES, TwoLanguages, both, stage


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("'4,x' is not a number", "“4,x”不是数字"),
        ("500 is outside 0.5 to 100 m", "500 超出范围 0.5–100 m"),
        ("the same structure_id as in line 3", "structure_id 与第 3 行重复"),
        (str(no_network(Path("var/x"))), "var/x 中没有路网，请先构建："),
        (str(damaged(Path("a.npy"), "cut off", Path("var/x"))), "a.npy: cut off；请重新构建路网："),
        ("this network has no road 'G9'", "此路网没有道路“G9”"),
    ],
)
def test_a_sentence_is_said_in_chinese_first(message: str, said: str) -> None:
    assert both(message).startswith(said)
    assert both(message).endswith(f" / {message}")


def test_a_sentence_without_chinese_stays_as_it_is() -> None:
    assert both("something quite new") == "something quite new"


def test_every_stage_of_a_build_has_both_languages() -> None:
    assert set(_STAGES) <= set(STAGES)
    assert stage("reading") == "读取 reading"


@pytest.mark.parametrize(
    "refusal",
    [
        NotFoundError(str(no_network(Path("x")))),
        InvalidInputError([FieldFault("lon", "'x' is not a number")]),
    ],
)
def test_refusals_of_the_commands_keep_their_kind(refusal: Exception) -> None:
    def refuse() -> None:
        raise refusal

    group = TwoLanguages(commands={"do": click.Command("do", callback=refuse)})
    with pytest.raises(type(refusal), match=" / "):
        group.main(["do"], standalone_mode=False)
