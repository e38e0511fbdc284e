"""Time stamps as RFC 3161 wants them: the answer to a request, signed by a clock.

Used by the clock of this system, which proves nothing against ourselves, and by the
simulator of an authority.
"""

import secrets
from datetime import datetime

from asn1crypto import algos, cms, core, tsp, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from smartkampung.letters.signing.x509 import Pair

# "Any policy" has no number of its own; this arc is free for tests (UUID 0 under 2.25).
POLICY = "2.25.0"
KNOWN = {"sha256": 32, "sha384": 48, "sha512": 64}


def answer(request: bytes, clock: Pair, *, at: datetime) -> bytes:
    """Return the answer to a request in DER; one that cannot be read is rejected."""
    try:
        asked = tsp.TimeStampReq.load(request, strict=True)
        imprint = asked["message_imprint"]
        algorithm = imprint["hash_algorithm"]["algorithm"].native
        fits = KNOWN.get(algorithm) == len(imprint["hashed_message"].native)
    except (ValueError, TypeError, KeyError):
        return _rejected("bad_data_format")
    if not fits:
        return _rejected("bad_alg")
    said = _said(asked, clock, at)
    token = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": _signed(said.dump(), clock, at),
        }
    )
    status = tsp.PKIStatusInfo({"status": "granted"})
    response = tsp.TimeStampResp({"status": status, "time_stamp_token": token})
    return bytes(response.dump())


def _rejected(why: str) -> bytes:
    status = tsp.PKIStatusInfo({"status": "rejection", "fail_info": {why}})
    # By hand: asn1crypto writes no answer without a stamp in it.
    said = bytes(status.dump())
    return b"\x30" + bytes([len(said)]) + said


def _said(asked: tsp.TimeStampReq, clock: Pair, at: datetime) -> tsp.TSTInfo:
    said = {
        "version": "v1",
        "policy": POLICY,
        "message_imprint": asked["message_imprint"],
        "serial_number": secrets.randbits(63),
        "gen_time": at,
        "tsa": x509.GeneralName("directory_name", _asn1(clock).subject),
    }
    if asked["nonce"].native is not None:
        said["nonce"] = asked["nonce"]
    return tsp.TSTInfo(said)


def _signed(content: bytes, clock: Pair, at: datetime) -> cms.SignedData:
    digest = algos.DigestAlgorithm({"algorithm": "sha256"})
    attributes = _attributes(content, clock, at)
    certificate = _asn1(clock)
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                "issuer_and_serial_number",
                cms.IssuerAndSerialNumber(
                    {
                        "issuer": certificate.issuer,
                        "serial_number": certificate.serial_number,
                    }
                ),
            ),
            "digest_algorithm": digest,
            "signature_algorithm": algos.SignedDigestAlgorithm(
                {"algorithm": "sha256_ecdsa"}
            ),
            "signed_attrs": attributes,
            "signature": clock.key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())),
        }
    )
    return cms.SignedData(
        {
            "version": "v3",
            "digest_algorithms": cms.DigestAlgorithms([digest]),
            "encap_content_info": cms.EncapsulatedContentInfo(
                {
                    "content_type": "tst_info",
                    "content": core.ParsableOctetString(content),
                }
            ),
            "certificates": [certificate],
            "signer_infos": [info],
        }
    )


def _attributes(content: bytes, clock: Pair, at: datetime) -> cms.CMSAttributes:
    certificate = _asn1(clock)
    named = tsp.SigningCertificateV2(
        {
            "certs": [
                tsp.ESSCertIDv2(
                    {
                        "cert_hash": _sha256(certificate.dump()),
                        "issuer_serial": {
                            "issuer": [
                                x509.GeneralName("directory_name", certificate.issuer)
                            ],
                            "serial_number": certificate.serial_number,
                        },
                    }
                )
            ]
        }
    )
    values = {
        "content_type": "tst_info",
        "signing_time": cms.Time({"utc_time": at}),
        "signing_certificate_v2": named,
        "message_digest": _sha256(content),
    }
    return cms.CMSAttributes(
        cms.CMSAttribute({"type": kind, "values": [value]})
        for kind, value in values.items()
    )


def _sha256(data: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(data)
    return digest.finalize()


def _asn1(clock: Pair) -> x509.Certificate:
    encoded = clock.certificate.public_bytes(serialization.Encoding.DER)
    return x509.Certificate.load(encoded)
