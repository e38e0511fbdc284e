"""Take in the wish for a letter: from the family, its RT, or the counter."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.cases import code_hash, open_case
from smartkampung.intake.actions.limits import over
from smartkampung.intake.models import Upload
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.answers import AnswerFault, answer_faults
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.kinds import AskedType, unfit
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import UNFIT, answer_words
from smartkampung.letters.requests.actions.history import await_step, written_down
from smartkampung.letters.requests.actions.refusals import (
    AskedAlready,
    NotAbout,
    NotOffered,
    NotYours,
    PaperMissing,
    TooManyLetters,
    WrongAnswers,
)
from smartkampung.letters.requests.models import LetterRequest, RequirementFile
from smartkampung.letters.requests.models.requests import ANSWERS, CODE
from smartkampung.letters.requests.queries.facts import (
    Told,
    chosen,
    family_of,
    years_old,
)
from smartkampung.letters.requests.queries.requests import CASE_KIND
from smartkampung.letters.requests.queries.villages import clock_of, rule_of
from smartkampung.letters.requests.rules.steps import Channel, Did, begins
from smartkampung.notify.actions import send
from smartkampung.regions.codes import village_of, within
from smartkampung.residents.models import Person
from smartkampung.residents.subject import FAMILY, Subject

PER_FAMILY = Limit("letters.family", 20, timedelta(days=1))
TEXTS = Limit("letters.text", 10, timedelta(days=1))
LONGEST_PURPOSE = 200


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. ``form_id`` is made when the form opens.

    ``answers`` are by the names of the questions; who of the family is chosen is given by
    number (``"17"``, several as ``"17,21"``). ``files`` are uploads by requirement.
    ``rt_paper`` is what the introduction of the RT says, when it was shown on paper.
    """

    form_id: uuid.UUID
    kind: str
    subject_id: int
    purpose: str
    answers: Mapping[str, Fact] = field(default_factory=dict)
    files: Mapping[str, tuple[uuid.UUID, ...]] = field(default_factory=dict)
    language: str = "id"
    rt_paper: str = ""


@dataclass(frozen=True)
class Asked:
    """The code is shown once and never kept."""

    code: str
    request_id: int


@dataclass(frozen=True)
class _Asking:
    """Who asks, for whom, and how."""

    applicant: Person
    subject: Person
    wording: Wording
    channel: Channel
    by: str
    confirmed: bool


def ask_own(
    *, wish: Wish, by: Subject, at: datetime, channel: Channel = Channel.SELF
) -> Asked:
    """Ask for oneself or one of the own family; the same form gets the same answer.

    Raises NotOffered, NotAbout, WrongAnswers, PaperMissing, AskedAlready,
    TooManyLetters, KeyReused.
    """
    applicant = Person.objects.select_related("family").get(pk=by.person_id)

    def make() -> str:
        if over(PER_FAMILY, key=str(by.family_id), at=at):
            raise TooManyLetters(
                _(
                    "Your family asked for very many letters today. Please come back"
                    " tomorrow, or ask at the village office."
                )
            )
        return _take_in(wish, applicant, channel, FAMILY, confirmed=False, at=at)

    return _once(wish, applicant, FAMILY, make, at)


def ask_for(
    *, wish: Wish, applicant_id: int, by: Actor, channel: Channel, at: datetime
) -> Asked:
    """Ask on behalf of somebody who is there, as RT head or at the counter.

    What the RT asks for it confirms by that; so does an introduction on paper. Raises
    NotYours and what ``ask_own`` raises.
    """
    applicant = Person.objects.select_related("family").get(pk=applicant_id)
    place = applicant.region_code
    if not by.may_in(Permission.LETTER_ASK, place):
        raise NotYours(_("Choose somebody who lives where you may ask for letters."))
    is_rt = by.may_in(Permission.LETTER_CONFIRM, place)
    confirmed = is_rt or bool(wish.rt_paper.strip())
    channel = Channel.RT if is_rt else channel

    def make() -> str:
        return _take_in(
            wish, applicant, channel, by.username, confirmed=confirmed, at=at
        )

    return _once(wish, applicant, by.username, make, at)


def _once(
    wish: Wish, applicant: Person, by: str, make: Callable[[], str], at: datetime
) -> Asked:
    # Who asks is part of the form: an answer holds a code, which is for them alone.
    body = {**asdict(wish), "applicant": applicant.pk, "by": by}
    answer = answer_once(
        scope=CASE_KIND, key=str(wish.form_id), body=body, at=at, make=make
    )
    code, pk = json.loads(answer.text)
    return Asked(code, pk)


def _take_in(
    wish: Wish,
    applicant: Person,
    channel: Channel,
    by: str,
    *,
    confirmed: bool,
    at: datetime,
) -> str:
    subject = _subject(wish, applicant)
    village = village_of(applicant.region_code)
    wording = wording_for(wish.kind, village, day(at))
    if wording is None:
        raise NotOffered(_("Your village does not write this letter. Choose another."))
    _check_subject(wording, subject, applicant, at)
    told = checked(wording, applicant, wish.purpose, wish.answers, on=day(at))
    _check_papers(wording, wish, channel)
    asking = _Asking(applicant, subject, wording, channel, by, confirmed)
    with atomic_or_refuse(
        {
            "letter_request_one_open": AskedAlready(
                _(
                    "A letter of this kind for this person is already being made. Look"
                    " under your letters, or ask the village office."
                )
            )
        }
    ):
        return _write(wish, asking, told, at)


