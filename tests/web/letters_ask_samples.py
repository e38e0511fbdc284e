"""Sample arguments of asking for letters (``tests/web/samples.py`` says how)."""

import uuid
from typing import Any

from smartkampung.intake.actions.photos import keep_photo
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.letters.requests.actions.asking import Asked, ask_own
from smartkampung.letters.requests.models import RequirementFile
from tests.asking_letters import subject_of, wish
from tests.cast import RT_HERE
from tests.domain.letters_requests.test_kin import tukiyem
from tests.pictures import jpeg
from tests.web.sampling import Sample
from tests.web.scene import Scene

# One form is one letter, however many addresses it is the sample of.
FORM_ID = uuid.UUID(int=10)
# Another letter than those of the office: a person has one of a kind open.
KIND = "good_conduct"


def _asked(at: Scene) -> Asked:
    found = ask_own(
        wish=wish(at.wayan, form_id=FORM_ID, kind=KIND, answers={}),
        by=subject_of(at.wayan),
        at=now(),
    )
    act_as(Kind.JOB)
    return found


def _letter(at: Scene) -> dict[str, Any]:
    return {"pk": _asked(at).request_id}


def _photo(at: Scene) -> dict[str, Any]:
    pk = _asked(at).request_id
    upload = keep_photo(file=jpeg(), region_code=RT_HERE, at=now())
    file = RequirementFile.objects.create(
        request_id=pk,
        requirement="statement",
        upload_id=upload.pk,
        added_by="family",
        added_at=now(),
    )
    return {"pk": pk, "file_id": file.pk}


def _screen(_: Scene) -> dict[str, Any]:
    return {"form_id": uuid.uuid4(), "step": "purpose"}


def _dead(_: Scene) -> dict[str, Any]:
    return {"pk": tukiyem().pk, "kind": "heirs"}


def _person(at: Scene) -> dict[str, Any]:
    return {"pk": at.wayan.pk}


ASKING: dict[str, Sample] = {
    "letters_ask:begin": Sample(lambda _: {"kind": "sktm"}),
    "letters_ask:screen": Sample(_screen),
    "letters_ask:letter": Sample(_letter),
    "letters_ask:cancel": Sample(_letter),
    "letters_ask:complete": Sample(_letter),
    # nothing to fetch before it is signed
    "letters_ask:fetch": Sample(_letter, may_be_missing=True),
    "letters_ask:photo": Sample(_photo),
    # a code opens where a letter is to whoever holds it, and never tells a name
    "letters_ask:follow": Sample(lambda at: {"code": _asked(at).code}),
    "letters_ask:slip": Sample(lambda at: {"code": _asked(at).code}),
    # nothing is missing there
    "letters_assist:complete": Sample(_letter, bound=True, may_be_missing=True),
    "letters_assist:asker": Sample(_dead, bound=True),
    "letters_assist:ask_kin": Sample(
        lambda at: {**_dead(at), "asker": at.wayan.pk}, bound=True
    ),
    "letters_assist:choose": Sample(_person, bound=True),
    "letters_assist:ask": Sample(
        lambda at: {**_person(at), "kind": "sktm"}, bound=True
    ),
}
