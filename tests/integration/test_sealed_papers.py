"""Papers sealed by the certificate of their office: who vouches, and that no byte was changed."""

from __future__ import annotations

import re
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from tests.papers import annex
from tests.passes import CHINA
from transport.errors import InvalidInputError
from webapp.documents.pass_annex import pass_annex_pdf
from webapp.storage.office_seals import OfficeSeals

_PASSPHRASE = "a passphrase for tests only"
_OFFICE = "内蒙古自治区交通运输厅"
_NOW = datetime.now(CHINA)  # noqa: TID251 - certificates are judged by the real clock


@pytest.fixture(scope="module")
def plain() -> bytes:
    return pass_annex_pdf(annex())


@pytest.fixture
def seals(tmp_path: Path) -> OfficeSeals:
    made = OfficeSeals(tmp_path, _PASSPHRASE, lambda: _NOW - timedelta(hours=1))
    made.make("office", _OFFICE)
    return made


def read(sealed: bytes, root: Path | None) -> tuple[bool, bool, str]:
    """Say whether the paper is unchanged, whether its signer is trusted, and who it is."""
    roots = []
    if root is not None:
        _, _, der = pem.unarmor(root.read_bytes())
        roots = [x509.Certificate.load(der)]
    [found] = PdfFileReader(BytesIO(sealed)).embedded_signatures
    # The library runs an event loop of its own, and the browser's tests keep one in this thread.
    with ThreadPoolExecutor(1) as apart:
        told = apart.submit(
            validate_pdf_signature, found, ValidationContext(trust_roots=roots)
        ).result()
    return told.intact and told.valid, told.trusted, told.signing_cert.subject.human_friendly


def test_the_annex_is_sealed_by_the_issuing_office(
    seals: OfficeSeals, plain: bytes, tmp_path: Path
) -> None:
    sealed = seals.seal(plain, "office", _OFFICE)
    assert sealed.startswith(plain)
    assert b"ETSI.CAdES.detached" in sealed
    intact, trusted, signer = read(sealed, seals.root_file)
    assert (intact, trusted) == (True, True)
    assert _OFFICE in signer
    assert read(sealed, None)[:2] == (True, False)
    assert seals.seal(plain, "office", _OFFICE) == sealed
    key = (tmp_path / "office.p12").read_bytes()
    assert OfficeSeals(tmp_path, _PASSPHRASE, lambda: _NOW).seal(plain, "office", _OFFICE) == sealed
    assert b"PRIVATE KEY" not in key


def test_another_program_finds_the_seal_good_and_a_changed_paper_bad(
    seals: OfficeSeals, plain: bytes, tmp_path: Path
) -> None:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("needs OpenSSL, which shares nothing with what made the seal")
    sealed = seals.seal(plain, "office", _OFFICE)
    [numbers] = re.findall(rb"/ByteRange ?\[([0-9 ]+)\]", sealed)
    start, length, again, rest = map(int, numbers.split())
    signed = sealed[start : start + length] + sealed[again : again + rest]
    # What the range leaves out is the signature alone, as hexadecimal digits in brackets.
    assert again + rest == len(sealed)
    hexadecimal = sealed[start + length : again].strip(b"<>")
    signature = tmp_path / "seal.der"
    signature.write_bytes(bytes.fromhex(hexadecimal.decode()))

    def verified(content: bytes) -> bool:
        paper = tmp_path / "signed.bin"
        paper.write_bytes(content)
        asked = [openssl, "cms", "-verify", "-binary", "-inform", "DER", "-purpose", "any"]
        asked += ["-in", str(signature), "-content", str(paper), "-CAfile", str(seals.root_file)]
        asked += ["-out", str(tmp_path / "out.bin")]
        return subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode == 0

    assert verified(signed)
    changed = bytearray(signed)
    changed[len(changed) // 2] ^= 1
    assert not verified(bytes(changed))


def test_a_changed_byte_breaks_the_seal(seals: OfficeSeals, plain: bytes) -> None:
    sealed = bytearray(seals.seal(plain, "office", _OFFICE))
    place = len(plain) // 2
    sealed[place] ^= 1
    assert read(bytes(sealed), seals.root_file)[0] is False


def test_an_office_without_a_certificate_seals_nothing(seals: OfficeSeals, plain: bytes) -> None:
    assert seals.seal(plain, "another", "另一机关") == plain


def test_a_certificate_of_the_authority_is_put_in(
    seals: OfficeSeals, plain: bytes, tmp_path: Path
) -> None:
    given = (tmp_path / "office.p12").read_bytes()
    elsewhere = OfficeSeals(tmp_path / "other", "another passphrase", lambda: _NOW)
    with pytest.raises(InvalidInputError, match="PKCS 12"):
        elsewhere.put_in("office", given, "wrong")
    assert _OFFICE in elsewhere.put_in("office", given, _PASSPHRASE)
    assert read(elsewhere.seal(plain, "office", _OFFICE), seals.root_file)[1] is True
