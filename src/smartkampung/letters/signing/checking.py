"""Checks the signatures of a PDF, against given roots and nothing else.

No Django, no network: the same code answers on the page and in the offline tool. A
signature is judged at the moment of its time stamp, by the lists that it carries; what
was revoked before that moment by a newer list does not count either.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import x509
from cryptography.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SignedDataCerts, extract_certificate_info
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from smartkampung.letters.signing.apart import apart
from smartkampung.letters.signing.drawn import looks_the_same
from smartkampung.letters.signing.pades import MOST_SIGNATURES, asn1
from smartkampung.letters.signing.rules.reports import (
    LARGEST_PDF,
    Fault,
    Report,
    Signature,
)


@dataclass(frozen=True)
class _Roots:
    """Who vouches for what; a clock vouches for no signer."""

    own: list[x509.Certificate]
    signers: list[x509.Certificate]
    clocks: list[x509.Certificate]


def check_pdf(
    pdf: bytes,
    *,
    roots: Iterable[Certificate],
    revoked: Mapping[int, datetime],
    outside: Iterable[Certificate] = (),
    clocks: Iterable[Certificate] = (),
    sent: int = 0,
) -> Report | None:
    """Judge every signature of a file; None when it cannot be read as a PDF.

    ``roots`` are ours, ``outside`` those of others who sign here; ``clocks`` vouch for
    time stamps only. ``revoked`` holds serials of certificates that ended, and when.
    Behind the first ``sent`` bytes, when given, only signatures may have been added.
    For files of strangers there is ``checked.checked``, which no file can harm.
    """
    if len(pdf) > LARGEST_PDF or not pdf.startswith(b"%PDF-"):
        return None
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=True)
        found = reader.embedded_regular_signatures
    except (PdfError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if not 0 < len(found) <= MOST_SIGNATURES:
        return Report(())
    own = [asn1(each) for each in roots]
    signers = own + [asn1(each) for each in outside]
    trusted = _Roots(own, signers, signers + [asn1(each) for each in clocks])
    each = tuple(
        _judged(reader, one, trusted, revoked, last=one is found[-1]) for one in found
    )
    # What hangs on behind the end is read by nobody, and is no part of a letter either.
    if not pdf.rstrip(b"\r\n").endswith(b"%%EOF"):
        return Report(each, altered=True)
    if not sent:
        return Report(each)
    before = PdfFileReader(io.BytesIO(pdf[:sent]), strict=True)
    return Report(each, altered=not looks_the_same(before, reader))


def _judged(
    reader: PdfFileReader,
    one: EmbeddedPdfSignature,
    roots: _Roots,
    revoked: Mapping[int, datetime],
    *,
    last: bool,
) -> Signature:
    try:
        status, at, own = _validated(reader, one, roots)
    except (
        PdfError,
        SignatureValidationError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ):
        return Signature("", "", "", None, False, "", Fault.ALTERED)
    told = one.signer_cert.subject.native
    return Signature(
        name=str(told.get("common_name", "")),
        title=str(told.get("title", "")),
        office=str(told.get("organization_name", "")),
        at=at,
        own_time=own,
        proof=str(one.sig_object.get("/ContactInfo", "")),
        fault=_fault(status, one, at, revoked, last=last),
        ours=_hangs_on(status, roots.own),
    )


def _validated(
    reader: PdfFileReader, one: EmbeddedPdfSignature, roots: _Roots
) -> tuple[PdfSignatureStatus, datetime | None, bool]:
    one.compute_integrity_info()
    at, own = _stamped(one)
    signers = _context(reader, roots.signers, at)
    clocks = _context(reader, roots.clocks, at)
    return apart(validate_pdf_signature, one, signers, clocks), at, own


def _context(
    reader: PdfFileReader, roots: list[x509.Certificate], at: datetime | None
) -> ValidationContext:
    rules: dict[str, Any] = {
        "trust_roots": roots,
        "allow_fetching": False,
        "revocation_mode": "hard-fail",
        **({"moment": at} if at else {}),
    }
    try:
        held = DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return ValidationContext(**rules)
    context: ValidationContext = held.as_validation_context(rules)
    return context


def _hangs_on(status: PdfSignatureStatus, roots: list[x509.Certificate]) -> bool:
    path = status.validation_path
    return path is not None and path.first.dump() in {one.dump() for one in roots}


def _stamped(one: EmbeddedPdfSignature) -> tuple[datetime | None, bool]:
    """Return when the stamp says that it was, and whether its clock is the signer's."""
    stamp = next(extract_tst_data_iter(one.signer_info, signed=False), None)
    if stamp is None:
        return None, False
    content = stamp["encap_content_info"]["content"].parsed
    certificates: SignedDataCerts = extract_certificate_info(stamp)
    own = certificates.signer_cert.issuer == one.signer_cert.issuer
    return content["gen_time"].native, own


def _fault(
    status: PdfSignatureStatus,
    one: EmbeddedPdfSignature,
    at: datetime | None,
    revoked: Mapping[int, datetime],
    *,
    last: bool,
) -> Fault | None:
    # A later signer fills the room that was left; behind the last nothing is filled.
    allowed = ModificationLevel.LTA_UPDATES if last else ModificationLevel.FORM_FILLING
    changed = (status.modification_level or ModificationLevel.NONE) > allowed
    if not (status.intact and status.valid) or changed or not status.docmdp_ok:
        return Fault.ALTERED
    stamp = status.timestamp_validity
    if at is None or stamp is None or not (stamp.valid and stamp.trusted):
        return Fault.NO_TIME
    if status.revoked or _ended(one.signer_cert.serial_number, at, revoked):
        return Fault.REVOKED
    if not status.trusted:
        until = one.signer_cert["tbs_certificate"]["validity"]["not_after"].native
        return Fault.EXPIRED if until < at else Fault.STRANGER
    return None if status.bottom_line else Fault.ALTERED


def _ended(serial: int, at: datetime, revoked: Mapping[int, datetime]) -> bool:
    ended = revoked.get(serial)
    return ended is not None and ended <= at
