"""Sample arguments of the work on letters (``tests/web/samples.py`` says how)."""

import uuid
from datetime import date
from typing import Any

from smartkampung.accounts.models import Staff
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests.actions.asking import ask_own
from smartkampung.letters.requests.models import ClosedDay, LetterRequest, Mandate
from tests.asking_letters import MORNING, subject_of, wish
from tests.cast import HERE
from tests.web.sampling import Sample
from tests.web.scene import WORDS, Scene

# One form is one letter, however many addresses it is the sample of.
FORM_ID = uuid.UUID(int=11)


def wished(at: Scene) -> LetterRequest:
    """Return what Wayan asked for: the one letter of these samples."""
    form = wish(at.wayan, form_id=FORM_ID)
    found = ask_own(wish=form, by=subject_of(at.wayan), at=now())
    act_as(Kind.JOB)
    return LetterRequest.objects.get(pk=found.request_id)


def _photo(at: Scene) -> dict[str, Any]:
    row = wished(at)
    file, _made = row.files.get_or_create(
        requirement="statement",
        upload_id=at.photo,
        defaults={"added_by": "family", "added_at": now()},
    )
    return {"request_id": row.pk, "file_id": file.pk}


def _one(words: tuple[str, ...] = (), **more: Any) -> Sample:
    return Sample(
        lambda at: {"request_id": wished(at).pk, **more},
        bound=True,
        words=words,
        rls=True,
    )


def _closed(_: Scene) -> dict[str, Any]:
    row, _made = ClosedDay.objects.get_or_create(
        region_id=HERE,
        on=date(2090, 1, 2),
        defaults={"name": "Bersih desa", "by": "darmo", "at": MORNING},
    )
    return {"closed_id": row.pk}


def _mandate(at: Scene) -> dict[str, Any]:
    head = Staff.objects.exclude(pk=at.kartika.pk).order_by("pk")[0]
    row, _made = Mandate.objects.get_or_create(
        village_id=HERE,
        deputy=at.kartika,
        since=date(2090, 1, 2),
        defaults={
            "until": date(2090, 1, 3),
            "manner": "plh",
            "given_by": head,
            "given_at": MORNING,
        },
    )
    return {"mandate_id": row.pk}


VILLAGE = Sample(lambda _: {"code": HERE}, bound=True)
LETTERS_STAFF: dict[str, Sample] = {
    "letters_staff:request": _one(WORDS),
    "letters_staff:preview": _one(),
    "letters_staff:read": _one(WORDS),
    "letters_staff:photo": Sample(_photo, bound=True, rls=True),
    "letters_staff:act": _one(name="confirm"),
    # Nobody of the scene signed anything.
    "letters_staff:letter": Sample(lambda _: {"letter_id": 0}, may_be_missing=True),
    # What Wayan asked for tells of no event.
    "letters_staff:event": Sample(lambda _: {"request_id": 0}, may_be_missing=True),
    "letters_staff:bring": Sample(lambda _: {"letter_id": 0}, may_be_missing=True),
    "letters_staff:order": Sample(lambda _: {"order_id": 0}, may_be_missing=True),
    "letters_staff:rule": VILLAGE,
    "letters_staff:begin": VILLAGE,
    "letters_staff:close": VILLAGE,
    "letters_staff:reopen": Sample(_closed, bound=True),
    "letters_staff:mandates_of": VILLAGE,
    "letters_staff:take_back": Sample(_mandate, bound=True),
    "letters_staff:book_of": VILLAGE,
    "letters_staff:export": Sample(lambda _: {"code": HERE, "form": "csv"}, bound=True),
}
