"""Sample arguments of proving letters, and of certificates (``tests/web/samples.py``)."""

from tests.web.sampling import Sample

LETTERS_OPEN: dict[str, Sample] = {
    "letters_open:letter": Sample(lambda _: {"typed": "MADEUP"}),
    "letters_open:holder": Sample(lambda _: {"typed": "MADEUP"}),
    "letters_square:square": Sample(lambda _: {"typed": "MADEUP"}),
}
