"""Romanise the Chinese names of places."""

from __future__ import annotations

from pypinyin import lazy_pinyin

# Signs that stand for one sound in the place names of Inner Mongolia, whatever they do elsewhere.
_SOUNDS = {"扎": "zha", "什": "shi", "大": "da", "腾": "teng", "赉": "lai", "都": "du"}


def pinyin(name: str) -> str:
    """Return the pinyin of a name without tones, spaces or capitals, e.g. `huhehaoteshi`."""
    syllables = (_SOUNDS.get(sign) or "".join(lazy_pinyin(sign)) for sign in name)
    return "".join(syllables).lower().replace("ü", "v")
