"""Take in how somebody found the service, and say in time that something ends."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from smartkampung.accounts.queries.offices import holders_of
from smartkampung.accounts.roles import Permission
from smartkampung.intake.queries import case_by_code
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.rls import as_job
from smartkampung.kernel.wording import long_day
from smartkampung.letters.requests.models import Letter
from smartkampung.letters.requests.queries.requests import CASE_KIND
from smartkampung.letters.service.models import Answer
from smartkampung.letters.service.rules import Face
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.letters.signing.queries.certificates import NOTICE
from smartkampung.notify.actions import send
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import close_all_work, open_work

LETTER_NOTICE, SHORT_LIVED = timedelta(days=7), timedelta(days=21)
CERTIFICATE_ENDS = "letters.key_ends"


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


def tell_of_letters_that_end(*, at: datetime) -> int:
    """Say to families, once, that a letter soon holds no longer; return of how many.

    Of letters that hold for weeks: one of some days ends before anybody forgets it. Not
    of the dead, nor where a newer letter is there already. The message says neither which
    letter nor about whom.
    """
    on = day(at)
    newer = Letter.objects.filter(
        kind=OuterRef("kind"),
        request__subject=OuterRef("request__subject"),
        issued_at__gt=OuterRef("issued_at"),
        revoked_at=None,
    )
    rows = Letter.objects.filter(
        ~Exists(newer),
        issued_at__lt=at - SHORT_LIVED,
        revoked_at=None,
        valid_until__gte=on,
        valid_until__lte=on + LETTER_NOTICE,
    )
    rows = rows.exclude(request__subject__status=Person.Status.DEAD)
    for letter in rows.select_related("request__applicant__family").order_by("pk"):
        family = letter.request.applicant.family
        with override(family.language):
            due_on = long_day(letter.valid_until) if letter.valid_until else ""
        send(
            key=f"letters.ends:{letter.pk}",
            to=family.phone,
            template="letter_ends",
            context={"due_on": due_on},
            language=family.language,
            by_day=True,
        )
    return len(rows)


def list_certificates_that_end(*, at: datetime) -> int:
    """Put certificates that soon end on the list of their holders; return how many.

    What was revoked, or ended, is on it no longer.
    """
    known = SigningCertificate.objects.select_related("staff")
    soon = known.filter(revoked_at=None, valid_until__gt=at)
    rows = list(soon.filter(valid_until__lte=at + NOTICE).order_by("pk"))
    for row in rows:
        open_work(
            kind=CERTIFICATE_ENDS,
            target=row,
            permission=Permission.LETTER_KEY,
            region_code=row.region_code,
            due_at=row.valid_until,
            not_by=_colleagues(row, at),
        )
    over = known.filter(told_at__isnull=False).exclude(
        revoked_at=None, valid_until__gt=at
    )
    close_all_work(targets=over, by="system")
    over.update(told_at=None)
    known.filter(pk__in=[row.pk for row in rows], told_at=None).update(told_at=at)
    return len(rows)


def _colleagues(row: SigningCertificate, at: datetime) -> list[str]:
    """Return who holds an office of the same place: it is not their certificate."""
    there = holders_of(Permission.LETTER_KEY, row.region_code, on=day(at))
    return [one.username for one in there if one.staff_id != row.staff_id]
