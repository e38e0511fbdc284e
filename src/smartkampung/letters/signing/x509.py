"""Certificates and revocation lists of the regency's own authority.

Elliptic curve P-256 throughout: a key is made in a millisecond and a signature is
small. Nothing here knows tables or where keys are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

ROOT_LIVES = timedelta(days=20 * 365)
ISSUER_LIVES = timedelta(days=10 * 365)
OFFICER_LIVES = timedelta(days=2 * 365)
LIST_LIVES = timedelta(days=7)
# Clocks of readers run a little behind ours.
BEHIND = timedelta(minutes=5)
REVOKED = x509.ReasonFlags.unspecified

Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Pair:
    """A certificate and its private key. Printing it shows no key."""

    certificate: x509.Certificate
    key: Key

    def __repr__(self) -> str:
        return f"<Pair {self.certificate.subject.rfc4514_string()}>"

    @property
    def pem(self) -> str:
        """Return the certificate, which anybody may have."""
        return pem(self.certificate)

    @property
    def key_der(self) -> bytes:
        """Return the private key as PKCS#8, in plain: seal it before it is kept."""
        return self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


def pem(certificate: x509.Certificate) -> str:
    """Return a certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def pair(certificate: str, key_der: bytes) -> Pair:
    """Put a kept certificate and its opened key together again."""
    key = serialization.load_der_private_key(key_der, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("our keys are elliptic curves")
    return Pair(x509.load_pem_x509_certificate(certificate.encode()), key)


def new_root(name: str, *, at: datetime) -> Pair:
    """Make the certificate that everything else hangs on; it signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, "Root")
    builder = _builder(subject, subject, key, at, ROOT_LIVES)
    builder = _authority(builder, path_length=1)
    builder = _names_keys(builder, key, key)
    return Pair(builder.sign(key, hashes.SHA256()), key)


def new_issuer(name: str, root: Pair, *, at: datetime) -> Pair:
    """Make the certificate that issues those of officers."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, "Officers")
    builder = _builder(subject, root.certificate.subject, key, at, ISSUER_LIVES)
    builder = _authority(builder, path_length=0)
    builder = _names_keys(builder, key, root.key)
    return Pair(builder.sign(root.key, hashes.SHA256()), key)


def new_clock(name: str, issuer: Pair, *, at: datetime) -> Pair:
    """Make the certificate of a clock that stamps times (RFC 3161) and does nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = _name(name, "Time")
    builder = _builder(subject, issuer.certificate.subject, key, at, ISSUER_LIVES)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(_usage(digital_signature=True), critical=True)
    builder = builder.add_extension(
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
    )
    builder = _names_keys(builder, key, issuer.key)
    return Pair(builder.sign(issuer.key, hashes.SHA256()), key)


@dataclass(frozen=True)
class Holder:
    """Who a certificate is about, as every reader of a letter sees it."""

    name: str
    title: str
    office: str


def new_officer(
    holder: Holder, issuer: Pair, *, crl_url: str, at: datetime, until: datetime
) -> Pair:
    """Make key and certificate of an officer, for signatures that bind."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, holder.office[:64]),
            x509.NameAttribute(NameOID.TITLE, holder.title[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, holder.name[:64]),
        ]
    )
    builder = _builder(subject, issuer.certificate.subject, key, at, until - at)
    builder = builder.add_extension(
        x509.BasicConstraints(ca=False, path_length=None), critical=True
    )
    builder = builder.add_extension(
        _usage(digital_signature=True, content_commitment=True), critical=True
    )
    builder = builder.add_extension(
        x509.CRLDistributionPoints(
            [
                x509.DistributionPoint(
                    [x509.UniformResourceIdentifier(crl_url)], None, None, None
                )
            ]
        ),
        critical=False,
    )
    builder = _names_keys(builder, key, issuer.key)
    return Pair(builder.sign(issuer.key, hashes.SHA256()), key)


@dataclass(frozen=True)
class Chain:
    """What a signature of ours is checked against, and carries with it."""

    root: x509.Certificate
    issuer: x509.Certificate
    clocks: list[x509.Certificate]
    revoked: list[bytes]


@dataclass(frozen=True)
class Ended:
    """A certificate that no longer holds, and since when."""

    serial: int
    at: datetime


def issued_by(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Say whether a certificate was made by the key of this issuer."""
    own = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier)
    named = certificate.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier)
    return named.value.key_identifier == own.value.digest


def revocation_list(
    issuer: Pair,
    ended: Iterable[Ended],
    *,
    number: int,
    at: datetime,
    lives: timedelta = LIST_LIVES,
) -> bytes:
    """Return the signed list of certificates that no longer hold (DER)."""
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer.certificate.subject)
        .last_update(at - BEHIND)
        .next_update(at + lives)
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()),
            critical=False,
        )
    )
    for each in ended:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(each.serial)
            .revocation_date(each.at)
            .build()
        )
    signed = builder.sign(issuer.key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


def _name(regency: str, what: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, regency[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, f"Smart Kampung {what}"),
        ]
    )


def _builder(
    subject: x509.Name, issuer: x509.Name, key: Key, at: datetime, lives: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BEHIND)
        .not_valid_after(at + lives)
    )


def _authority(
    builder: x509.CertificateBuilder, *, path_length: int
) -> x509.CertificateBuilder:
    builder = builder.add_extension(
        x509.BasicConstraints(ca=True, path_length=path_length), critical=True
    )
    return builder.add_extension(
        _usage(key_cert_sign=True, crl_sign=True), critical=True
    )


def _names_keys(
    builder: x509.CertificateBuilder, own: Key, issuing: Key
) -> x509.CertificateBuilder:
    builder = builder.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False
    )
    return builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing.public_key()),
        critical=False,
    )


def _usage(
    *,
    digital_signature: bool = False,
    content_commitment: bool = False,
    key_cert_sign: bool = False,
    crl_sign: bool = False,
) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=content_commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
