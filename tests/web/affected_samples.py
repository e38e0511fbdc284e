"""Sample arguments of the affected registry (``tests/web/samples.py`` says how)."""

import uuid

from tests.web.sampling import Sample

CODE = Sample(lambda at: {"code": at.affected.code})

AFFECTED: dict[str, Sample] = {
    "affected:screen": Sample(lambda _: {"form_id": uuid.UUID(int=7), "step": "kind"}),
    "affected:confirm": Sample(lambda at: {"code": at.affected.confirm_code}),
    # Nobody decided yet, so that there is nothing to tell.
    "affected:follow": Sample(
        lambda at: {"code": at.affected.code}, may_be_missing=True
    ),
    "affected:slip": CODE,
}
