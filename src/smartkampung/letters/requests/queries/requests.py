"""The doors to requests: of an officer's places, of a family, behind a code."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.http import Http404
from django.shortcuts import get_object_or_404

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Permission
from smartkampung.intake.models import Upload
from smartkampung.letters.catalogue.rules.kinds import ADULT
from smartkampung.letters.requests.models import (
    Letter,
    LetterRead,
    LetterStep,
    RequirementFile,
)
from smartkampung.letters.requests.models import LetterRequest as LetterRequest
from smartkampung.letters.requests.queries.facts import Facts, Told, kept_facts, told_in
from smartkampung.letters.requests.queries.villages import covered_by, mandates_held
from smartkampung.letters.requests.rules.steps import (
    OPEN,
    Bar,
    Standing,
    State,
    Step,
    bars_to,
)
from smartkampung.regions.codes import reached, spread
from smartkampung.residents.models import Person
from smartkampung.residents.queries import note_looks
from smartkampung.residents.subject import Subject

CASE_KIND = "letters.request"
PURPOSE = "letters.request"


@dataclass(frozen=True)
class Filter:
    """What an officer narrows the list to; empty means all."""

    state: str = ""
    kind: str = ""
    place: str = ""
    late: bool = False
    open: bool = False


@dataclass(frozen=True)
class File:
    """A request with all that was told, done and handed in."""

    request: LetterRequest
    told: Told
    facts: Facts | None
    history: list[LetterStep]
    files: list[RequirementFile]
    letter: Letter | None
    shut: bool = False  # its reader sees where it is, and nothing of what it says


def requests_for(
    actor: Actor, permission: Permission = Permission.LETTER_VIEW
) -> QuerySet[LetterRequest]:
    """Return the requests inside the actor's places for a permission.

    Whoever shows rows of it must call ``note_looks`` with the subjects.
    """
    inside = reached("region_code", actor.regions_where(permission))
    rows = LetterRequest.objects.filter(inside)
    return rows.select_related("subject__family", "applicant__family")


def narrowed(
    rows: QuerySet[LetterRequest], by: Filter, *, at: datetime
) -> QuerySet[LetterRequest]:
    """Return the requests of a filter: what waits first, the most urgent on top."""
    if by.state:
        rows = rows.filter(state=by.state)
    if by.kind:
        rows = rows.filter(kind=by.kind)
    if by.place:
        rows = rows.filter(spread("region_code", by.place))
    if by.open or by.late:
        rows = rows.filter(state__in=OPEN)
    if by.late:
        rows = rows.filter(due_at__lt=at).exclude(state=State.RETURNED)
    last = Case(
        When(state__in=OPEN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(last, "due_at", "pk")


def request_for(
    actor: Actor, request_id: int, permission: Permission = Permission.LETTER_VIEW
) -> LetterRequest:
    """Return one request; 404 outside the actor's places."""
    return get_object_or_404(requests_for(actor, permission), pk=request_id)


def file_for(
    actor: Actor, request_id: int, permission: Permission = Permission.LETTER_VIEW
) -> File:
    """Return one request with its file, and write the look down; 404 outside.

    Without what it says for who only sees where it is (``opens_file``).
    """
    row = request_for(actor, request_id, permission)
    people = {row.subject_id: row.subject, row.applicant_id: row.applicant}
    note_looks(actor, people.values(), purpose=PURPOSE, permission=permission)
    return file_of(row) if opens_file(actor, row) else _shut(row)


def opens_file(actor: Actor, row: LetterRequest) -> bool:
    """Say whether somebody may read what a request says, and its papers.

    The office may. The neighbourhood may while it is to confirm; and who asked for
    somebody, until the letter ends.
    """
    if actor.may_in(Permission.LETTER_FILE, row.region_code):
        return True
    if row.state == State.CONFIRM:
        return actor.may_in(Permission.LETTER_CONFIRM, row.region_code)
    return row.state in OPEN and row.asked_by == actor.username


def _shut(row: LetterRequest) -> File:
    return File(
        request=row,
        told=Told("", {}),
        facts=None,
        history=list(row.history.order_by("at", "pk").defer("note")),
        files=[],
        letter=letter_of(row),
        shut=True,
    )


def file_of(row: LetterRequest) -> File:
    """Return everything about a request that its reader may open."""
    return File(
        request=row,
        told=told_in(row),
        facts=kept_facts(row),
        history=list(row.history.order_by("at", "pk")),
        files=list(row.files.select_related("upload").order_by("requirement", "pk")),
        letter=letter_of(row),
    )


def letter_of(row: LetterRequest) -> Letter | None:
    """Return the letter that came of a request, if there is one."""
    rows = Letter.objects.filter(request=row, given_up_at=None)
    return rows.select_related("entry", "cosign_entry").first()


def photo_for(actor: Actor, request_id: int, file_id: int) -> Upload:
    """Return a photo that came with a request, and write the look down.

    404 outside the actor's places, and for who may not read what it says.
    """
    row = request_for(actor, request_id)
    if not opens_file(actor, row):
        raise Http404
    people = {row.subject_id: row.subject, row.applicant_id: row.applicant}
    note_looks(
        actor, people.values(), purpose=PURPOSE, permission=Permission.LETTER_VIEW
    )
    files = row.files.select_related("upload")
    return get_object_or_404(files, pk=file_id).upload


