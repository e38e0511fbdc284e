"""Write a new request down: its way, its clock, its code; and tell the family."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.intake.actions.limits import over
from smartkampung.intake.models import Upload
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.actions.history import await_step, written_down
from smartkampung.letters.requests.models import (
    Letter,
    LetterRequest,
    RequirementFile,
)
from smartkampung.letters.requests.models.requests import ANSWERS, CODE, KINSHIP
from smartkampung.letters.requests.queries.requests import CASE_KIND
from smartkampung.letters.requests.queries.silence import INTRODUCED
from smartkampung.letters.requests.queries.villages import clock_of, rule_of
from smartkampung.letters.requests.rules.steps import Channel, Did, begins
from smartkampung.notify.actions import send
from smartkampung.regions.codes import village_of, within
from smartkampung.residents.models import Person
from smartkampung.worklist.actions import open_work

KNOWN_WITHIN = timedelta(days=2)
TEXTS = Limit("letters.text", 10, timedelta(days=1))
Files = Mapping[str, tuple[uuid.UUID, ...]]


@dataclass(frozen=True)
class Opening:
    """What a request begins with. ``officer`` is who of staff asks, if not the family.

    ``word`` is how the RT said so already, if it did, ``note`` in which words.
    ``replaces`` is the letter in whose place the new one is written. ``kinship`` is what
    shows that who asks is of the family, where whoever died stood on another card.
    """

    applicant: Person
    subject: Person
    wording: Wording
    told: str
    channel: Channel
    by: str
    officer: str
    word: Did | None
    language: str
    form_id: uuid.UUID
    note: str = ""
    why: str = ""
    replaces: Letter | None = None
    kinship: str = ""

    @property
    def place(self) -> str:
        """Return where it is dealt with: where who asks lives, or where who died did."""
        return (self.subject if self.kinship else self.applicant).region_code


def open_request(new: Opening, *, at: datetime) -> tuple[LetterRequest, str]:
    """Write a request down; return it with the code that its family follows it by."""
    place, village = new.place, village_of(new.place)
    steps = rule_of(village).steps_of(new.wording)
    due = clock_of(village, at).due(at)
    code = open_case(
        kind=CASE_KIND,
        region_code=place,
        first_step="received",
        due_on=day(due),
        at=at,
    )
    row = LetterRequest.objects.create(
        kind=new.wording.kind.code,
        wording_version=new.wording.version_id,
        wording_digest=new.wording.digest,
        village_code=village,
        region_code=place,
        family_id=new.applicant.family_id,
        applicant=new.applicant,
        subject=new.subject,
        answers=Sealed.of(new.told, ANSWERS),
        channel=new.channel,
        asked_by=new.by,
        language=new.wording.language(new.language),
        steps=list(steps),
        state=begins(steps, confirmed=new.word is not None),
        hands=[new.officer] if new.officer else [],
        confirmed=new.word is not None,
        code_hash=code_hash(code),
        code=Sealed.of(code, CODE),
        kinship=Sealed.of(new.kinship, KINSHIP) if new.kinship else None,
        form_id=new.form_id,
        asked_at=at,
        step_since=at,
        clock_from=at,
        due_at=due,
        replaces=new.replaces,
    )
    written_down(row, Did.ASKED, by=new.by, at=at, note=new.why)
    if new.word:
        written_down(row, new.word, by=new.by, at=at, note=new.note)
    if new.word == Did.ON_PAPER and new.replaces is None:
        let_the_rt_know(row, at=at)
    await_step(row)
    record("letters.asked", target=row, by=new.by, region_code=village, kind=row.kind)
    _tell(row, code, at)
    return row, code


def keep_files(row: LetterRequest, files: Files, *, by: str, at: datetime) -> None:
    """Keep photos that came with a request; the same photo twice is one.

    Only those that were sent in from the village, and that show nothing of another
    request: a photo is known by its number only.
    """
    named = [one for many in files.values() for one in many]
    others = RequirementFile.objects.filter(upload__in=named).exclude(request=row)
    uploads = Upload.objects.filter(
        within("region_code", [row.village_code]), pk__in=named
    )
    known = set(
        uploads.exclude(pk__in=others.values("upload")).values_list("pk", flat=True)
    )
    RequirementFile.objects.bulk_create(
        (
            RequirementFile(
                request=row,
                requirement=requirement[:40],
                upload_id=one,
                added_by=by,
                added_at=at,
            )
            for requirement, many in files.items()
            for one in dict.fromkeys(many)
            if one in known
        ),
        ignore_conflicts=True,
    )


def let_the_rt_know(row: LetterRequest, *, at: datetime) -> None:
    """Tell the RT that a paper, or the village, spoke in its place."""
    open_work(
        kind=INTRODUCED,
        target=row,
        permission=Permission.LETTER_CONFIRM,
        region_code=row.region_code,
        due_at=at + KNOWN_WITHIN,
    )


def _tell(row: LetterRequest, code: str, at: datetime) -> None:
    """Send the code to the family's phone, and nothing of whom or what it is about."""
    phone = row.applicant.family.phone
    if phone is None or over(TEXTS, key=str(row.family_id), at=at):
        return
    send(
        key=f"letters.asked:{row.pk}",
        to=phone,
        template="letter_asked",
        secret=code,
        language=row.applicant.family.language,
    )
