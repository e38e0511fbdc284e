"""A batch of many payments: filled in by parts, approved, sent with its file.

    python -m bench.payments [--recipients 50000] [--villages 250]

Everybody was enrolled before, which is not measured, and is paid by the post office.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial

from rich.console import Console

from bench import enrol
from smartkampung.accounts.actor import Actor
from smartkampung.aid.cycles.actions.approve import approve_list
from smartkampung.aid.models import PaymentBatch, PaymentWork, VillageList
from smartkampung.aid.payments.actions.batches import approve
from smartkampung.aid.payments.actions.work import fill, go_on, send
from smartkampung.aid.payments.queries.batches import running, totals_of
from smartkampung.kernel.clock import now, today
from smartkampung.kernel.sealed import Sealed
from smartkampung.ledger.queries import accounts_that_disagree, balances
from smartkampung.residents.models import NIK

out = Console(width=100)


def main() -> None:
    """Fill, approve and send one batch; say how long each took."""
    options = argparse.ArgumentParser(description="Pay many.")
    options.add_argument("--recipients", type=int, default=50_000)
    options.add_argument("--villages", type=int, default=250)
    asked = options.parse_args()
    with out.status("Enrolling"):
        maker, approver = _enrolled(asked.recipients, asked.villages)
        batch = enrol.as_job(partial(_draft, maker))
    filled = _worked(partial(fill, batch=batch, by=maker, at=now()), batch)
    totals = enrol.as_job(partial(totals_of, batch))
    approved = _seconds(
        partial(approve, batch=batch, seen=totals, by=approver, at=now())
    )
    enrol.as_job(batch.refresh_from_db)
    sent = _worked(partial(send, batch=batch, by=approver, at=now()), batch)
    enrol.as_job(batch.refresh_from_db)
    if batch.state != "sent" or batch.count != asked.recipients:
        raise SystemExit(f"wrong: {batch.state}, {batch.count}")
    if enrol.as_job(accounts_that_disagree):
        raise SystemExit("wrong: the ledger disagrees")
    transit = f"in_transit/{enrol.CODE}"
    moved = enrol.as_job(lambda: balances([transit])[transit])
    out.print(
        f"{batch.count} payments: filled {filled:.1f} s   approved {approved:.2f} s"
        f"   sent {sent:.1f} s   in transit {moved}"
    )


def _enrolled(recipients: int, villages: int) -> tuple[Actor, Actor]:
    staff = enrol.ground(recipients, villages)
    nik = Sealed.of("3510000000000001", NIK).box
    enrol.as_job(
        lambda: enrol.run("UPDATE residents_person SET nik = %(nik)s", {"nik": nik})
    )
    cycle = enrol.cycle_of("Paid", staff, recipients, second=False)
    camat = Actor(staff[2], "camat")
    for village in VillageList.objects.filter(cycle=cycle).order_by("pk"):
        enrol.as_job(partial(approve_list, village=village, by=camat, at=now()))
    return Actor(staff[0], "sender"), camat


def _draft(maker: Actor) -> PaymentBatch:
    return PaymentBatch.objects.create(
        programme_id=enrol.CODE,
        region_code="35.10",
        channel="post",
        pay_on=today(),
        message_id="SK-BENCH",
        made_by_id=maker.staff_id,
        made_at=now(),
    )


def _worked(begin: Callable[[], object], batch: PaymentBatch) -> float:
    """Begin work, and do its jobs one after another; return the seconds."""

    def work() -> None:
        enrol.as_job(begin)
        while (found := enrol.as_job(partial(running, batch))) is not None:
            enrol.as_job(partial(_go_on, found))

    return _seconds(work, job=False)


def _go_on(work: PaymentWork) -> None:
    go_on(work_id=work.pk, at=now())


def _seconds(work: Callable[[], None], *, job: bool = True) -> float:
    begun = time.perf_counter()
    if job:
        enrol.as_job(work)
    else:
        work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
