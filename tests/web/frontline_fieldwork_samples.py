"""Sample arguments of the addresses of field work (``samples.py`` says how)."""

import uuid

from tests.web.sampling import Sample

RECORD = Sample(lambda at: {"record_id": at.sent.plain}, bound=True, rls=True)

FIELDWORK: dict[str, Sample] = {
    "api:field_photo": Sample(
        lambda _: {"photo_id": uuid.uuid4()}, may_be_missing=True
    ),
    "field:review": RECORD,
    "field:review_health": Sample(
        lambda at: {"record_id": at.sent.health}, bound=True, rls=True
    ),
    "field:phone": RECORD,
    "field:phone_health": Sample(
        lambda at: {"record_id": at.sent.health}, bound=True, rls=True
    ),
    # one's own form only, once it was sent back
    "field:mend": Sample(
        lambda at: {"record_id": at.sent.plain}, bound=True, may_be_missing=True
    ),
    "field:review_photo": Sample(
        lambda at: {"record_id": at.sent.plain, "photo_id": uuid.uuid4()},
        bound=True,
        may_be_missing=True,
    ),
    # always one's own phone, so that of anybody else is missing
    "field:revoke_device": Sample(
        lambda _: {"device_id": uuid.uuid4()}, may_be_missing=True
    ),
    "revoke_their_device": Sample(
        lambda at: {"pk": at.kartika.pk, "device_id": uuid.uuid4()},
        bound=True,
        may_be_missing=True,
    ),
}
