"""Sign many letters at once: a passphrase for a quarter of an hour, work for a job."""

from collections.abc import Collection
from datetime import datetime, timedelta

import structlog
from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.queries import acting_still
from smartkampung.audit.actions import record
from smartkampung.kernel.clock import day
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.later import later
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.requests.actions.refusals import CannotStep
from smartkampung.letters.requests.actions.signing import sign_with
from smartkampung.letters.requests.models import (
    LetterRequest,
    OrderItem,
    SigningOrder,
)
from smartkampung.letters.requests.models.orders import SEALED_AS
from smartkampung.letters.requests.queries.requests import count_read
from smartkampung.letters.requests.rules.steps import Bar
from smartkampung.letters.signing.actions.sign import OpenedPen, unlock
from smartkampung.letters.signing.errors import (
    CertificateExpired,
    KeyLocked,
    NoCertificate,
    SigningRefused,
    SigningUnavailable,
    WrongPassphrase,
)

LASTS = timedelta(minutes=15)
MOST = 200
AT_ONCE = 10  # letters of one transaction: numbers stay locked no longer
EXPIRED, FAULT = "order_expired", "letter_fault"
# What says no to every letter of an order, not to one.
OF_THE_KEY = (
    NoCertificate,
    CertificateExpired,
    WrongPassphrase,
    KeyLocked,
    SigningUnavailable,
)
log = structlog.get_logger(__name__)


class NothingToSign(Refused):
    """No letter was chosen, or very many."""

    code = "nothing_to_sign"


def order_signing(
    *,
    requests: Collection[LetterRequest],
    by: Actor,
    passphrase: str,
    at: datetime,
) -> SigningOrder:
    """Let the worker sign letters that were all read; return the order.

    The passphrase is tried now, kept sealed, and forgotten at the end. Raises
    NothingToSign, CannotStep when one was not read, and what the key says; callers let
    the transaction commit then.
    """
    if not 0 < len(requests) <= MOST:
        raise NothingToSign(
            _("Choose the letters to sign: at least one, at most %(most)d.")
            % {"most": MOST}
        )
    if count_read(by, requests) < len(requests):
        raise CannotStep([Bar.NOT_READ])
    unlock(staff_id=by.staff_id, passphrase=passphrase, at=at)
    rows = sorted(requests, key=lambda row: row.pk)
    with transaction.atomic():
        order = SigningOrder.objects.create(
            signer_id=by.staff_id,
            village_code=rows[0].village_code,
            passphrase=Sealed.of(passphrase, SEALED_AS),
            made_at=at,
            expires_at=at + LASTS,
        )
        OrderItem.objects.bulk_create(
            OrderItem(order=order, request=row) for row in rows
        )
        record(
            "letters.signing_ordered",
            target=order,
            by=by.username,
            region_code=order.village_code,
            letters=len(rows),
        )
        _go_on(order)
    return order


def work_on(*, order_id: int, at: datetime) -> None:
    """Sign the next letters of an order, and promise the rest; end it when done."""
    order = SigningOrder.objects.select_for_update(no_key=True).get(pk=order_id)
    if order.passphrase is None or order.expires_at <= at:
        end(order, at=at)
        return
    items = list(
        order.items.filter(state=OrderItem.State.WAITING)
        .select_related("request")
        .order_by("pk")[:AT_ONCE]
    )
    if items:
        _sign_all(order, items, at)
    if order.ended_at is not None:
        return
    if order.items.filter(state=OrderItem.State.WAITING).exists():
        _go_on(order)
    else:
        end(order, at=at)


def _sign_all(order: SigningOrder, items: list[OrderItem], at: datetime) -> None:
    """Sign some letters with the rights of this moment, each for itself."""
    assert order.passphrase is not None
    by = acting_still(order.signer_id, on=day(at))
    try:
        pen = unlock(
            staff_id=order.signer_id, passphrase=order.passphrase.open(), at=at
        )
    except Refused as refusal:
        end(order, at=at, code=refusal.code)
        return
    if pen.remote:
        # The service takes seconds: nobody waits so long for a number of ten letters.
        items = items[:1]
    # All letters first, as every signer takes them: then only the number follows.
    rows = LetterRequest.objects.select_for_update(no_key=True).order_by("pk")
    list(rows.filter(pk__in=[item.request_id for item in items]))
    for item in items:
        refused = _sign_one(pen, item, by, at)
        if refused and _of_the_key(refused):
            # One more try would count, or knock where the answer is known.
            end(order, at=at, code=refused.code)
            return


def _sign_one(
    pen: OpenedPen, item: OrderItem, by: Actor, at: datetime
) -> Refused | None:
    """Sign one letter and write down how it went; return why not, when it was refused."""
    try:
        sign_with(pen, request=item.request, by=by, at=at)
    except Refused as refusal:
        _done(item, OrderItem.State.REFUSED, refusal.code, at)
        return refusal
    except OperationalError:
        # Two signers were in each other's way: the job is tried again, whole.
        raise
    except Exception as error:
        # A fault in one letter is no reason to leave the others unsigned.
        name = type(error).__name__
        log.error("letters.not_signed", request=item.request_id, error=name)
        _done(item, OrderItem.State.REFUSED, FAULT, at)
    else:
        _done(item, OrderItem.State.SIGNED, "", at)
    return None


def _of_the_key(refusal: Refused) -> bool:
    if isinstance(refusal, SigningRefused):
        return refusal.of_the_signer
    return isinstance(refusal, OF_THE_KEY)


def _done(item: OrderItem, state: str, code: str, at: datetime) -> None:
    item.state, item.code, item.done_at = state, code, at
    item.save(update_fields=["state", "code", "done_at"])


def end(order: SigningOrder, *, at: datetime, code: str = EXPIRED) -> None:
    """End an order and forget its passphrase; what still waits is not signed.

    ``code`` says why.
    """
    waiting = order.items.filter(state=OrderItem.State.WAITING)
    waiting.update(state=OrderItem.State.REFUSED, code=code, done_at=at)
    order.passphrase, order.ended_at = None, order.ended_at or at
    order.save(update_fields=["passphrase", "ended_at"])


def end_expired(*, at: datetime) -> int:
    """End every order whose quarter of an hour is over; return how many."""
    rows = SigningOrder.objects.select_for_update(no_key=True, skip_locked=True)
    over = list(rows.filter(ended_at=None, expires_at__lte=at))
    for order in over:
        end(order, at=at)
    return len(over)


def _go_on(order: SigningOrder) -> None:
    later("letters.sign_order", order_id=order.pk, lock=f"letters.order:{order.pk}")
