"""Write a wording for a place, and confirm one as a second person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.letters.catalogue.models import WordingVersion
from smartkampung.letters.catalogue.queries import above, place_to_confirm, wording_of
from smartkampung.letters.catalogue.rules.floor import against_law
from smartkampung.letters.catalogue.rules.reading import (
    KindFaults,
    data_of,
    read_kind,
)
from smartkampung.letters.catalogue.rules.wording import Wording, digest
from smartkampung.letters.catalogue.words import LESS, fault_words, kind_fault_words
from smartkampung.worklist.actions import close_work, open_work

CONFIRMS = Permission.LETTER_WORDING_CONFIRM
CONFIRM, CONFIRM_WITHIN = "letters.wording_confirm", timedelta(days=3)


class BadWording(Refused):
    """The letter cannot be written like that; every reason is told."""

    code = "bad_wording"


class NotYourPlace(Refused):
    """Who writes for a place has this right there."""

    code = "wording_not_your_place"


class BeginsInThePast(Refused):
    """A wording holds from today on at the earliest."""

    code = "wording_begins_in_the_past"


class WrittenMeanwhile(Refused):
    """A colleague wrote the next version at the same time."""

    code = "wording_written_meanwhile"


class CannotConfirmWording(Refused):
    """Who wrote it does not confirm it, and nobody does so twice."""

    code = "cannot_confirm_wording"


def write_wording(
    *,
    body: Mapping[str, Any],
    region_code: str,
    holds_from: date,
    note: str,
    by: Actor,
    at: datetime,
) -> Wording:
    """Write the next version of a kind for a place, and ask a colleague to confirm it.

    Of what is law, or asks less than before, that is a colleague one level up.
    ``body`` is as ``rules.reading.data_of`` gives it. What was just written word for
    word by the same officer is the same row. Raises BadWording, NotYourPlace,
    BeginsInThePast, WrittenMeanwhile.
    """
    if not by.may_in(Permission.LETTER_WORDING_WRITE, region_code):
        raise NotYourPlace(_("You may not write letters for that place."))
    if holds_from < day(at):
        raise BeginsInThePast(
            _("Choose today or a later day: letters of the past stay as they were.")
        )
    body = _within_law(body, region_code, holds_from)
    rows = WordingVersion.objects.filter(kind=body["code"], region_code=region_code)
    taken = WrittenMeanwhile(
        _("A colleague wrote a version at the same moment. Read it, then send again.")
    )
    with atomic_or_refuse({"wording_number_once": taken}):
        last = rows.order_by("-number").first()
        if last and _same(last, body, holds_from, by):
            return wording_of(last)
        row = WordingVersion.objects.create(
            kind=body["code"],
            region_code=region_code,
            number=last.number + 1 if last else 1,
            body=body,
            digest=digest(body),
            note=note,
            holds_from=holds_from,
            written_by=by.username,
            written_at=at,
        )
        open_work(
            kind=CONFIRM,
            target=row,
            permission=CONFIRMS,
            region_code=place_to_confirm(row),
            due_at=at + CONFIRM_WITHIN,
        )
        record("letters.wording_written", target=row, by=by.username, kind=row.kind)
    return wording_of(row)


def _within_law(body: Mapping[str, Any], region_code: str, on: date) -> dict[str, Any]:
    """Return what somebody wrote as data, if it may hold there; raise BadWording."""
    kind = _read(body)
    over = above(kind.code, region_code, on)
    less = against_law(region_code, over.kind if over else None, kind)
    if less:
        raise BadWording(
            _(
                "This letter is law in your regency: here it may ask more, never less."
                " Taken away: %(what)s. Ask the regency to change it."
            )
            % {"what": ", ".join(str(LESS[one]) for one in less)}
        )
    return data_of(replace(kind, legal=over.kind.legal if over else False))


def _read(body: Mapping[str, Any]) -> Any:
    try:
        return read_kind(body)
    except KindFaults as error:
        said = [kind_fault_words(one) for one in error.found]
        said += [fault_words(one) for all_ in error.bodies.values() for one in all_]
        raise BadWording(" ".join(said)) from error


def _same(row: WordingVersion, body: Any, holds_from: date, by: Actor) -> bool:
    return (row.digest, row.holds_from, row.written_by, row.confirmed_by) == (
        digest(body),
        holds_from,
        by.username,
        "",
    )


@transaction.atomic
def confirm_wording(*, version_id: int, by: Actor, at: datetime) -> Wording:
    """Let a wording hold, as a second person; raise CannotConfirmWording, BadWording."""
    rows = WordingVersion.objects.filter(pk=version_id, confirmed_by="")
    row = rows.select_for_update(no_key=True).exclude(written_by=by.username).first()
    if row is None or not by.may_in(CONFIRMS, place_to_confirm(row)):
        raise CannotConfirmWording(
            _(
                "Somebody else than the writer confirms a version, and once. What is law,"
                " or asks less than before, is confirmed one level up."
            )
        )
    # What the program understands, or the law, may have changed since it was written.
    _within_law(row.body, row.region_code, row.holds_from)
    rows.update(confirmed_by=by.username, confirmed_at=at)
    row.refresh_from_db()
    close_work(target=row, by=by.username, kinds=(CONFIRM,))
    record("letters.wording_confirmed", target=row, by=by.username, kind=row.kind)
    return wording_of(row)