def _subject(wish: Wish, applicant: Person) -> Person:
    """Return whom the letter is about: somebody on the applicant's own card."""
    rows = Person.objects.filter(family=applicant.family_id, merged_into=None)
    subject = rows.select_related("family").filter(pk=wish.subject_id).first()
    if subject is None:
        raise NotAbout(_("Choose somebody of the own family card."))
    return subject


def _check_subject(
    wording: Wording, subject: Person, applicant: Person, at: datetime
) -> None:
    who = wording.kind.who
    relation = "self" if subject.pk == applicant.pk else "family"
    living = subject.status == Person.Status.LIVING
    allowed = {one.value for one in who.subjects}
    if relation not in allowed and not ("deceased" in allowed and relation == "family"):
        raise NotAbout(
            _("This letter is asked for by the person whom it is about.")
            if relation == "family"
            else _("This letter is about somebody else of the family: choose whom.")
        )
    born = subject.born_on
    reasons = unfit(
        who,
        age=years_old(born, day(at)) if born else None,
        marital=subject.marital_status,
        sex=subject.sex,
        living=living,
    )
    if reasons:
        ages = {"least": who.least_age, "most": who.most_age}
        raise NotAbout(" ".join(str(UNFIT[one]) % ages for one in reasons))


def checked(
    wording: Wording,
    applicant: Person,
    purpose: str,
    answers: Mapping[str, Fact],
    *,
    on: date,
) -> Told:
    """Return the answers of known questions; raise WrongAnswers with every fault."""
    faults: dict[str, str] = {}
    if not purpose.strip():
        faults["purpose"] = str(_("Write what the letter is for."))
    elif len(purpose) > LONGEST_PURPOSE:
        faults["purpose"] = answer_words((AnswerFault.TOO_LONG, LONGEST_PURPOSE))
    known = {one.name: answers.get(one.name, "") for one in wording.kind.asked}
    for name, found in answer_faults(wording.kind, known, on=on).items():
        faults[name] = answer_words(found)
    family = {person.pk for person in family_of(applicant)}
    for one in wording.kind.asked:
        people = one.type in (AskedType.RESIDENT, AskedType.RESIDENTS)
        if people and not set(chosen(known[one.name])) <= family:
            faults[one.name] = str(_("Choose somebody of the own family card."))
    if faults:
        raise WrongAnswers(faults)
    return Told(purpose.strip(), known)


def _check_papers(wording: Wording, wish: Wish, channel: Channel) -> None:
    """At the counter the officer sees the paper; from afar a photo has to come."""
    if channel in (Channel.COUNTER, Channel.TEXT):
        return
    missing = [
        one
        for one in wording.kind.requirements
        if one.upload and one.required and not wish.files.get(one.code)
    ]
    if missing:
        named = ", ".join(one.words.of(wish.language) for one in missing)
        raise PaperMissing(
            _("Add a photo of: %(papers)s.") % {"papers": named},
            [one.code for one in missing],
        )


def _write(wish: Wish, asking: _Asking, told: Told, at: datetime) -> str:
    applicant, wording = asking.applicant, asking.wording
    village = village_of(applicant.region_code)
    steps = rule_of(village).steps_of(wording)
    due = clock_of(village, at).due(at)
    code = open_case(
        kind=CASE_KIND,
        region_code=applicant.region_code,
        first_step="received",
        due_on=day(due),
        at=at,
    )
    row = LetterRequest.objects.create(
        kind=wording.kind.code,
        wording_version=wording.version_id,
        wording_digest=wording.digest,
        village_code=village,
        region_code=applicant.region_code,
        family_id=applicant.family_id,
        applicant=applicant,
        subject=asking.subject,
        answers=Sealed.of(told.sealed_text(), ANSWERS),
        channel=asking.channel,
        asked_by=asking.by,
        language=wording.language(wish.language),
        steps=list(steps),
        state=begins(steps, confirmed=asking.confirmed),
        code_hash=code_hash(code),
        code=Sealed.of(code, CODE),
        form_id=wish.form_id,
        asked_at=at,
        step_since=at,
        clock_from=at,
        due_at=due,
    )
    keep_files(row, wish.files, by=asking.by, at=at)
    written_down(row, Did.ASKED, by=asking.by, at=at)
    if asking.confirmed:
        written_down(row, Did.CONFIRMED, by=asking.by, at=at, note=wish.rt_paper)
    await_step(row)
    record(
        "letters.asked", target=row, by=asking.by, region_code=village, kind=row.kind
    )
    _tell(row, code, at)
    return json.dumps([code, row.pk])


def keep_files(
    row: LetterRequest,
    files: Mapping[str, tuple[uuid.UUID, ...]],
    *,
    by: str,
    at: datetime,
) -> None:
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
