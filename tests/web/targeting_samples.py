"""Sample arguments of the addresses of targeting (``tests/web/samples.py`` says how)."""

from tests.web.sampling import Sample
from tests.web.scene import WORDS

CODE = Sample(lambda _: {"code": "workers"})
VERSION = Sample(lambda at: {"pk": at.targeted["version"]})
DRAFT = Sample(lambda at: {"pk": at.targeted["draft"]})
KEPT = Sample(lambda at: {"pk": at.targeted["kept"]})
# A scenario is the regency's, as a cycle is; the people in it are not.
PLACE = Sample(
    lambda at: {"pk": at.targeted["kept"], "place": 1},
    bound=True,
    words=WORDS,
    rls=True,
)

TARGETING: dict[str, Sample] = {
    "targeting:priority": CODE,
    "targeting:edit": CODE,
    "targeting:studio": CODE,
    "targeting:save": CODE,
    "targeting:version": VERSION,
    "targeting:apply": VERSION,
    "targeting:scenario": DRAFT,
    "targeting:propose": DRAFT,
    "targeting:approve": DRAFT,
    "targeting:drop": DRAFT,
    "targeting:people": KEPT,
    "targeting:person": PLACE,
    "targeting:letter": PLACE,
    "targeting_public:lottery": KEPT,
    "targeting_public:verify": Sample(lambda _: {"mark": "1:x"}, may_be_missing=True),
}
