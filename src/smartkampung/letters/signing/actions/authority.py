"""Makes the authority of the regency, and the key behind squares."""

import base64
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.signing.errors import NoAuthority
from smartkampung.letters.signing.models import KEY_PURPOSE, Authority, LetterKey
from smartkampung.letters.signing.x509 import (
    ROOT_LIVES,
    Pair,
    new_clock,
    new_issuer,
    new_root,
    revocation_list,
)


class NoSuchKey(Refused):
    """There is no such key, or it is distrusted already."""

    code = "no_such_key"


def make_authority(*, regency: str, by: str, at: datetime) -> Authority:
    """Make root, issuer, clock and the first key of squares; the one before retires.

    Certificates issued before go on signing until they expire: their issuer still
    lists which were revoked, and their root is trusted further on.
    """
    with transaction.atomic():
        Authority.objects.filter(retired_at=None).update(retired_at=at)
        root = new_root(regency, at=at)
        issuer = new_issuer(regency, root, at=at)
        clock = new_clock(regency, issuer, at=at)
        row = Authority.objects.create(
            regency=regency,
            root_pem=root.pem,
            root_key=_sealed(root),
            root_list=revocation_list(root, [], number=1, at=at, lives=ROOT_LIVES),
            issuer_pem=issuer.pem,
            issuer_key=_sealed(issuer),
            clock_pem=clock.pem,
            clock_key=_sealed(clock),
            made_at=at,
            made_by=by,
        )
        record("letters.authority_made", target=row, by=by)
        if not LetterKey.objects.exists():
            new_letter_key(by=by, at=at)
    return row


def new_letter_key(*, by: str, at: datetime) -> LetterKey:
    """Make the key that signs squares from now on; the one before only proves.

    Raises NoAuthority.
    """
    with transaction.atomic():
        # One after the other: the lock of the authority in use makes them queue.
        if not Authority.objects.select_for_update().filter(retired_at=None):
            raise NoAuthority
        LetterKey.objects.filter(retired_at=None).update(retired_at=at)
        newest = LetterKey.objects.order_by("-number").first()
        private = Ed25519PrivateKey.generate()
        row = LetterKey.objects.create(
            number=newest.number + 1 if newest else 1,
            public=private.public_key().public_bytes_raw(),
            key=_text(private.private_bytes_raw()),
            made_at=at,
            made_by=by,
        )
        record("letters.letter_key_made", target=row, by=by)
    return row


def distrust_letter_key(*, number: int, by: str, at: datetime) -> None:
    """Let squares of a key that was stolen or lost prove nothing by themselves, for good.

    When it is the one in use, another is made. The register still proves letters that it
    knows. Raises NoSuchKey.
    """
    with transaction.atomic():
        row = LetterKey.objects.select_for_update().filter(pk=number).first()
        if row is None or row.distrusted_at is not None:
            raise NoSuchKey(_("No key that is trusted has this number."))
        if row.retired_at is None:
            new_letter_key(by=by, at=at)
        LetterKey.objects.filter(pk=number).update(distrusted_at=at)
        record("letters.letter_key_distrusted", target=row, by=by)


def _sealed(made: Pair) -> Sealed:
    return _text(made.key_der)


def _text(key: bytes) -> Sealed:
    return Sealed.of(base64.b64encode(key).decode(), KEY_PURPOSE)
