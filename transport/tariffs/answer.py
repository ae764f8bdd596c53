"""Say a toll quote in the contract's words."""

from __future__ import annotations

from typing import Any

from transport.tariffs.quote import Quote


def quote_as_json(quote: Quote) -> dict[str, Any]:
    """Return the JSON document of `dajian toll quote`; money is a string with two places.

    `toll_yuan` is null where tolling of a part of the way is not known.
    """
    return {
        "toll_yuan": f"{quote.toll_yuan:.2f}" if quote.is_complete else None,
        "lines": [
            {
                "section": line.section,
                "rule": line.rule,
                "length_km": float(line.length_km),
                "amount_yuan": f"{line.amount_yuan:.2f}",
                "kind": line.kind.value,
                "section_id": line.section_id,
                "ownership": line.ownership.value,
                "operator": line.operator,
                "tariff_line": line.tariff_line,
            }
            for line in quote.lines
        ],
        "status": quote.status.value,
        "untold_km": round(quote.untold_m / 1000, 3),
    }
