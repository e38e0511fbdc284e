"""Somebody who was helped says thank you, once for a case."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.audit.actions import record
from smartkampung.frontline.recognition.models import Thanks
from smartkampung.frontline.recognition.queries.cases import Helped
from smartkampung.frontline.recognition.rules.thanks import (
    WITHOUT_WORDS,
    Sentence,
    Wrong,
    without_names,
    wrong_with,
)
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse

BY_RESIDENT = "resident"
WORDS = {
    Wrong.EMPTY: _("Write a few words, or choose one of the sentences."),
    Wrong.NUMBER: _("Please leave out numbers of cards and telephones."),
    Wrong.NAME: _(
        'Please write without names of people. Name the office, for example "Pak RT" or'
        ' "the village office".'
    ),
}


class AlreadyThanked(Refused):
    """This case said thank you before."""

    code = "already_thanked"


class UnfitWords(Refused):
    """The words hold a name or a number, or nothing, or are not asked for."""

    code = "unfit_words"


def _own(helped: Helped, words: str) -> str:
    """Return own words as they are kept: without the names of those around."""
    if helped.service in WITHOUT_WORDS:
        raise UnfitWords(_("Please choose one of the sentences."))
    own = " ".join(words.split())
    if problem := wrong_with(own):
        raise UnfitWords(WORDS[problem])
    return without_names(own, names=helped.names)


def thank(*, helped: Helped, sentence: Sentence, words: str, at: datetime) -> Thanks:
    """Keep thanks for a case that is closed; raise AlreadyThanked or UnfitWords."""
    own = _own(helped, words) if sentence is Sentence.OWN else ""
    with atomic_or_refuse(
        {
            "thanks_once_a_case": AlreadyThanked(
                _("You have said thank you for this already. It arrived.")
            )
        }
    ):
        row = Thanks.objects.create(
            case_mark=helped.mark,
            service=helped.service,
            village_code=helped.village,
            sentence=sentence,
            words=own,
            given_on=day(at),
        )
        record(
            "recognition.thanked",
            target=row,
            by=BY_RESIDENT,
            region_code=helped.village,
            service=helped.service,
        )
    return row
