"""Say something to the offices of an area, or take it back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import IO

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries.offices import Holder, holders
from smartkampung.accounts.roles import OFFICES, Permission, Role
from smartkampung.audit.actions import record
from smartkampung.frontline.voice.actions.errors import (
    CannotAnnounce,
    Doubtful,
    NobodyThere,
    NotYourArea,
    Withdrawn,
)
from smartkampung.frontline.voice.actions.keeping import Kept, keep_file
from smartkampung.frontline.voice.actions.spreading import OVER, promise_to_tell
from smartkampung.frontline.voice.models import Announcement, Attachment, Task
from smartkampung.frontline.voice.queries.broadcasts import (
    about,
    speaker_pays,
    warned_by,
)
from smartkampung.frontline.voice.rules.asking import Ask, faults
from smartkampung.frontline.voice.rules.doubts import doubts_about
from smartkampung.frontline.voice.words import FAULTS
from smartkampung.kernel.clock import day, end_of_day
from smartkampung.kernel.later import later
from smartkampung.notify.actions import stop_about
from smartkampung.worklist.actions import (
    close_all_work,
    open_all_work,
    open_work,
)

# The kind of work by which an office is asked to do something.
CALL_OFF = "voice.call_off"
TELL_WITHIN = timedelta(minutes=15)
KINDS = {role.value: f"voice.do_{role}" for role in OFFICES}


@dataclass(frozen=True)
class Said:
    """What an office wants to say, and to whom; no ``roles`` means every office."""

    title: str
    body: str
    region_code: str
    roles: tuple[str, ...] = ()
    asks: Ask = Ask.READ
    due_on: date | None = None
    public: bool = False
    danger: str = ""
    sure: bool = False


def announce(
    *,
    said: Said,
    files: Iterable[tuple[IO[bytes], str]] = (),
    by: Actor,
    at: datetime,
) -> Announcement:
    """Publish an announcement; what it asks for is work of each office from now on.

    ``files`` come with their names, and are kept once it may be said. Raises
    NotYourArea, CannotAnnounce, Doubtful, NobodyThere, and what ``keep_file`` raises.
    """
    found = _spoken_to(said, by, at)
    kept = [
        keep_file(file=file, name=name, region_code=said.region_code, at=at)
        for file, name in files
    ]
    with transaction.atomic():
        row = _written(said, kept, by, at)
        if said.asks == Ask.ACT:
            _ask(row, found)
        promise_to_tell(row, purse=speaker_pays(by, row.region_code), at=at)
        record(
            "voice.announced",
            target=row,
            by=by.username,
            region_code=row.region_code,
            asks=row.asks,
            offices=len(found),
        )
    return row


def _spoken_to(said: Said, by: Actor, at: datetime) -> Sequence[Holder]:
    """Return who hears it, when it may be said like that."""
    if not by.may_in(Permission.ANNOUNCE, said.region_code):
        raise NotYourArea(_("You speak for another area. Choose a place within yours."))
    wrong = faults(
        asks=said.asks,
        roles=said.roles,
        may_be_asked=[role.value for role in OFFICES],
        due_on=said.due_on,
        today=day(at),
        danger=said.danger,
        public=said.public,
    )
    if wrong:
        raise CannotAnnounce(FAULTS[wrong[0]])
    if said.public and not said.sure and doubts_about(f"{said.title}. {said.body}"):
        raise Doubtful(_("Look once more at what everybody will read."))
    found = holders(said.region_code, map(Role, said.roles), on=day(at))
    if not found:
        raise NobodyThere(
            _(
                "Nobody holds such an office there. Choose other offices or a wider area."
            )
        )
    return found


def _written(said: Said, kept: Sequence[Kept], by: Actor, at: datetime) -> Announcement:
    row = Announcement.objects.create(
        title=said.title,
        body=said.body,
        region_code=said.region_code,
        roles=list(said.roles),
        asks=said.asks,
        due_on=said.due_on,
        public=said.public,
        danger=said.danger,
        by=by.username,
        at=at,
    )
    Attachment.objects.bulk_create(
        Attachment(announcement=row, at=at, **file._asdict()) for file in kept
    )
    return row


def _ask(row: Announcement, found: Sequence[Holder]) -> None:
    """Put the act on the list of each office, however many hold it."""
    offices = {(one.role, one.place): one.region_code for one in found}
    tasks = Task.objects.bulk_create(
        Task(announcement=row, role=role, place=place, region_code=region)
        for (role, place), region in sorted(offices.items())
    )
    for role in row.roles:
        open_all_work(
            kind=KINDS[role],
            targets=[(t, t.region_code) for t in tasks if t.role == role],
            permission=OFFICES[Role(role)],
            due_at=end_of_day(row.due_on or day(row.at)),
        )


def withdraw(
    *, announcement: Announcement, reason: str, by: Actor, at: datetime
) -> Announcement:
    """Take an announcement back; what it asked for waits for nobody any more.

    It stays in the lists, marked, with the reason. Messages about it that are not out
    yet never go; that phones which were warned do not know yet is urgent work. Raises NotYourArea, Withdrawn.
    """
    if not by.may_in(Permission.ANNOUNCE, announcement.region_code):
        raise NotYourArea(_("Only who speaks for this area can withdraw this."))
    with transaction.atomic():
        row = Announcement.objects.select_for_update().get(pk=announcement.pk)
        if row.withdrawn_at:
            raise Withdrawn(_("This was withdrawn before. Nothing was changed."))
        row.withdrawn_at, row.withdrawn_by = at, by.username
        row.withdrawn_reason = reason
        row.save(
            update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"],
        )
        close_all_work(targets=row.tasks.filter(done_at=None), by=by.username)
        told = row.tellings.values_list("about", flat=True)
        stop_about(causes=[*map(about, row.broadcasts.all()), *told])
        if warned_by(row):
            open_work(
                kind=CALL_OFF,
                target=row,
                permission=Permission.ANNOUNCE,
                region_code=row.region_code,
                due_at=at + TELL_WITHIN,
                urgent=True,
            )
        if row.danger:
            later("voice.tell", announcement_id=row.pk, occasion=OVER, after=0)
        record(
            "voice.withdrawn", target=row, by=by.username, region_code=row.region_code
        )
    return row
