"""Reads the short strings of the official form sign by sign, so that faults can name the place."""

from __future__ import annotations

import unicodedata

# Signs that forms, input methods and word processors put in place of ours.
_SIGNS = {
    "×": "*",
    "✕": "*",
    "✖": "*",
    "x": "*",
    "X": "*",
    "·": ".",
    "。": ".",
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{HORIZONTAL BAR}": "-",
}
_SHOWN = 12
_DIGITS = frozenset("0123456789")


class FormText:
    """A text under the reader's finger: blanks are passed over, full-width signs read as ours."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._signs = [usual_sign(sign) for sign in text]
        self._next = 0
        self.last_number_at = 1
        self._pass_blanks()

    @property
    def at_end(self) -> bool:
        """Whether everything was read."""
        return self._next >= len(self._signs)

    @property
    def place(self) -> int:
        """Number of the next character, counted from 1 in the text as it was given."""
        return self._next + 1

    @property
    def rest(self) -> str:
        """What comes next, as it was given, shortened."""
        return self.text[self._next :].strip()[:_SHOWN]

    def take(self, sign: str) -> bool:
        """Step over a sign if it comes next."""
        if self.at_end or self._signs[self._next] != sign:
            return False
        self._next += 1
        self._pass_blanks()
        return True

    def number(self) -> str:
        """Step over digits with at most one point between them; empty if no digit comes next."""
        start = self._next
        self._digits()
        if self._next > start and self._sign() == "." and self._sign(1) in _DIGITS:
            self._next += 1
            self._digits()
        found = "".join(self._signs[start : self._next])
        if found:
            self.last_number_at = start + 1
        self._pass_blanks()
        return found

    def _digits(self) -> None:
        while self._sign() in _DIGITS:
            self._next += 1

    def _sign(self, ahead: int = 0) -> str:
        place = self._next + ahead
        return self._signs[place] if place < len(self._signs) else ""

    def _pass_blanks(self) -> None:
        while self._sign() == " ":
            self._next += 1


def usual_sign(sign: str) -> str:
    """Return the sign that a full-width or look-alike sign stands for."""
    if sign.isspace():
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    plain = plain if len(plain) == 1 else sign
    return _SIGNS.get(plain, _SIGNS.get(sign, plain))
