"""Turns requests into the plain values that templates show."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.people import full_names
from smartkampung.kernel.clock import day
from smartkampung.kernel.wording import moment, short_moment
from smartkampung.letters.catalogue.printing import said
from smartkampung.letters.catalogue.queries import wording_by
from smartkampung.letters.catalogue.rules.fields import JOINED, PERSON, Facts
from smartkampung.letters.catalogue.rules.kinds import PEOPLE
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests.queries.bringing import to_bring
from smartkampung.letters.requests.queries.drafts import Draft
from smartkampung.letters.requests.queries.requests import File
from smartkampung.letters.requests.queries.standing import states_of
from smartkampung.letters.requests.rules.ends import ENDS
from smartkampung.letters.requests.rules.steps import OPEN, Did, State
from smartkampung.letters.requests.words import CHANNELS, DID, STATES, STEPS
from smartkampung.residents.queries.corrections import mask_of
from smartkampung.residents.subject import FAMILY
from smartkampung.web.aid_staff.present import where

Part = dict[str, Any]
SEALED = {"nik", "kk"}
CALLED = {name: words for name, _kind, words, _sample in PERSON} | {
    name: words for name, _parts, words in JOINED
}
# What is shown of the one whom the letter is about.
SHOWN = ("name", "nik", "kk", "birth", "sex", "marital", "occupation", "home")


def reads() -> str:
    """Return the language of whoever reads."""
    return (get_language() or "id")[:2]


def title_of(kind: str, version: int | None = None) -> str:
    """Return what a kind of letter is called."""
    wording = wording_by(kind, version)
    return wording.kind.title.of(reads()) if wording else kind


def titles_of(rows: Iterable[Any]) -> dict[tuple[str, int | None], str]:
    """Return what the letters of some requests are called; each wording is read once."""
    wanted = {(row.kind, row.wording_version) for row in rows}
    return {(kind, version): title_of(kind, version) for kind, version in wanted}


def tag_of(row: Any, state: str, *, at: datetime) -> Part:
    """Return where a request is, in a word and a colour."""
    colour, words = STATES[state]
    waits = row.state in OPEN and row.state != State.RETURNED
    if waits and row.due_at < at:
        return {"state": "late", "text": f"{words} · {_('late')}"}
    return {"state": colour, "text": words}


def rows_of(
    rows: Iterable[Any], *, at: datetime, reader: Actor | None = None
) -> list[Part]:
    """Return the lines of a list, with the names of places and kinds.

    What its ``reader`` is to bring to a family without a phone is marked.
    """
    found = list(rows)
    brought = to_bring(reader, found) if reader else ()
    titles = titles_of(found)
    places = where({row.region_code for row in found})
    states = states_of(found, on=day(at))
    return [
        {
            "row": row,
            "title": titles[row.kind, row.wording_version],
            "name": row.subject.name,
            "place": places[row.region_code],
            "due": short_moment(row.due_at) if row.state in OPEN else "",
            "tag": tag_of(row, states[row.pk], at=at),
            "bring": row.pk in brought and states[row.pk] not in ENDS,
            "ended": states[row.pk] in ENDS,
            "url": reverse("letters_staff:request", args=[row.pk]),
            "read": getattr(row, "was_read", None),
        }
        for row in found
    ]


def history_of(file: File, *, at: datetime) -> list[Part]:
    """Return what happened, and what is still to come."""
    row = file.request
    known = full_names(step.by for step in file.history)
    done = [_happened(step, by_whom(step.by, known), file) for step in file.history]
    if row.state not in OPEN:
        return done
    if row.state == State.RETURNED:
        return [*done, {"state": "now", "title": STATES[State.RETURNED][1]}]
    steps: Sequence[str] = row.steps
    ahead = list(steps)[list(steps).index(row.state) :]
    late = row.due_at < at
    return [
        *done,
        {
            "state": "late" if late else "now",
            "title": STEPS[ahead[0]],
            "when": _("by %(moment)s") % {"moment": moment(row.due_at)},
        },
        *({"state": "next", "title": STEPS[step]} for step in ahead[1:]),
    ]


def _happened(step: Any, who: str, file: File) -> Part:
    # What speaks in the name of the RT, or instead of it, the RT may read.
    told = not file.shut or step.did in (Did.ON_PAPER, Did.LOOKED)
    note = step.note.open() if told and step.note else ""
    return {
        "state": "done",
        "title": DID[step.did],
        "note": note,
        "when": f"{short_moment(step.at)} · {who}",
    }


def by_whom(username: str, known: Mapping[str, str]) -> str:
    """Return who did something: an officer's name, or the family."""
    own = _("the family") if username == FAMILY else username
    return known.get(username, own)


def facts_shown(draft: Draft, *, whole: bool = False) -> list[Part]:
    """Return what the registry says of the person; numbers masked unless ``whole``."""
    facts = draft.facts if whole else _masked(draft.facts)
    words = said(draft.wording, facts, reads())
    return [
        {"name": CALLED[one].of(reads()), "value": words[name]}
        for one in SHOWN
        if (name := f"subject.{one}") in words and words[name]
    ]


def answers_shown(draft: Draft, *, people: bool = True) -> list[Part]:
    """Return what was answered: the purpose, and the questions of the kind.

    Without ``people`` nobody is named who was chosen of a card.
    """
    words = said(draft.wording, _masked(draft.facts), reads())
    rows = [{"name": _("What it is for"), "value": words.get("letter.purpose", "")}]
    for asked in draft.wording.kind.asked:
        if asked.type in PEOPLE and not people:
            continue
        value = words.get(f"asked.{asked.name}", words.get(f"asked.{asked.name}.name"))
        rows.append({"name": asked.label.of(reads()), "value": _plain(value) or "–"})
    return rows


def asked_shown(file: File, draft: Draft, *, people: bool = True) -> list[Part]:
    """Return what was answered, and what a family wrote when it handed in the rest."""
    told = [each for each in file.history if each.did == Did.COMPLETED and each.note]
    last = [
        {"name": _("Answer to the office"), "value": each.note.open()}
        for each in told[-1:]
    ]
    return answers_shown(draft, people=people) + last


def notes_of(file: File) -> list[Part]:
    """Return what the RT and the office wrote at their steps, and who."""
    steps = [step for step in file.history if step.note]
    known = full_names(step.by for step in steps)
    return [_happened(step, by_whom(step.by, known), file) for step in steps]


def _plain(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return ", ".join(row[1] for row in value.rows)


def _masked(facts: Facts) -> dict[str, Any]:
    """Return facts in which numbers show their last four digits."""
    return {
        name: mask_of(fact)
        if isinstance(fact, str) and name.rpartition(".")[2] in SEALED
        else fact
        for name, fact in facts.items()
    }


def about(row: Any, wording: Wording | None, *, shut: bool) -> list[Part]:
    """Return who asked, how, and for whom."""
    rows = [
        {"name": _("Asked by"), "value": row.applicant.name},
        {"name": _("About"), "value": row.subject.name},
        {"name": _("Asked"), "value": moment(row.asked_at)},
        {"name": _("How"), "value": CHANNELS[row.channel]},
    ]
    if row.asked_by != FAMILY:
        who = by_whom(row.asked_by, full_names([row.asked_by]))
        rows.append({"name": _("Written down by"), "value": who})
    if row.kinship and not shut:
        rows.append({"name": _("What shows the kinship"), "value": row.kinship.open()})
    if wording:
        papers = [one.words.of(reads()) for one in wording.kind.requirements]
        rows.append({"name": _("Papers to see"), "value": "; ".join(papers) or "–"})
    return rows
