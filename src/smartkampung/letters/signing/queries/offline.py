"""What whoever checks letters without a line takes home: keys, roots, and what ended."""

import base64
import json
from datetime import datetime

from smartkampung.letters.signing.queries.authority import (
    ended_certificates,
    trusted,
    trusted_clocks,
    trusted_outside,
)
from smartkampung.letters.signing.queries.keys import (
    distrusted_keys,
    key_in_use,
    public_keys,
)
from smartkampung.letters.signing.register import register
from smartkampung.letters.signing.rules import revoked
from smartkampung.letters.signing.x509 import pem
from smartkampung.regions.queries import regency, villages_of


def key_file() -> str:
    """Return the public keys, the roots, and what villages are called, as a file."""
    keys = {
        str(number): base64.b64encode(key).decode()
        for number, key in public_keys().items()
    }
    lists = {
        "roots": trusted(),
        "outside": trusted_outside(),
        "clocks": trusted_clocks(),
    }
    roots = {name: [pem(root) for root in found] for name, found in lists.items()}
    distrusted = sorted(distrusted_keys())
    villages = {row.code: row.name for row in villages_of(*_regencies())}
    told = {"keys": keys, "distrusted": distrusted, **roots, "villages": villages}
    return json.dumps(told, indent=1, ensure_ascii=False)


def _regencies() -> list[str]:
    here = regency()
    return [here.code] if here else []


def revoked_file(*, at: datetime) -> str:
    """Return the list of letters and certificates that ended, signed; raise NoAuthority."""
    number, key = key_in_use()
    return revoked.write(
        register().revoked(), ended_certificates(), at=at, key_number=number, key=key
    )
