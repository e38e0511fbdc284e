"""Take in how somebody found the service, once for a letter."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from smartkampung.intake.queries import case_by_code
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.rls import as_job
from smartkampung.letters.requests.models import Letter
from smartkampung.letters.requests.queries.requests import CASE_KIND
from smartkampung.letters.service.models import Answer
from smartkampung.letters.service.rules import Face


class UnknownLetter(Refused):
    """The code follows no letter."""

    code = "unknown_letter"


class NotSignedYet(Refused):
    """The letter is not there yet; the question comes after it."""

    code = "letter_not_signed_yet"


class AnsweredAlready(Refused):
    """A face was chosen for this letter before."""

    code = "face_chosen_already"


def choose_face(*, code: str, face: Face, at: datetime) -> None:
    """Count a face for the letter that a tracking code follows.

    Raises UnknownLetter, NotSignedYet, AnsweredAlready.
    """
    case = case_by_code(code, at=at)
    if case is None or case.kind != CASE_KIND:
        raise UnknownLetter(
            _("We know no letter with this code. Compare each sign with your slip.")
        )
    once = AnsweredAlready(_("Thank you, you answered for this letter already."))
    with as_job(), atomic_or_refuse({"letter_face_once": once}):
        rows = Letter.objects.filter(
            request__code_hash=case.code_hash, issued_at__isnull=False
        )
        letter = rows.order_by("issued_at").first()
        if letter is None:
            raise NotSignedYet(
                _("This letter is not signed yet. Tell us when you have it.")
            )
        Answer.objects.create(
            letter=letter,
            village_code=letter.village_code,
            face=face,
            on=day(at),
        )
