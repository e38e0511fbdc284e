"""The authorities, and what making and checking a signature needs of them."""

import base64
from datetime import datetime
from pathlib import Path

from cryptography.x509 import (
    Certificate,
    load_pem_x509_certificate,
    load_pem_x509_certificates,
)
from django.conf import settings
from django.shortcuts import get_object_or_404

from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.signing.errors import NoAuthority
from smartkampung.letters.signing.models import Authority, SigningCertificate
from smartkampung.letters.signing.x509 import (
    ROOT_LIVES,
    Chain,
    Ended,
    Pair,
    issued_by,
    pair,
    revocation_list,
)


def authority() -> Authority:
    """Return the authority in use; raise NoAuthority when there is none yet."""
    row = Authority.objects.filter(retired_at=None).first()
    if row is None:
        raise NoAuthority
    return row


def numbered(number: int) -> Authority:
    """Return the authority with a number, or raise Http404."""
    return get_object_or_404(Authority, pk=number)


def first_made() -> Authority:
    """Return the authority that was made first; raise NoAuthority when there is none."""
    row = Authority.objects.order_by("pk").first()
    if row is None:
        raise NoAuthority
    return row


def opened(certificate: str, key: Sealed) -> Pair:
    """Return a pair of the authority, its key opened: it is no number of a person."""
    return pair(certificate, base64.b64decode(key.open()))


def issuer_of(certificate: Certificate) -> Authority:
    """Return the authority that issued a certificate, in use or retired."""
    for row in Authority.objects.order_by("-pk"):
        if issued_by(loaded(row.issuer_pem), certificate):
            return row
    raise NoAuthority


def clock_pair(row: Authority) -> Pair:
    """Return an authority's own clock."""
    return opened(row.clock_pem, row.clock_key)


def chain(row: Authority, *, at: datetime) -> Chain:
    """Return the chain of an authority, with lists of what was revoked by now."""
    return Chain(
        root=loaded(row.root_pem),
        issuer=loaded(row.issuer_pem),
        clocks=outside(settings.TSA_ROOTS),
        revoked=[root_list(row), issuer_list(row, at=at)],
    )


def loaded(certificate: str) -> Certificate:
    """Return a kept certificate."""
    return load_pem_x509_certificate(certificate.encode())


def outside(path: str) -> list[Certificate]:
    """Return the certificates in a file that the operator named, if any."""
    return load_pem_x509_certificates(Path(path).read_bytes()) if path else []


def trusted() -> list[Certificate]:
    """Return the roots of our own authority, also those of old."""
    pems = Authority.objects.order_by("pk").values_list("root_pem", flat=True)
    return [loaded(pem) for pem in pems]


def trusted_outside() -> list[Certificate]:
    """Return the roots of others whose officers sign here, too (BSrE)."""
    return outside(settings.BSRE_ROOTS)


def trusted_clocks() -> list[Certificate]:
    """Return the roots of clocks outside: they tell the time, and sign no letter."""
    return outside(settings.TSA_ROOTS)


def root_list(row: Authority) -> bytes:
    """Return the root's own list, which names nobody: it was signed with the root.

    Authorities made before such lists were kept sign it anew, always the same.
    """
    if row.root_list:
        return bytes(row.root_list)
    root = opened(row.root_pem, row.root_key)
    return revocation_list(root, [], number=1, at=row.made_at, lives=ROOT_LIVES)


def issuer_list(row: Authority, *, at: datetime) -> bytes:
    """Return the list of what an issuer issued and what was revoked by now, signed."""
    issuer = opened(row.issuer_pem, row.issuer_key)
    ended = _ended(issuer.certificate, at)
    return revocation_list(issuer, ended, number=int(at.timestamp()), at=at)


def ended_certificates() -> dict[int, datetime]:
    """Return the serial of every certificate of ours that was revoked, and when."""
    rows = SigningCertificate.objects.filter(revoked_at__isnull=False, port="local")
    told = rows.order_by("pk").values_list("serial", "revoked_at")
    return {int(serial, 16): at for serial, at in told if at}


def _ended(issuer: Certificate, at: datetime) -> list[Ended]:
    rows = SigningCertificate.objects.filter(
        revoked_at__isnull=False, valid_until__gt=at, port="local"
    ).order_by("pk")
    return [
        Ended(int(row.serial, 16), row.revoked_at)
        for row in rows
        if row.revoked_at and issued_by(issuer, loaded(row.pem))
    ]
