"""Words for degrees of agreement, for how likely a pair is, and for what moved."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIELDS: dict[str, Promise] = {
    "name": _("Name"),
    "born_on": _("Born on"),
    "sex": _("Sex"),
    "place": _("Lives in"),
    "mother_name": _("Mother"),
    "father_name": _("Father"),
    "birth_place": _("Born in"),
    "nik": _("NIK"),
}
UNKNOWN = _("not known on both")
OTHER = _("different")
LEVELS: dict[tuple[str, str], Promise] = {
    ("name", "same"): _("same name, titles and old spelling apart"),
    ("name", "one_letter"): _("one letter differs"),
    ("name", "short"): _("one is a short form of the other"),
    ("name", "two_letters"): _("two letters differ"),
    ("name", "one_word"): _("one word in common"),
    ("born_on", "same"): _("same day"),
    ("born_on", "swapped"): _("day and month are swapped"),
    ("born_on", "one_digit"): _("one digit differs"),
    ("born_on", "first_of_year"): _("same year, one only guessed"),
    ("born_on", "same_year"): _("same year"),
    ("born_on", "same_day"): _("same day of another year"),
    ("sex", "same"): _("same"),
    ("place", "same_card"): _("on the same family card"),
    ("place", "same_rt"): _("in the same RT"),
    ("place", "same_village"): _("in the same village"),
    ("place", "same_kecamatan"): _("in the same kecamatan"),
    ("mother_name", "same"): _("same name"),
    ("mother_name", "near"): _("one letter differs"),
    ("mother_name", "short"): _("one is a short form of the other"),
    ("father_name", "same"): _("same name"),
    ("father_name", "near"): _("one letter differs"),
    ("father_name", "short"): _("one is a short form of the other"),
    ("birth_place", "same"): _("same place"),
    ("nik", "same"): _("the same NIK, claimed by both"),
    ("nik", "one_digit"): _("one digit differs"),
    ("nik", "two_digits"): _("two digits differ"),
}
STRONG = 6.0
WEAK = 0.5
FOR_STRONG = _("speaks strongly for one person")
FOR = _("speaks for one person")
NEITHER = _("says little")
AGAINST = _("speaks against")
AGAINST_STRONG = _("speaks strongly against")
# From which weight on a pair is called so, and the look of the word.
LIKELY: tuple[tuple[float, Promise, str], ...] = (
    (10.0, _("almost surely one person"), "late"),
    (4.0, _("very likely one person"), "wait"),
    (0.0, _("perhaps one person"), "info"),
)
UNLIKELY = _("rather two people")
MOVED: dict[str, Promise] = {
    "aid_claim": _("aid claims"),
    "aid_proposal": _("proposals of the village"),
    "aid_enrolment": _("lines on lists of programmes"),
    "aid_entitlement": _("aid that is due"),
    "residents_nikclaim": _("claims to a NIK"),
    "residents_person": _("the two records themselves"),
}
OTHER_TABLE = _("other records")


def likelihood(weight: float) -> tuple[Promise, str]:
    """Return how likely two records are of one person, and the look of the word."""
    for least, words, state in LIKELY:
        if weight >= least:
            return words, state
    return UNLIKELY, "off"


def leaning(weight: float) -> tuple[Promise, str]:
    """Return what the weight of one field says, and the look of its bar."""
    if abs(weight) < WEAK:
        return NEITHER, ""
    if weight > 0:
        return (FOR_STRONG if weight >= STRONG else FOR), "for"
    return (AGAINST_STRONG if weight <= -STRONG else AGAINST), "against"
