"""Samples of the counter, the kiosk and the boards (``tests/web/samples.py`` says how)."""

from tests.cast import HERE
from tests.web.sampling import Sample
from tests.web.scene import WORDS

LETTERS_SERVICE: dict[str, Sample] = {
    "letters_service:family": Sample(
        lambda at: {"person_id": at.wayan.pk}, bound=True, words=WORDS
    ),
    "letters_service:area": Sample(lambda _: {"code": HERE}, bound=True),
    "letters_service:export": Sample(
        lambda _: {"code": HERE, "form": "csv"}, bound=True
    ),
    # what a kiosk shows is for everybody
    "letters_kiosk:home": Sample(lambda _: {"code": HERE}),
    "letters_kiosk:kinds": Sample(lambda _: {"code": HERE}),
    "letters_kiosk:slip": Sample(lambda _: {"code": HERE, "kind": "sktm"}),
}
