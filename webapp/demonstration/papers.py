"""Small real files for the demonstration's uploads: PDF papers and a PNG photo."""

from __future__ import annotations

import struct
import zlib

PAPER_NAMES = {
    "application_form": "申请表",
    "transport_licence": "道路运输经营许可证",
    "agent_identity": "经办人身份证",
    "power_of_attorney": "授权委托书",
    "vehicle_licence": "行驶证",
    "outline_drawing": "轮廓图",
    "escort_plan": "护送方案",
}
_PHOTO_SIZE = (160, 90)
_SKY, _ROAD = b"\x9c\xc4\xe4", b"\x6b\x70\x75"


def paper(title: str) -> bytes:
    """Return a one-page PDF that says what it stands for (ASCII only)."""
    text = f"BT /F1 20 Tf 60 760 Td (Demonstration: {title}) Tj ET".encode("ascii")
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    document = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, start=1):
        places.append(len(document))
        document += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(document)
    document += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    document += b"".join(b"%010d 00000 n \n" % place for place in places)
    document += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(bodies) + 1)
    document += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(document)


def photo() -> bytes:
    """Return a picture that stands for a photo of the loaded truck: a sky over a road."""
    width, height = _PHOTO_SIZE
    rows = b"".join(
        b"\x00" + (_SKY if row < height * 2 // 3 else _ROAD) * width for row in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)
