"""Name a proxy, let a second person approve, and write down what was collected."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.roles import Permission
from smartkampung.aid.models import Collection, Handover, Proxy
from smartkampung.aid.proxies.queries import collected
from smartkampung.aid.proxies.rules import Fault, Told, faults
from smartkampung.audit.actions import record
from smartkampung.kernel.claim import Busy, Lock, Rank, claim_scarce
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused, atomic_or_refuse
from smartkampung.kernel.sealed import Sealed, blind_index
from smartkampung.residents.models import NIK, Person
from smartkampung.worklist.actions import close_work, open_work

APPROVE_WITHIN = timedelta(days=3)
BUSY = _("Somebody else is working on this proxy. Please try again in a moment.")
OWN = _("You wrote this proxy down yourself, so somebody else must approve it.")
WAITS = _("A proxy of this person waits for the village head already.")


class ProxyIncomplete(Refused):
    """What was written down does not do; ``faults`` is complete."""

    code = "proxy_incomplete"

    def __init__(self, found: Sequence[Fault]) -> None:
        super().__init__(_("Something is missing in what you wrote down."))
        self.faults = list(found)


class ProxyRefused(Refused):
    """The proxy cannot be written down or decided on like that."""

    code = "proxy_refused"


class CannotCollect(Refused):
    """This proxy may not collect this aid now."""

    code = "cannot_collect"


def name_proxy(
    *,
    form_id: uuid.UUID,
    person: Person,
    told: Told,
    nik: str,
    by: Actor,
    at: datetime,
) -> Proxy:
    """Write a proxy down, to be approved by another; the same form twice is one.

    Raises ProxyIncomplete or ProxyRefused.
    """
    index = blind_index(nik, NIK)
    mine = person.nik_index is not None and bytes(person.nik_index) == index
    found = faults(told, is_recipient=mine, today=day(at))
    if found:
        raise ProxyIncomplete(found)
    earlier = Proxy.objects.filter(form_id=form_id, person=person).first()
    if earlier is not None:
        return earlier
    waits = ProxyRefused(WAITS)
    with atomic_or_refuse({"proxy_one_waiting": waits, "proxy_form_once": waits}):
        row = Proxy.objects.create(
            form_id=form_id,
            person=person,
            nik=Sealed.of(nik, NIK),
            nik_index=index,
            asked_by_id=by.staff_id,
            asked_at=at,
            **vars(told),
        )
        open_work(
            kind="aid.approve_proxy",
            target=row,
            permission=Permission.PROXY_APPROVE,
            region_code=person.region_code,
            due_at=at + APPROVE_WITHIN,
            not_by=[by.username],
        )
        _note("aid.proxy_named", row, by)
    return row


def decide_proxy(*, proxy: Proxy, approved: bool, by: Actor, at: datetime) -> None:
    """Bring a proxy into force in place of the one before, or refuse it."""

    def take() -> None:
        row = Proxy.objects.get(pk=proxy.pk)
        if row.state != Proxy.State.WAITING:
            raise ProxyRefused(_("This proxy was decided on already."))
        if approved:
            before = Proxy.objects.filter(person=row.person_id)
            before = before.filter(state=Proxy.State.IN_FORCE)
            before.update(state=Proxy.State.ENDED)
        row.state = Proxy.State.IN_FORCE if approved else Proxy.State.REFUSED
        row.decided_by_id, row.decided_at = by.staff_id, at
        row.save(update_fields=["state", "decided_by", "decided_at"])
        close_work(target=row, by=by.username)
        _note("aid.proxy_decided", row, by, approved=approved)

    claim_scarce(
        locks=_locks(proxy),
        take=take,
        refusals={"proxy_needs_two_people": ProxyRefused(OWN)},
        busy=Busy(BUSY),
    )


def end_proxy(*, proxy: Proxy, by: Actor, at: datetime) -> None:
    """End a proxy before its last day; raise ProxyRefused when it is not in force."""

    def take() -> None:
        row = Proxy.objects.get(pk=proxy.pk)
        if row.state != Proxy.State.IN_FORCE:
            raise ProxyRefused(_("This proxy is not in force."))
        row.state = Proxy.State.ENDED
        row.save(update_fields=["state"])
        _note("aid.proxy_ended", row, by)

    claim_scarce(locks=_locks(proxy), take=take, refusals={}, busy=Busy(BUSY))


def collect(*, proxy_id: int, handover: Handover, at: datetime) -> Collection:
    """Write down that a proxy collected; the caller holds the entitlement's locks.

    The database refuses one who is not in force, or who collected for as many people
    today as one may: see REFUSALS.
    """
    proxy = Proxy.objects.select_for_update(no_key=True).get(pk=proxy_id)
    return Collection.objects.create(
        handover=handover,
        proxy=proxy,
        nik_index=proxy.nik_index,
        on=day(at),
        turn=collected(proxy, on=day(at)) + 1,
        most=settings.PROXY_MOST_A_DAY,
    )


REFUSALS: dict[str, Refused] = {
    "collection_by_a_proxy_in_force": CannotCollect(
        _("This proxy is not in force for this person today.")
    ),
    "collection_within_the_day": CannotCollect(
        _(
            "This proxy has collected for as many people today as one may. The recipient"
            " comes on another day, or names somebody else."
        )
    ),
    "collection_turn_once": CannotCollect(
        _("This proxy is collecting somewhere else this very moment. Try again.")
    ),
}


def _locks(proxy: Proxy) -> list[Lock]:
    return [
        Lock(Rank.PERSON, Person.objects.filter(pk=proxy.person_id)),
        Lock(Rank.PERSON, Proxy.objects.filter(person=proxy.person_id)),
    ]


def _note(name: str, row: Proxy, by: Actor, **detail: object) -> None:
    region = row.person.region_code
    record(name, target=row, by=by.username, region_code=region, **detail)
