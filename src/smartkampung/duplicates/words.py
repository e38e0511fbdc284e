"""What people are told about pairs and merges."""

from django.utils.translation import gettext_lazy as _

from smartkampung.duplicates.rules.review import Bar

BARS = {
    Bar.DECIDED: _("This was already decided. Open the page again to see how."),
    Bar.ELSEWHERE: _(
        "One of the two now lives outside your area. Ask the kecamatan or the social"
        " affairs office to decide."
    ),
    Bar.ALREADY_MERGED: _(
        "One of the two records was merged with another one meanwhile. Undo that first,"
        " or decide the pair with the record that stands."
    ),
    Bar.UNDONE: _("This merge was already undone."),
    Bar.BUILT_UPON: _(
        "The record that stands was itself merged into another one since. Undo that"
        " merge first."
    ),
}
# Why a link cannot move, by the promise of the database that it would break.
BROKEN = {
    "enrolment_once_at_a_time": _(
        "Both records stand on the list of the same programme at the same time. End one"
        " of the two first: this may be aid given twice."
    ),
    "entitlement_once_per_period": _(
        "Both records are due aid of the same programme for the same period. Cancel one"
        " of the two first: this may be aid given twice."
    ),
    "entitlement_once_per_person": _(
        "Both records are due aid of the same programme for the same period. Cancel one"
        " of the two first: this may be aid given twice."
    ),
    "correction_one_open_per_field": _(
        "A correction of the same field waits for both records. Decide one of the two"
        " corrections first."
    ),
    "nik_claim_one_open_per_person": _(
        "Both records claim a NIK. Decide one of the two claims first."
    ),
}
OTHERWISE = _("Something about both records cannot stand together: %(promise)s.")


def broken_words(promise: str) -> str:
    """Return why a merge would break a promise, and what to do first."""
    return str(BROKEN.get(promise) or OTHERWISE % {"promise": promise})
