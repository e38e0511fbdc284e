"""Signatures in the form PAdES B-LT: everything to check them is inside the file.

The file holds the certificates, the lists of revoked ones as of that moment, and a time
stamp. The first signature allows only further ones; whatever else is changed shows.
Nothing here knows tables: the simulator of the national service signs by it, too.
"""

import io
from datetime import datetime

from asn1crypto import keys, x509
from cryptography.hazmat.primitives import serialization
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from smartkampung.letters.signing import room
from smartkampung.letters.signing.apart import apart
from smartkampung.letters.signing.ports import NotSigned, Unavailable, Words
from smartkampung.letters.signing.x509 import Chain, Pair

MOST_SIGNATURES = 4


def signed_pdf(
    pdf: bytes,
    key: Pair,
    held: Chain,
    *,
    clock: TimeStamper,
    words: Words,
    at: datetime,
) -> bytes:
    """Return the PDF with one more signature; raise Unavailable or NotSigned."""
    try:
        file = IncrementalPdfFileWriter(io.BytesIO(pdf))
        number = _place(file)
        told = _said(words, held, at, number=number)
        room.prepare(file, words)
        signer = _Signer(
            told,
            _key(key, held),
            timestamper=clock,
            new_field_spec=room.locking(_field(number)) if words.laid else None,
        )
        signer.at = at
        signed = apart(signer.sign_pdf, file)
    except TimestampRequestError:
        raise Unavailable("no_time_stamp") from None
    except (PathError, SigningError):
        raise NotSigned("certificate") from None
    except PdfError:
        raise NotSigned("not_a_pdf") from None
    return bytes(signed.getvalue())


def _key(key: Pair, held: Chain) -> signers.SimpleSigner:
    store = SimpleCertificateStore()
    store.register_multiple([asn1(held.root), asn1(held.issuer)])
    return signers.SimpleSigner(
        signing_cert=asn1(key.certificate),
        signing_key=keys.PrivateKeyInfo.load(key.key_der),
        cert_registry=store,
    )


class _Signer(signers.PdfSigner):
    """pyHanko's signer, told the time instead of reading a clock."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        """Begin, at the time we were told."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _said(
    words: Words, held: Chain, at: datetime, *, number: int
) -> signers.PdfSignatureMetadata:
    return signers.PdfSignatureMetadata(
        field_name=_field(number),
        subfilter=fields.SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        reason=words.reason or None,
        location=words.place or None,
        contact_info=words.proof or None,
        certify=number == 1,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS,
        embed_validation_info=True,
        validation_context=ValidationContext(
            trust_roots=[asn1(each) for each in (held.root, *held.clocks)],
            other_certs=[asn1(held.issuer)],
            crls=held.revoked,
            moment=at,
            allow_fetching=False,
            revocation_mode="hard-fail",
        ),
    )


def asn1(certificate: Certificate) -> x509.Certificate:
    """Return a certificate as pyHanko reads it."""
    return x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _field(number: int) -> str:
    return f"Signature{number}"


def _place(file: IncrementalPdfFileWriter) -> int:
    signed = len(file.prev.embedded_signatures)
    if signed >= MOST_SIGNATURES:
        raise NotSigned("signed_often_enough")
    return signed + 1
