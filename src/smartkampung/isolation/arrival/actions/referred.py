"""The Puskesmas looks after somebody whom the checkpoint sent to the hospital."""

from datetime import datetime

from smartkampung.accounts.actor import Actor
from smartkampung.audit.actions import record
from smartkampung.isolation.arrival.actions.gate import REFERRED
from smartkampung.isolation.models import Stay
from smartkampung.worklist.actions import close_work


def taken_over(*, stay: Stay, by: Actor, at: datetime) -> bool:
    """Write down that the hospital has the person; False where that stood already."""
    if not close_work(target=stay, by=by.username, kinds=(REFERRED,)):
        return False
    region = stay.reservation.region_code
    record("isolation.taken_over", target=stay, by=by.username, region_code=region)
    return True
