"""Sample arguments of texts and recognition (``tests/web/samples.py`` says how)."""

from tests.texting import a_full_day, an_assist
from tests.web.sampling import Sample

ASSIST = Sample(lambda _: {"assist_id": an_assist().pk}, bound=True)

TEXTING: dict[str, Sample] = {
    "demo_texts": Sample(may_be_missing=True),
    "texting:assist": ASSIST,
    "texting:pass_on": ASSIST,
    "texting:phone": ASSIST,
    "texting:full_day": Sample(lambda _: {"pk": a_full_day().pk}),
    # a code opens to whoever holds it, and never tells a name
    "recognition_public:say": Sample(lambda at: {"code": at.code}, may_be_missing=True),
}
