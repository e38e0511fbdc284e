"""What pages of pilots say: states, who acts next, gates, and what happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from smartkampung.accounts.labels import ROLE_LABELS
from smartkampung.accounts.roles import Permission, Role
from smartkampung.kernel.clock import day, today
from smartkampung.kernel.language import either
from smartkampung.kernel.wording import long_day, moment, short_day
from smartkampung.regions.queries import places
from smartkampung.reopening.guidance.rules.kinds import Indicator
from smartkampung.reopening.guidance.rules.phases import Phase
from smartkampung.reopening.pilots.queries.phases import phase_of, phases_on
from smartkampung.reopening.pilots.rules.states import State, Step, What, next_step
from smartkampung.reopening.pilots.words import (
    HAPPENED,
    INDICATORS,
    PLACES,
    STATES,
    STEPS,
    reason_said,
)

MET = {"met": True, "not_met": False, "cannot_decide": None}


@dataclass(frozen=True)
class Next:
    """What is to be done, by which offices, and until when."""

    what: str | Promise
    who: str | Promise
    permission: Permission | None = None
    due: datetime | date | None = None

    @property
    def late(self) -> bool:
        """Say whether its day has passed."""
        return self.due is not None and _day_of(self.due) < today()

    @property
    def is_today(self) -> bool:
        """Say whether its day is today."""
        return self.due is not None and _day_of(self.due) == today()

    @property
    def by_when(self) -> str:
        """Return until when, in words."""
        if self.due is None:
            return ""
        told = moment(self.due) if isinstance(self.due, datetime) else _long(self.due)
        return _("until %(when)s") % {"when": told}


def _day_of(due: datetime | date) -> date:
    return day(due) if isinstance(due, datetime) else due


def _long(due: date) -> str:
    return long_day(due)


VILLAGE, TASK_FORCE, OFFICES, DECIDERS = (
    lazy("the village office"),
    lazy("the task force"),
    lazy("the offices that sign"),
    lazy("the health office or the regency leadership"),
)


def next_of(pilot: Any, done: Iterable[str], proposal: Any = None) -> Next:
    """Return who acts next on a pilot: whoever decides a proposal comes first."""
    if proposal is not None:
        return Next(
            _("decide whether it goes back"),
            DECIDERS,
            Permission.PILOT_DECIDE,
            proposal.due_at,
        )
    state, steps = State(pilot.state), set(done)
    if state in {State.CHOSEN, State.PREPARING}:
        step = next_step(steps)
        if step is not None:
            what = _("give evidence of: %(step)s") % {"step": STEPS[step]}
            return Next(what, VILLAGE, Permission.PILOT_PREPARE, pilot.due_on)
        what = _("visit and judge the village")
        return Next(what, TASK_FORCE, Permission.PILOT_VISIT, pilot.due_on)
    if state == State.PAUSED:
        what = _("decide whether it goes on or back")
        return Next(what, DECIDERS, Permission.PILOT_DECIDE)
    if pilot.due_on is not None:
        what = _("sign the gate to the next phase")
        return Next(what, OFFICES, Permission.PILOT_SIGN, pilot.due_on)
    return Next(_("nothing to do until readings change"), "")


def tag(state: str) -> dict[str, str]:
    """Return the mark of a state."""
    colour, words = STATES[State(state)]
    return {"state": colour, "text": str(words)}


def phase_name(phase: Phase | None) -> str:
    """Return what a phase is called."""
    return either(phase.name, phase.name_en) if phase else ""


def phase_words(village: str, on: date) -> str:
    """Return what the phase of a village is called."""
    return phase_name(phases_on(on).get(phase_of(village, on)))


def named(code: str, known: Mapping[str, Phase]) -> str:
    """Return what a phase code is called; the code itself once nobody knows it."""
    return phase_name(known.get(code)) or code


def where(codes: Iterable[str]) -> dict[str, str]:
    """Return "Sumberwangi, Kec. Lereng" by village."""
    return {
        code: _("%(village)s, Kec. %(kecamatan)s")
        % {"village": place.village, "kecamatan": place.kecamatan}
        for code, place in places(codes).items()
    }


def steps_of(pilot: Any, evidence: Iterable[Any], waits: Next) -> list[dict[str, Any]]:
    """Return the way of a pilot as a timeline, up to the last phase."""
    known = phases_on(today())
    codes = list(known)
    here = codes.index(phase_of(pilot.village_id, today())) if codes else 0
    given = {row.step: row for row in evidence}
    past = pilot.state not in {State.CHOSEN, State.PREPARING}
    rows = [_row("done", str(HAPPENED[What.CHOSEN]), short_day(pilot.chosen_on))]
    for step in Step:
        row = given.get(step)
        when = short_day(row.on) if row else ""
        rows.append(_row("done" if row else "next", str(STEPS[step]), when))
    rows.append(_row("done" if past else "next", _("Visit of the task force"), ""))
    for at, code in enumerate(codes[1:], start=1):
        state = "done" if past and at <= here else "next"
        rows.append(_row(state, phase_name(known[code]), ""))
    _mark(rows, pilot, waits)
    return rows


def _row(state: str, title: str, when: str) -> dict[str, Any]:
    return {"state": state, "title": title, "when": when, "note": ""}


def _mark(rows: list[dict[str, Any]], pilot: Any, waits: Next) -> None:
    """Mark where a pilot stands, with who acts next and by when."""
    if pilot.state == State.ENDED:
        for row in rows:
            row["state"] = "off" if row["state"] == "next" else row["state"]
        return
    at = next((row for row in rows if row["state"] == "next"), rows[-1])
    at["state"] = "late" if waits.late else "now"
    words = _("%(who)s: %(what)s") if waits.who else "%(what)s"
    at["note"] = words % {"who": waits.who, "what": waits.what}
    at["when"] = waits.by_when


def reasons(
    needs: Iterable[Mapping[str, Any]], *, public: bool = False
) -> list[dict[str, Any]]:
    """Return judged needs, as kept with signatures and moves, as a list of reasons.

    The public reads values of the whole regency, and of how places keep the protocol.
    In a village a value is one house, and windows that overlap would tell its days.
    """
    return [
        {
            "met": MET[need["verdict"]],
            "text": _need(need),
            "fact": "" if public and not _for_all(need) else _fact(need),
        }
        for need in needs
    ]


def _for_all(need: Mapping[str, Any]) -> bool:
    return bool(need["of"] == "regency" or need["indicator"] == Indicator.COMPLIANCE)


def _need(need: Mapping[str, Any]) -> str:
    told = {
        "what": INDICATORS[Indicator(need["indicator"])],
        "place": PLACES.get(need["of"], need["of"]),
        "limit": _limit(need),
    }
    words = _("%(what)s (%(place)s): %(limit)s")
    if need["days"] > 1:
        words = _("%(what)s (%(place)s): %(limit)s, on each of %(days)s days")
    return words % {**told, "days": need["days"]}


def _limit(need: Mapping[str, Any]) -> str:
    if need["below"] is not None:
        return _("below %(value)s") % {"value": figure(need["below"])}
    if need["least"] is not None:
        return _("at least %(value)s") % {"value": figure(need["least"])}
    return _("no limit is written")


def _fact(need: Mapping[str, Any]) -> str:
    gaps = [on for on, value, _missing in need["seen"] if not value]
    if gaps:
        days = ", ".join(short_day(date.fromisoformat(on)) for on in gaps[:3])
        return _("Nothing is known for: %(days)s%(more)s") % {
            "days": days,
            "more": " …" if len(gaps) > 3 else "",
        }
    on, value, _missing = need["seen"][-1]
    return _("%(value)s on %(day)s") % {
        "value": figure(value),
        "day": short_day(date.fromisoformat(on)),
    }


def figure(text: str) -> str:
    """Return a number as people write it."""
    value = round(Decimal(text), 2)
    places = next(n for n in range(3) if value == round(value, n))
    return number_format(value, places, use_l10n=True, force_grouping=True)


def role(code: str) -> str:
    """Return what an office is called."""
    return str(ROLE_LABELS[Role(code)])


def history(
    turns: Iterable[Any],
    names: Mapping[str, str] | None = None,
    *,
    values: bool = True,
) -> list[dict[str, Any]]:
    """Return what happened, the latest first; names and values only for officers."""
    known, public = phases_on(today()), names is None or not values
    return [_told(turn, known, names, public=public) for turn in turns]


def _told(
    turn: Any,
    known: Mapping[str, Phase],
    names: Mapping[str, str] | None,
    *,
    public: bool,
) -> dict[str, Any]:
    what, reason, kept = What(turn.what), turn.reason, turn.evaluation
    if what == What.SIGNED:
        reason = role(reason)
    if what == What.EVIDENCE:
        reason = str(STEPS[Step(reason)])
    return {
        "pk": turn.pk,
        "what": HAPPENED[what],
        "when": long_day(turn.on),
        "reason": reason_said(reason),
        "phase": named(turn.phase, known) if turn.phase else "",
        "by": (names.get(turn.by) or _("the program by itself")) if names else "",
        "needs": reasons(kept["needs"], public=public) if kept else [],
    }


def card(pilot: Any, waits: Next, place: str) -> dict[str, str]:
    """Return a pilot as a card of the board."""
    words = _("%(who)s: %(what)s") if waits.who else "%(what)s"
    note = words % {"who": waits.who, "what": waits.what}
    return {
        "title": place,
        "url": reverse("pilots:pilot", args=[pilot.pk]),
        "note": f"{note}, {waits.by_when}" if waits.due else note,
        "tag": tag(pilot.state)["text"],
        "state": tag(pilot.state)["state"],
    }
