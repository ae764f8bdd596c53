"""The QR code of a pass as a drawing: capital letters only, level M, at most version 20."""

from __future__ import annotations

import io

import segno

from transport.errors import FieldFault, InvalidInputError

LARGEST_VERSION = 20
_QUIET_ZONE = 4


def qr_drawing(text: str) -> str:
    """Draw a QR code as SVG; raise InvalidInputError where the text needs a larger code."""
    code = segno.make(text, error="m", micro=False, boost_error=False)
    if int(code.version) > LARGEST_VERSION:
        raise InvalidInputError(
            [
                FieldFault(
                    "token", f"needs QR version {code.version}; {LARGEST_VERSION} is the limit"
                )
            ]
        )
    content = io.BytesIO()
    code.save(content, kind="svg", border=_QUIET_ZONE, svgversion=1.1, omitsize=True, xmldecl=False)
    return content.getvalue().decode()
