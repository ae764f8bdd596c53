"""Seals of offices: PAdES signatures on papers, each with the certificate of its office.

A certificate lies in `<office>.p12` under the installation's passphrase. One that an authority was
given is put in from a file; else the installation makes one, signed by its own root, whose public
half is `root.pem`. SM2 seals and OFD files are not made here: another implementation of the port.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from transport.errors import FieldFault, InvalidInputError
from webapp.storage.key_files import encryption_under

ROOT = "root"
_YEARS = timedelta(days=365 * 5)
_FIELD = "Issuer"


class OfficeSeals:
    """Seals papers with the certificates of a folder; `now` is the clock.

    With `self_made` an office without a certificate is given one when it first seals. The same
    paper is sealed once: what was made is kept under the digest of the paper.
    """

    def __init__(
        self, folder: Path, passphrase: str, now: Callable[[], datetime], *, self_made: bool = False
    ) -> None:
        self._folder = folder
        self._passphrase = passphrase
        self._now = now
        self._self_made = self_made

    @property
    def root_file(self) -> Path:
        """Return the certificate that vouches for those made here, to be given to readers."""
        return self._folder / f"{ROOT}.pem"

    def has(self, office_id: str) -> bool:
        """Say whether an office has a certificate."""
        return self._file(office_id).is_file()

    def make(self, office_id: str, office: str) -> None:
        """Make a certificate for an office, signed by the root of this installation."""
        if not self._file(ROOT).is_file():
            key, certificate = _certificate("dajian", None, self._now())
            self._write(ROOT, key, certificate)
            self.root_file.write_bytes(certificate.public_bytes(Encoding.PEM))
        root_key, root, _ = self._read(ROOT)
        if root is None or not isinstance(root_key, EllipticCurvePrivateKey):
            raise _wrong(f"{self._file(ROOT)} is no root of seals; remove it and make seals again")
        key, certificate = _certificate(office, (root_key, root), self._now())
        self._write(office_id, key, certificate, root)

    def put_in(self, office_id: str, content: bytes, passphrase: str) -> str:
        """Keep the certificate an office was given (PKCS 12); return its subject.

        Raises InvalidInputError where the file or its passphrase is wrong.
        """
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(
                content, passphrase.encode() or None
            )
        except ValueError as wrong:
            raise _wrong(f"is no PKCS 12 file of this passphrase: {wrong}") from wrong
        if certificate is None or not isinstance(key, EllipticCurvePrivateKey):
            raise _wrong("must hold a certificate and its elliptic-curve key")
        self._write(office_id, key, certificate, *others)
        return certificate.subject.rfc4514_string()

    def seal(self, content: bytes, office_id: str, office: str) -> bytes:
        """Return the PDF signed by an office; as it is where the office has no certificate."""
        if self._self_made and office_id and not self.has(office_id):
            self.make(office_id, office)
        if not office_id or not self.has(office_id):
            return content
        sealed_before = self._folder / "papers" / f"{self._name(content, office_id)}.pdf"
        if sealed_before.is_file():
            return sealed_before.read_bytes()
        made = self._signed(content, office_id, office)
        sealed_before.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(sealed_before, made)
        return made

    def _signed(self, content: bytes, office_id: str, office: str) -> bytes:
        # Loaded when the first paper is sealed: it takes longer than everything else here.
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
        from pyhanko.sign import signers  # noqa: PLC0415
        from pyhanko.sign.fields import SigSeedSubFilter  # noqa: PLC0415

        encryption_under(self._passphrase)
        signer = signers.SimpleSigner.load_pkcs12_data(
            self._file(office_id).read_bytes(), other_certs=[], passphrase=self._passphrase.encode()
        )
        if signer is None:
            raise _wrong(f"the passphrase does not open {self._file(office_id)}")
        meta = signers.PdfSignatureMetadata(
            field_name=_FIELD,
            md_algorithm="sha256",
            name=office,
            subfilter=SigSeedSubFilter.PADES,
        )
        # The library runs an event loop of its own: it needs a thread where none runs yet.
        with ThreadPoolExecutor(1) as apart:
            made = apart.submit(
                signers.sign_pdf,
                IncrementalPdfFileWriter(BytesIO(content)),
                meta,
                signer=signer,
                output=BytesIO(),
            ).result()
        return bytes(made.getbuffer())

    def _name(self, content: bytes, office_id: str) -> str:
        digest = hashlib.sha256(content)
        digest.update(self._file(office_id).read_bytes())
        return digest.hexdigest()

    def _file(self, office_id: str) -> Path:
        return self._folder / f"{office_id}.p12"

    def _read(
        self, office_id: str
    ) -> tuple[object, x509.Certificate | None, list[x509.Certificate]]:
        encryption_under(self._passphrase)
        return pkcs12.load_key_and_certificates(
            self._file(office_id).read_bytes(), self._passphrase.encode()
        )

    def _write(
        self,
        office_id: str,
        key: EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        *others: x509.Certificate,
    ) -> None:
        content = pkcs12.serialize_key_and_certificates(
            office_id.encode(), key, certificate, list(others), encryption_under(self._passphrase)
        )
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(self._file(office_id), content)


def _write_whole(path: Path, content: bytes) -> None:
    unfinished = path.with_suffix(f".{secrets.token_hex(4)}.new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    unfinished.replace(path)


def _certificate(
    name: str, issuer: tuple[EllipticCurvePrivateKey, x509.Certificate] | None, at: datetime
) -> tuple[EllipticCurvePrivateKey, x509.Certificate]:
    key = generate_private_key(SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name[:64])])
    is_root = issuer is None
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer[1].subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + _YEARS)
        .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    return key, builder.sign(issuer[0] if issuer else key, SHA256())


def _wrong(message: str) -> InvalidInputError:
    return InvalidInputError([FieldFault("certificate", message)])
