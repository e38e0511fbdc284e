"""What people are told about life events, and why one cannot be written down."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartkampung.residents.rules.life import Bar, Kind

KINDS: dict[Kind, Promise] = {
    Kind.BIRTH: _("Born"),
    Kind.DEATH: _("Died"),
    Kind.MOVE_IN: _("Moved in from outside"),
    Kind.MOVE: _("Moved within the regency"),
    Kind.MOVE_OUT: _("Moved out of the regency"),
    Kind.MISSING: _("Went missing"),
    Kind.FOUND: _("Was found"),
    Kind.RETURN: _("Came back"),
    Kind.NEW_CARD: _("New family card number"),
    Kind.SPLIT: _("Own family card"),
    Kind.MERGE: _("Joined another family card"),
    Kind.HEAD_CHANGE: _("Head of family changed"),
    Kind.MARRIAGE: _("Married"),
    Kind.DIVORCE: _("Divorced"),
    Kind.WIDOWED: _("Widowed"),
}
BARS: dict[Bar, Promise] = {
    Bar.DIED: _("According to the registry, this person has died."),
    Bar.MOVED_AWAY: _("According to the registry, this person has moved away."),
    Bar.IS_MISSING: _("According to the registry, this person is missing."),
    Bar.IS_HERE: _("According to the registry, this person lives here."),
    Bar.IS_MERGED: _(
        "This record was merged with another one of the same person. Open that one."
    ),
    Bar.IN_FUTURE: _("This date is still to come. Check the date."),
    Bar.BEFORE_BIRTH: _("This date lies before the person's birth. Check the date."),
    Bar.BEFORE_LAST_EVENT: _(
        "A later event of this person is already on record. Look at the list of events"
        " and check the date."
    ),
    Bar.CHANGED_MEANWHILE: _(
        "Somebody else has just changed this family. Look at it again before you go on."
    ),
    Bar.NOBODY_CHOSEN: _("Choose at least one person of the family."),
    Bar.HEAD_NEEDED: _(
        "The head of the family leaves the card. Choose who of those who stay is the new"
        " head."
    ),
    Bar.NEW_CARD_HEAD_NEEDED: _(
        "Choose who of those who go is the head on the new card."
    ),
    Bar.SAME_HEAD: _("This person is the head of the family already."),
    Bar.SAME_PLACE: _("They already live in this RT. Choose another place."),
    Bar.NO_SUCH_RT: _("This RT is not on the list of that village. Check RW and RT."),
    Bar.ALL_MUST_GO: _(
        "The card only moves when all living members move. Choose everybody, or a new"
        " card for those who go."
    ),
    Bar.CARD_TAKEN: _(
        "Another family has this family card number. Compare both cards first."
    ),
    Bar.CARD_UNKNOWN: _(
        "No family has this family card number. Check it, or choose a new card."
    ),
    Bar.CARD_ELSEWHERE: _(
        "The family with this card lives outside your village. Record a move instead."
    ),
    Bar.SAME_CARD: _("They already stand on this card."),
    Bar.RELATION_NEEDED: _("Choose what they are to the head of that family."),
    Bar.ALREADY_MARRIED: _(
        "According to the registry, this person is married. If that is wrong, ask for a"
        " correction first."
    ),
    Bar.SPOUSE_MARRIED: _(
        "According to the registry, the other one is married. If that is wrong, ask for"
        " a correction first."
    ),
    Bar.SPOUSE_ELSEWHERE: _(
        "Nobody with this NIK lives in your village. Leave it empty if the other one"
        " lives elsewhere."
    ),
    Bar.NOT_MARRIED: _("According to the registry, this person is not married."),
    Bar.SAME_SEX: _("The registry says both are of the same sex. Check both records."),
    Bar.SAME_PERSON: _("This is the same person. Type the NIK of the other one."),
    Bar.NIK_LIVES_HERE: _(
        "Somebody with this NIK already lives in the regency. The village where they"
        " live records the move; or the NIK was mistyped."
    ),
    Bar.NIK_RETURNS: _(
        "Somebody with this NIK lived in the regency before. Find them and record that"
        " they came back."
    ),
    Bar.ALREADY_RECORDED: _(
        "This family card already has a child with this name and date of birth."
    ),
    Bar.MOTHER_TOO_YOUNG: _(
        "The mother was a child herself on that date. Check the date and the mother."
    ),
    Bar.MOTHER_NOT_A_WOMAN: _("The person chosen as mother is a man. Choose again."),
    Bar.NOBODY_LIVES_THERE: _("Nobody of this family card lives here any more."),
    Bar.NO_PLACE_NAMED: _("Write the place outside the regency."),
}


def sentences(bars: Iterable[Bar]) -> str:
    """Return the words of several bars, one after the other."""
    return " ".join(str(BARS[bar]) for bar in bars)
