"""The authority in use, and what checking a signature needs of it."""

import base64
from datetime import datetime
from pathlib import Path

from cryptography.x509 import (
    Certificate,
    load_pem_x509_certificate,
    load_pem_x509_certificates,
)
from django.conf import settings

from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.signing.errors import NoAuthority
from smartkampung.letters.signing.models import Authority, SigningCertificate
from smartkampung.letters.signing.x509 import Chain, Ended, Pair, pair, revocation_list


def authority() -> Authority:
    """Return the authority in use; raise NoAuthority when there is none yet."""
    row = Authority.objects.filter(retired_at=None).first()
    if row is None:
        raise NoAuthority
    return row


def opened(certificate: str, key: Sealed) -> Pair:
    """Return a pair of the authority, its key opened: it is no number of a person."""
    return pair(certificate, base64.b64decode(key.open()))


def issuer_pair() -> Pair:
    """Return what issues the certificates of officers."""
    row = authority()
    return opened(row.issuer_pem, row.issuer_key)


def clock_pair() -> Pair:
    """Return our own clock."""
    row = authority()
    return opened(row.clock_pem, row.clock_key)


def chain(*, at: datetime) -> Chain:
    """Return the chain in use, with lists of what was revoked by now."""
    row = authority()
    return Chain(
        root=load_pem_x509_certificate(row.root_pem.encode()),
        issuer=load_pem_x509_certificate(row.issuer_pem.encode()),
        clocks=outside(settings.TSA_ROOTS),
        revoked=revocation_lists(row, at=at),
    )


def outside(path: str) -> list[Certificate]:
    """Return the certificates in a file that the operator named, if any."""
    return load_pem_x509_certificates(Path(path).read_bytes()) if path else []


def trusted() -> list[Certificate]:
    """Return the roots of our own authority, also those of old."""
    pems = Authority.objects.order_by("pk").values_list("root_pem", flat=True)
    return [load_pem_x509_certificate(pem.encode()) for pem in pems]


def trusted_outside() -> list[Certificate]:
    """Return the roots of others whose officers sign here, too (BSrE)."""
    return outside(settings.BSRE_ROOTS)


def trusted_clocks() -> list[Certificate]:
    """Return the roots of clocks outside: they tell the time, and sign no letter."""
    return outside(settings.TSA_ROOTS)


def revocation_lists(row: Authority, *, at: datetime) -> list[bytes]:
    """Return the lists of root and issuer as of now, signed."""
    number = int(at.timestamp())
    root = opened(row.root_pem, row.root_key)
    issuer = opened(row.issuer_pem, row.issuer_key)
    return [
        revocation_list(root, [], number=number, at=at),
        revocation_list(issuer, _ended(at), number=number, at=at),
    ]


def ended_certificates() -> dict[int, datetime]:
    """Return the serial of every certificate of ours that was revoked, and when."""
    rows = SigningCertificate.objects.filter(revoked_at__isnull=False, port="local")
    told = rows.order_by("pk").values_list("serial", "revoked_at")
    return {int(serial, 16): at for serial, at in told if at}


def _ended(at: datetime) -> list[Ended]:
    rows = SigningCertificate.objects.filter(
        revoked_at__isnull=False, valid_until__gt=at, port="local"
    ).order_by("pk")
    return [
        Ended(int(row.serial, 16), row.revoked_at) for row in rows if row.revoked_at
    ]