def bars_for(actor: Actor, row: LetterRequest, step: Step) -> list[Bar]:
    """Return why an officer may not take a step of a request now.

    Reading is asked for where a signature follows.
    """
    return bars_to(
        step,
        standing_of(row),
        who=actor.username,
        read=has_read(actor, row),
        own=is_own(actor, row),
    )


def standing_of(row: LetterRequest) -> Standing:
    """Return what the rules of steps look at."""
    return Standing(
        row.state, tuple(row.hands), row.checked_by, row.reviewed_by, row.signed_by
    )


def is_own(actor: Actor, row: LetterRequest) -> bool:
    """Say whether a letter is for the officer's own family card, or about it."""
    return on_own_card(actor, row.applicant, row.subject)


def officers_on_card(row: LetterRequest) -> QuerySet[Staff]:
    """Return the officers on whose own family card those of a letter stand."""
    return _officers_of(row.applicant, row.subject)


def on_own_card(actor: Actor, *people: Person) -> bool:
    """Say whether one of some people stands on the officer's own family card."""
    return _officers_of(*people).filter(pk=actor.staff_id).exists()


def _officers_of(*people: Person) -> QuerySet[Staff]:
    cards = {one.family.kk_index for one in people} - {None}
    return Staff.objects.filter(family_index__in=cards)


def barred_from(row: LetterRequest, step: Step) -> set[str]:
    """Return who leaves a step to a colleague: by their hand, or of the own card."""
    standing = standing_of(row)
    kin = set(officers_on_card(row).values_list("username", flat=True))
    known = {*standing.hands, standing.checked_by, standing.reviewed_by}
    known |= {standing.signed_by, *kin}
    return {
        who for who in known - {""} if bars_to(step, standing, who=who, own=who in kin)
    }


def has_read(actor: Actor, row: LetterRequest, shown: str = "") -> bool:
    """Say whether an officer read a letter in its present version.

    With the digest of what is to be signed: whether it was that which was ``shown``.
    """
    rows = LetterRead.objects.filter(request=row, version=row.version)
    rows = rows.filter(shown=shown) if shown else rows
    return rows.filter(by=actor.username).exists()


def count_read(actor: Actor, rows: Collection[LetterRequest]) -> int:
    """Return how many of some letters an officer read, each as it now stands."""
    reads = LetterRead.objects.filter(by=actor.username, request__in=list(rows))
    return reads.filter(version=F("request__version")).count()


def waiting_signature(actor: Actor, *, on: date) -> QuerySet[LetterRequest]:
    """Return what waits for the actor's signature: as head, or by mandate.

    With ``was_read``, and ``is_own`` for a letter of the own family card.
    """
    head = actor.may(Permission.LETTER_SIGN)
    permission = Permission.LETTER_SIGN if head else Permission.LETTER_DEPUTISE
    read = LetterRead.objects.filter(
        request=OuterRef("pk"), version=OuterRef("version"), by=actor.username
    )
    rows = requests_for(actor, permission).filter(state=State.SIGN)
    rows = rows if head else rows.filter(covered_by(mandates_held(actor, on=on)))
    rows = rows.annotate(was_read=Exists(read), is_own=_of_own_card(actor))
    return rows.order_by("due_at", "pk")


def _of_own_card(actor: Actor) -> Exists:
    """Return the test whether a letter is for the officer's own card, or about it."""
    cards = [OuterRef(f"{who}__family__kk_index") for who in ("subject", "applicant")]
    return Exists(Staff.objects.filter(pk=actor.staff_id, family_index__in=cards))


def next_at(actor: Actor, step: str) -> int | None:
    """Return the most urgent request at a step that is an officer's to take."""
    confirming = step == Step.CONFIRM
    may = Permission.LETTER_CONFIRM if confirming else Permission.LETTER_CHECK
    rows = requests_for(actor, may).filter(state=step)
    if step == Step.REVIEW:
        rows = rows.exclude(checked_by=actor.username)
    if not confirming:
        rows = rows.exclude(_of_own_card(actor))
        rows = rows.exclude(hands__contains=[actor.username])
    return rows.order_by("due_at", "pk").values_list("pk", flat=True).first()


def of_family(subject: Subject, *, on: date) -> QuerySet[LetterRequest]:
    """Return the letters that somebody of a family handles, the newest first.

    Those about them, those that they asked for, and those about the children on their
    card. What is about another adult is theirs, whoever has the phone: a letter that was
    asked for somebody else of the card is no longer one's own once it is signed and both
    stand on different cards. What is about oneself, or about who died, goes along.
    """
    child = Q(
        subject__family=subject.family_id,
        subject__born_on__gt=on.replace(
            year=on.year - ADULT, day=min(on.day, 28) if on.month == 2 else on.day
        ),
    )
    together = Q(subject__family=subject.family_id) | Q(
        subject__status=Person.Status.DEAD
    )
    asked = ~Q(state=State.ISSUED) | together | Q(kinship__isnull=False)
    mine = Q(subject=subject.person_id) | Q(applicant=subject.person_id) & asked
    rows = LetterRequest.objects.filter(mine | child)
    return rows.select_related("subject").order_by("-asked_at", "-pk")


def own_request(subject: Subject, request_id: int, *, on: date) -> LetterRequest:
    """Return one request that somebody handles; 404 for any other."""
    return get_object_or_404(of_family(subject, on=on), pk=request_id)


def own_file(subject: Subject, request_id: int, *, on: date) -> File:
    """Return one request that somebody handles with its file; 404 for any other."""
    return file_of(own_request(subject, request_id, on=on))
