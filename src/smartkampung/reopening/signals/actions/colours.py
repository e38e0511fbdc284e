"""Write official colours down, with their source; they are never ours."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.reopening.signals.actions.reporting import (
    NeedsReason,
    NothingNew,
    ToldMeanwhile,
)
from smartkampung.reopening.signals.models import OfficialColour
from smartkampung.reopening.signals.queries.here import must_enter
from smartkampung.reopening.signals.rules.files import ColourRow


class BadColour(Refused):
    """A colour without a source, or of a day to come."""

    code = "bad_colour"


def write_colour(
    *, told: ColourRow, reason: str = "", by: Actor, at: datetime
) -> OfficialColour:
    """Write down the colour that a source gives a region.

    Raises BadColour, NeedsReason, NothingNew or ToldMeanwhile.
    """
    must_enter(by, told.region)
    if told.on > day(at):
        raise BadColour(_("This day has not come yet. Choose today or an earlier day."))
    if not told.source_url.startswith(("http://", "https://")):
        raise BadColour(_("Give the address of the source, beginning with https://."))
    before = OfficialColour.objects.filter(region=told.region, on=told.on)
    last = before.order_by("version").last()
    if last and (last.colour, last.source_url) == (told.colour, told.source_url):
        raise NothingNew(_("This colour stands there already."))
    if last and not reason.strip():
        raise NeedsReason(_("A colour of this day stands there. Say why it changes."))
    meanwhile = ToldMeanwhile(
        _("Somebody told of this day a moment ago. Look at it first.")
    )
    version = last.version + 1 if last else 1
    with atomic_or_refuse({"official_colour_once": meanwhile}):
        row = _row(told, version, reason.strip() if last else "", by.username, at)
        row.save(force_insert=True)
        record(
            "signals.colour_written",
            target=row,
            by=by.username,
            region_code=told.region,
            colour=told.colour.value,
        )
    return row


def import_colours(*, rows: Sequence[ColourRow], by: str, at: datetime) -> int:
    """Write the colours of a file that were never told; return how many.

    What somebody wrote down for a day in another way stays; so does what was told by
    this file before and corrected since.
    """
    with transaction.atomic():
        known = set(OfficialColour.objects.values_list("region", "on"))
        fresh = [
            _row(one, 1, "", by, at)
            for one in rows
            if (one.region, one.on) not in known and one.on <= day(at)
        ]
        OfficialColour.objects.bulk_create(fresh)
        _note(fresh, by)
    return len(fresh)


def _note(rows: Iterable[OfficialColour], by: str) -> None:
    written = list(rows)
    if written:
        record("signals.colours_imported", target=written[0], by=by, rows=len(written))


def _row(
    told: ColourRow, version: int, reason: str, by: str, at: datetime
) -> OfficialColour:
    return OfficialColour(
        region=told.region,
        name=told.name,
        on=told.on,
        version=version,
        colour=told.colour,
        source_url=told.source_url,
        note=told.note,
        reason=reason,
        by=by,
        at=at,
    )
