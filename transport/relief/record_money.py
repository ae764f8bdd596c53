"""The money of records: read as whole fen, compared with our schedule and with granted claims."""

from __future__ import annotations

from transport.relief.records import Fault, Known, Mismatch

Money = tuple[int, int, int]
_MOST_KEPT = 200_000


class Amounts:
    """Compares toll, relief and payment; amounts and prices that repeat are worked out once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._fen: dict[str, int] = {}
        self._tolls: dict[tuple[str, str, str, str], int | None] = {}
        self._claimed: set[str] = set()

    def read(self, texts: tuple[str, str, str]) -> Money | Fault:
        """Return toll, relief and payment in fen, or what is wrong with them."""
        kept = self._fen
        try:
            money = (kept[texts[0]], kept[texts[1]], kept[texts[2]])
        except KeyError:
            try:
                money = (self._keep(texts[0]), self._keep(texts[1]), self._keep(texts[2]))
            except (ValueError, OverflowError):
                return Fault(Mismatch.NUMBER_UNREADABLE, " ".join(texts), "")
        if min(money) < 0:
            return Fault(Mismatch.AMOUNT_NEGATIVE, " ".join(texts), "0")
        return money

    def _keep(self, text: str) -> int:
        if len(self._fen) > _MOST_KEPT:
            self._fen.clear()
        fen = self._fen[text] = round(float(text) * 100)
        return fen

    def compare(self, money: Money, asked: tuple[str, str, str, str]) -> list[Fault]:
        """Compare with the toll by our schedule (entry, exit, axles, day), and the sums."""
        toll, relief, paid = money
        try:
            ours = self._tolls[asked]
        except KeyError:
            entry, exit_, axles, day = asked
            number = int(axles) if axles.isdecimal() else 0
            ours = self._tolls[asked] = self._known.toll_fen(entry, exit_, number, day)
        faults = []
        if ours is not None and ours != toll:
            faults.append(Fault(Mismatch.TOLL_DIFFERS, _yuan(toll), _yuan(ours)))
        if relief > toll:
            faults.append(Fault(Mismatch.RELIEF_ABOVE_TOLL, _yuan(relief), _yuan(toll)))
        elif toll - relief != paid:
            faults.append(Fault(Mismatch.PAID_DIFFERS, _yuan(paid), _yuan(toll - relief)))
        return faults

    def compare_claim(
        self, relief_fen: int, number: str, scheme: str, pass_number: str
    ) -> list[Fault]:
        """Compare with the granted claim that the record names."""
        known = self._known.claims.get(number) if number else None
        if known is None:
            if relief_fen or number:
                return [Fault(Mismatch.RELIEF_WITHOUT_CLAIM, number or _yuan(relief_fen), "")]
            return []
        self._claimed.add(number)
        faults = []
        if relief_fen != known.relief_fen:
            wanted = _yuan(known.relief_fen)
            faults.append(Fault(Mismatch.RELIEF_DIFFERS, _yuan(relief_fen), wanted))
        if scheme != known.scheme_id:
            faults.append(Fault(Mismatch.SCHEME_DIFFERS, scheme, known.scheme_id))
        if pass_number != known.pass_number:
            faults.append(Fault(Mismatch.CLAIM_OF_OTHER_PASS, pass_number, known.pass_number))
        return faults

    def unmentioned(self) -> list[str]:
        """Return the granted claims that no record named."""
        return sorted(set(self._known.claims) - self._claimed)


def _yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"
