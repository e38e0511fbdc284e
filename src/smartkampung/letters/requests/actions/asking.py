"""Take in the wish for a letter: from the family, its RT, or the counter."""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.intake.actions.answers import answer_once
from smartkampung.intake.actions.limits import over
from smartkampung.intake.rules import Limit
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import atomic_or_refuse
from smartkampung.kernel.wording import long_day
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.answers import AnswerFault, answer_faults
from smartkampung.letters.catalogue.rules.fields import Fact
from smartkampung.letters.catalogue.rules.kinds import PEOPLE
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.catalogue.words import answer_words
from smartkampung.letters.requests.actions.about import about
from smartkampung.letters.requests.actions.opening import (
    Files,
    Opening,
    keep_files,
    open_request,
)
from smartkampung.letters.requests.actions.refusals import (
    AskedAlready,
    NotAbout,
    NotOffered,
    NotYours,
    PaperMissing,
    TooManyLetters,
    WrongAnswers,
)
from smartkampung.letters.requests.queries.death import DIED_ON, known_death
from smartkampung.letters.requests.queries.facts import (
    Told,
    chosen,
    family_of,
)
from smartkampung.letters.requests.queries.requests import CASE_KIND, on_own_card
from smartkampung.letters.requests.rules.steps import Channel, Did
from smartkampung.letters.requests.words import OWN_KIN
from smartkampung.regions.codes import village_of
from smartkampung.residents.models import Person
from smartkampung.residents.subject import FAMILY, Subject

PER_FAMILY = Limit("letters.family", 20, timedelta(days=1))
LONGEST_PURPOSE = 200
OTHER_DAY = _(
    "The registry, or a letter that holds, says %(day)s. Choose that day, or have it"
    " corrected first."
)


@dataclass(frozen=True)
class Wish:
    """What somebody asks for. ``form_id`` is made when the form opens.

    ``answers`` are by the names of the questions; who of the family is chosen is given by
    number (``"17"``, several as ``"17,21"``). ``files`` are uploads by requirement.
    ``rt_paper`` is what the introduction of the RT says, when it was shown on paper.
    ``kinship`` is what an officer saw that shows who asks to be of the family of who
    died, where both stand on different cards.
    """

    form_id: uuid.UUID
    kind: str
    subject_id: int
    purpose: str
    answers: Mapping[str, Fact] = field(default_factory=dict)
    files: Files = field(default_factory=dict)
    language: str = "id"
    rt_paper: str = ""
    kinship: str = ""


@dataclass(frozen=True)
class Asked:
    """The code is shown once and never kept."""

    code: str
    request_id: int


def ask_own(
    *, wish: Wish, by: Subject, at: datetime, channel: Channel = Channel.SELF
) -> Asked:
    """Ask for oneself or one of the own family; the same form gets the same answer.

    Raises NotOffered, NotAbout, WrongAnswers, PaperMissing, AskedAlready,
    TooManyLetters, KeyReused.
    """
    applicant = Person.objects.select_related("family").get(pk=by.person_id)
    wish = replace(wish, kinship="")  # nobody bears witness to their own kinship

    def make() -> str:
        if over(PER_FAMILY, key=str(by.family_id), at=at):
            raise TooManyLetters(
                _(
                    "Your family asked for very many letters today. Please come back"
                    " tomorrow, or ask at the village office."
                )
            )
        subject = _subject(wish, applicant)
        return _take_in(wish, applicant, subject, channel, FAMILY, word=None, at=at)

    return _once(wish, applicant, FAMILY, make, at)


