"""Sample arguments of proving letters, and of certificates (``tests/web/samples.py``)."""

from datetime import timedelta
from typing import Any

from smartkampung.accounts.roles import Role
from smartkampung.kernel.clock import now
from smartkampung.letters.signing.actions.certificates import (
    answer_request,
    ask_for_certificate,
)
from smartkampung.letters.signing.models import KeyRequest, SigningCertificate
from tests.cast import HERE, staff
from tests.web.sampling import Sample


def _asked(_: Any, username: str = "tono") -> dict[str, Any]:
    row = ask_for_certificate(
        staff=staff(username, Role.VILLAGE_OFFICER, HERE),
        title="Perangkat Desa",
        region_code=HERE,
        office="Sumberwangi",
        at=now(),
    )
    return {"request_id": row.pk}


def _held(at: Any) -> dict[str, Any]:
    asked = KeyRequest.objects.get(pk=_asked(at, "prasetyo")["request_id"])
    answer_request(request=asked, yes=True, by="indra", at=now())
    row = SigningCertificate.objects.create(
        staff=asked.staff,
        request=asked,
        port="bsre",
        holder="Tono Prasetyo",
        title=asked.title,
        office=asked.office,
        region_code=asked.region_code,
        serial="bsre-sample",
        valid_from=now(),
        valid_until=now() + timedelta(days=1),
    )
    return {"certificate_id": row.pk}


LETTERS_OPEN: dict[str, Sample] = {
    "letters_open:letter": Sample(lambda _: {"typed": "MADEUP"}),
    "letters_open:holder": Sample(lambda _: {"typed": "MADEUP"}),
    "letters_open:crl": Sample(lambda _: {"number": 1}, may_be_missing=True),
    "letters_square:square": Sample(lambda _: {"typed": "MADEUP"}),
    # without a request or a certificate of one's own there is nothing to act on
    "letters_keys:make": Sample(may_be_missing=True),
    "letters_keys:take_back": Sample(may_be_missing=True),
    "letters_keys:revoke": Sample(may_be_missing=True),
    "letters_keys:ends": Sample(lambda _: {"certificate_id": 0}),
    "letters_keys:answer": Sample(_asked, bound=True),
    "letters_keys:end": Sample(_held, bound=True, words=("Tono Prasetyo",)),
}
