"""Makes the square of a paper."""

from datetime import date

from django.conf import settings

from smartkampung.letters.signing.queries.keys import key_in_use
from smartkampung.letters.signing.rules.payload import Payload, address, seal


def seal_payload(
    *,
    code: str,
    village_code: str,
    kind: str,
    number: str,
    issued_on: date,
    valid_until: date | None,
    facts_print: bytes,
) -> str:
    """Return the address that goes into the square, signed by the regency's key.

    ``facts_print`` is that of ``rules.payload.facts_print``. Raises NoAuthority.
    """
    key_number, key = key_in_use()
    said = Payload(
        code=code,
        village_code=village_code,
        kind=kind,
        number=number,
        issued_on=issued_on,
        valid_until=valid_until,
        facts_print=facts_print,
    )
    text = seal(said, key_number=key_number, key=key)
    return address(settings.SITE_URL, text)
