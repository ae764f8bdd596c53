"""The answer of a check as JSON, the same for command, interface and page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from transport.verification.pass_token import PassClaims
from transport.verification.signing import Verification


def verification_as_json(answer: Verification, at: datetime) -> dict[str, Any]:
    """Write an answer in the words of the contract."""
    as_of = answer.revocations_as_of
    return {
        "outcome": answer.outcome.value,
        "claims": claims_as_json(answer.claims) if answer.claims else None,
        "revocations_as_of": as_of.isoformat() if as_of else None,
        "on_route": answer.on_route,
        "within_hours": answer.within_hours,
        "key_id": answer.key_id or None,
        "reason": answer.reason or None,
        "at": at.isoformat(),
    }


def claims_as_json(claims: PassClaims) -> dict[str, Any]:
    """Write what a pass says."""
    return {
        "number": claims.number,
        "revision": claims.revision,
        "tractor_plate": claims.tractor_plate,
        "trailer_plate": claims.trailer_plate or None,
        "height_m": claims.height_m,
        "width_m": claims.width_m,
        "length_m": claims.length_m,
        "gross_mass_t": claims.gross_mass_t,
        "largest_axle_t": claims.largest_axle_t,
        "valid_from": claims.valid_from.isoformat(),
        "valid_until": claims.valid_until.isoformat(),
        "windows": [
            {"from": window.starts.strftime("%H:%M"), "to": window.ends.strftime("%H:%M")}
            for window in claims.windows
        ],
        "top_speed_km_h": claims.top_speed_km_h,
        "bridge_speed_km_h": claims.bridge_speed_km_h,
        "roads": [
            {
                "road": stretch.road,
                "from_km": stretch.from_km,
                "to_km": stretch.to_km,
                "entry_station": stretch.entry_station or None,
                "exit_station": stretch.exit_station or None,
            }
            for stretch in claims.roads
        ],
        "joints": [list(joint) for joint in claims.joints],
        "route_digest": claims.route_digest.hex(),
        "document_digest": claims.document_digest.hex(),
        "issuer": claims.issuer,
        "issued_at": claims.issued_at.isoformat(),
    }