def ask_for(
    *, wish: Wish, applicant_id: int, by: Actor, channel: Channel, at: datetime
) -> Asked:
    """Ask on behalf of somebody who is there, as RT head or at the counter.

    What the RT asks for it confirms by that. An introduction on paper spares asking it,
    and it is told of the paper. With a ``kinship`` the letter is about somebody of
    another card, who died, and lies where that one lived; nobody bears witness to that
    of their own. Raises NotYours and what ``ask_own`` raises.
    """
    applicant = Person.objects.select_related("family").get(pk=applicant_id)
    subject = _subject(wish, applicant)
    place = (subject if wish.kinship else applicant).region_code
    if not all(
        by.may_in(Permission.LETTER_ASK, one) for one in (place, applicant.region_code)
    ):
        raise NotYours(_("Choose somebody who lives where you may ask for letters."))
    if wish.kinship and on_own_card(by, applicant, subject):
        raise NotYours(OWN_KIN)
    is_rt = by.may_in(Permission.LETTER_CONFIRM, place)
    paper = Did.ON_PAPER if wish.rt_paper.strip() else None
    word = Did.CONFIRMED if is_rt else paper
    channel = Channel.RT if is_rt else channel

    def make() -> str:
        return _take_in(
            wish, applicant, subject, channel, by.username, word=word, at=at
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
    subject: Person,
    channel: Channel,
    by: str,
    *,
    word: Did | None,
    at: datetime,
) -> str:
    kin = bool(wish.kinship)
    village = village_of((subject if kin else applicant).region_code)
    wording = wording_for(wish.kind, village, day(at))
    if wording is None:
        raise NotOffered(_("Your village does not write this letter. Choose another."))
    about(wording, subject, applicant, village_code=village, at=at, kin=kin)
    told = checked(wording, subject, wish.purpose, wish.answers, on=day(at))
    _check_papers(wording, wish, channel)
    new = Opening(
        applicant=applicant,
        subject=subject,
        wording=wording,
        told=told.sealed_text(),
        channel=channel,
        by=by,
        officer="" if by == FAMILY else by,
        word=word,
        language=wish.language,
        form_id=wish.form_id,
        note=wish.rt_paper,
        kinship=wish.kinship,
    )
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
        row, code = open_request(new, at=at)
        keep_files(row, wish.files, by=by, at=at)
    return json.dumps([code, row.pk])


def _subject(wish: Wish, applicant: Person) -> Person:
    """Return whom the letter is about: somebody on the applicant's own card, or kin."""
    rows = Person.objects.filter(merged_into=None)
    if not wish.kinship:
        rows = rows.filter(family=applicant.family_id)
    subject = rows.select_related("family").filter(pk=wish.subject_id).first()
    if subject is None:
        raise NotAbout(_("Choose somebody of the own family card."))
    return subject


def checked(
    wording: Wording,
    subject: Person,
    purpose: str,
    answers: Mapping[str, Fact],
    *,
    on: date,
    before: Told | None = None,
) -> Told:
    """Return the answers of known questions; raise WrongAnswers with every fault.

    What stays as it was ``before`` is not late because the office was.
    """
    faults: dict[str, str] = {}
    # Every letter ends its sentence behind the purpose.
    purpose = purpose.strip().rstrip(". ")
    if not purpose:
        faults["purpose"] = str(_("Write what the letter is for."))
    elif len(purpose) > LONGEST_PURPOSE:
        faults["purpose"] = answer_words((AnswerFault.TOO_LONG, LONGEST_PURPOSE))
    known = {one.name: answers.get(one.name, "") for one in wording.kind.asked}
    earlier = before.asked if before else None
    born = subject.born_on
    found_ = answer_faults(wording.kind, known, on=on, born=born, before=earlier)
    for name, found in found_.items():
        faults[name] = answer_words(found)
    died = known_death(subject) if wording.kind.asks(DIED_ON) else None
    if died and DIED_ON not in faults and known[DIED_ON] != died.isoformat():
        faults[DIED_ON] = str(OTHER_DAY) % {"day": long_day(died)}
    family = {person.pk for person in family_of(subject)}
    for one in wording.kind.asked:
        if one.type in PEOPLE and not set(chosen(known[one.name])) <= family:
            faults[one.name] = str(_("Choose somebody of the own family card."))
    if faults:
        raise WrongAnswers(faults)
    return Told(purpose, known)


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
