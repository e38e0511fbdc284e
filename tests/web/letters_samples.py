"""Samples of letters; each area keeps a file of its own and adds a line."""

from tests.web.letters_ask_samples import ASKING
from tests.web.letters_kinds_samples import LETTERS_KINDS
from tests.web.letters_open_samples import LETTERS_OPEN
from tests.web.letters_service_samples import LETTERS_SERVICE
from tests.web.letters_staff_samples import LETTERS_STAFF
from tests.web.sampling import Sample

LETTERS: dict[str, Sample] = {
    **ASKING,
    **LETTERS_KINDS,
    **LETTERS_OPEN,
    **LETTERS_SERVICE,
    **LETTERS_STAFF,
}
