"""Sample arguments of the affected registry (``tests/web/samples.py`` says how)."""

import uuid

from tests.web.sampling import Sample
from tests.web.scene import WORDS

CODE = Sample(lambda at: {"code": at.affected.code})
RECORD = Sample(
    lambda at: {"affected_id": at.affected.record}, bound=True, words=WORDS, rls=True
)

LIST = Sample(lambda at: {"list_id": at.affected.brought}, bound=True)

AFFECTED: dict[str, Sample] = {
    "affected:screen": Sample(lambda _: {"form_id": uuid.UUID(int=7), "step": "kind"}),
    "affected:confirm": Sample(lambda at: {"code": at.affected.confirm_code}),
    # Nobody decided yet, so that there is nothing to tell.
    "affected:follow": Sample(
        lambda at: {"code": at.affected.code}, may_be_missing=True
    ),
    "affected:slip": CODE,
    "affected_staff:record": RECORD,
    "affected_staff:act": RECORD,
    "affected_staff:list": LIST,
    "affected_staff:decide_list": LIST,
    "affected_staff:rejected": LIST,
    "affected_letters:verify": Sample(
        lambda _: {"mark": "1.made-up"}, may_be_missing=True
    ),
    # Nobody decided yet.
    "affected_staff:letter": Sample(
        lambda at: {"affected_id": at.affected.record},
        bound=True,
        may_be_missing=True,
        words=WORDS,
    ),
    "affected_staff:photo": Sample(
        lambda at: {"affected_id": at.affected.record, "upload_id": at.affected.photo},
        bound=True,
        rls=True,
    ),
    "affected_staff:match": Sample(
        lambda at: {"registration_id": at.affected.to_match},
        bound=True,
        words=WORDS,
        rls=True,
    ),
    "affected_staff:follow_up": Sample(
        lambda at: {"follow_up_id": at.affected.look},
        bound=True,
        words=WORDS,
        rls=True,
    ),
}
