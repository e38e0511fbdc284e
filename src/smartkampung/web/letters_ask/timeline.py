"""Where a letter is, who acts next and by when; no names, and not what it is for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.kernel.clock import day
from smartkampung.kernel.wording import moment
from smartkampung.letters.requests.queries.household import LetterRequest, LetterStep
from smartkampung.letters.requests.queries.standing import state_of
from smartkampung.letters.requests.rules.ends import Ended
from smartkampung.letters.requests.rules.hours import PROMISED_MINUTES
from smartkampung.letters.requests.rules.steps import (
    CONFIRMATIONS,
    DONE,
    WAITING,
    Did,
    State,
    Step,
    begins,
)
from smartkampung.letters.requests.words import DID, STATES, STEPS
from smartkampung.regions.codes import ancestor, level
from smartkampung.regions.queries import places, region
from smartkampung.web.report.forms import rt_name

PROMISED = timedelta(minutes=PROMISED_MINUTES)
OVER = (State.REFUSED, State.CANCELLED)
LATE = lazy("Later than promised")


@dataclass(frozen=True)
class Line:
    """One line as the timeline component takes it."""

    state: str
    title: str
    when: str = ""
    note: str = ""


@dataclass(frozen=True)
class Way:
    """All lines of a letter, one word for where it stands, and what was promised."""

    lines: list[Line]
    tag: dict[str, str]
    promise: str
    stands: str


def way_of(
    row: LetterRequest,
    history: Sequence[LetterStep],
    *,
    at: datetime,
    own: bool = False,
) -> Way:
    """Return the whole way of a letter, as whoever holds its code may read it.

    On the family's ``own`` page, what is missing stands beside it.
    """
    late = row.state in WAITING and row.due_at < at
    stands = state_of(row, on=day(at))
    state, words = STATES[stands]
    tag = {"state": "late" if late else state, "text": str(words)}
    if late:
        tag["text"] = str(LATE)
    lines = _lines(row, history, late=late, own=own)
    if stands == Ended.EXPIRED:
        lines.append(Line("now", str(words)))
    return Way(lines, tag, _promise(row, at), stands)


def _promise(row: LetterRequest, at: datetime) -> str:
    """Return by when it is due, and why it is not fifteen minutes from now."""
    if row.state not in WAITING:
        return ""
    due = moment(row.due_at)
    if row.due_at < at:
        return _(
            "It should have been ready by %(due)s. We are sorry. Call the village office"
            " if it is urgent."
        ) % {"due": due}
    if row.due_at - row.clock_from > PROMISED:
        return _(
            "The village office was closed when you asked, or about to close. Its 15"
            " minutes run while it is open: your letter is due by %(due)s."
        ) % {"due": due}
    return _(
        "A letter takes 15 minutes while the village office is open: yours is due by"
        " %(due)s."
    ) % {"due": due}


def _lines(
    row: LetterRequest, history: Sequence[LetterStep], *, late: bool, own: bool
) -> list[Line]:
    last = {step.did: step.at for step in history}
    asked = Line("done", str(DID[Did.ASKED]), moment(row.asked_at))
    if row.state in OVER:
        ended = Did.REFUSED if row.state == State.REFUSED else Did.CANCELLED
        return [asked, Line("done", str(DID[ended]), _when(last, ended))]
    steps = [Step(step) for step in row.steps]
    here = _here(row, steps)
    lines = [asked]
    for at, step in enumerate(steps):
        if at < here:
            lines.append(_done(step, history, own=own))
        elif at == here and row.state != State.RETURNED:
            lines.append(_now_at(row, step, late=late))
        else:
            lines.append(Line("next", str(STEPS[step])))
    if row.state == State.RETURNED:
        where = _("Open the letter in My data to read what, and hand it in.")
        when = _when(last, Did.RETURNED)
        missing = Line(
            "now", _("You: something is missing"), when, "" if own else where
        )
        lines.insert(here + 1, missing)
    return _with_ends(row, last, lines)


def _done(step: Step, history: Sequence[LetterStep], *, own: bool) -> Line:
    """Return a step behind it; the family reads how the village knows by itself."""
    dids = CONFIRMATIONS if step == Step.CONFIRM else (DONE[step],)
    found = [each for each in history if each.did in dids]
    if not found:
        return Line("done", str(DID[DONE[step]]))
    last = found[-1]
    note = last.note if own and last.did == Did.LOOKED else None
    return Line(
        "done", str(DID[last.did]), moment(last.at), note.open() if note else ""
    )


def _here(row: LetterRequest, steps: Sequence[Step]) -> int:
    """Return how many steps lie behind it."""
    if row.state == State.ISSUED:
        return len(steps)
    if row.state != State.RETURNED:
        return steps.index(Step(row.state))
    return steps.index(Step(begins(steps, confirmed=row.confirmed)))


def _with_ends(
    row: LetterRequest, last: dict[str, datetime], lines: list[Line]
) -> list[Line]:
    if row.state != State.ISSUED:
        return [*lines, Line("next", str(STATES[State.ISSUED][1]))]
    for did in (Did.ISSUED, Did.REVOKED, Did.REPLACED):
        if did in last:
            # That it holds no longer is where it stands, and no good step behind it.
            state = "done" if did == Did.ISSUED else "now"
            lines.append(Line(state, str(DID[did]), _when(last, did)))
    return lines


def _now_at(row: LetterRequest, step: Step, *, late: bool) -> Line:
    due = _("At the latest %(due)s") % {"due": moment(row.due_at)}
    who = _instead(row) if late and step == Step.CONFIRM else _who(row, step)
    return Line("late" if late else "now", str(STEPS[step]), due, who)


def _instead(row: LetterRequest) -> str:
    """Say who goes on where the RT does not answer, and whom to call."""
    name, phone = _office(row)
    if phone:
        return _(
            "The head of the RT has not answered in time. The head of the RW may confirm"
            " it, or the office of %(village)s looks itself. Call it: %(phone)s."
        ) % {"village": name, "phone": phone}
    return _(
        "The head of the RT has not answered in time. The head of the RW may confirm it,"
        " or the office of %(village)s looks itself. Ask there."
    ) % {"village": name}


def _who(row: LetterRequest, step: Step) -> str:
    if step == Step.CONFIRM:
        if level(row.region_code) != "rt":
            return _("The head of your RT acts next.")
        return _("The head of %(rt)s acts next.") % {"rt": rt_name(row.region_code)}
    if step == Step.COSIGN:
        place = places([row.region_code])[row.region_code]
        return _("Kecamatan %(kecamatan)s acts next.") % {"kecamatan": place.kecamatan}
    name, phone = _office(row)
    if phone:
        words = _("The office of %(village)s acts next. Its phone: %(phone)s.")
        return words % {"village": name, "phone": phone}
    return _("The office of %(village)s acts next.") % {"village": name}


def _office(row: LetterRequest) -> tuple[str, str]:
    """Return the village as people say it, and the phone of its office."""
    village = region(ancestor(row.region_code, "village"))
    if village is None:
        return row.village_code, ""
    # Desa and kelurahan are official nouns: the same in both languages.
    return f"{village.kind.title()} {village.name}", village.phone


def _when(last: dict[str, datetime], did: Did) -> str:
    return moment(last[did]) if did in last else ""
