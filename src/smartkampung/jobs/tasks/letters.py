"""Jobs of letters."""

from procrastinate.contrib.django import app

from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now
from smartkampung.letters.requests.actions import feeding, orders, reminding
from smartkampung.letters.service import actions as service
from smartkampung.letters.signing.actions import certificates


@job("letters.sign_order", priority=5)
def sign_order(order_id: int) -> None:
    """Sign the next letters of an order: somebody waits for them."""
    orders.work_on(order_id=order_id, at=now())


@job("letters.end_orders")
def end_orders(timestamp: int) -> None:
    """Forget the passphrases of orders whose quarter of an hour is over."""
    orders.end_expired(at=now())


app.periodic(cron="* * * * *")(app.tasks["letters.end_orders"])


@job("letters.revoke_certificates")
def revoke_certificates(timestamp: int) -> None:
    """Revoke the certificates of who left the office in it, or lost the account."""
    certificates.revoke_where_the_office_ended(at=now())


app.periodic(cron="*/10 * * * *")(app.tasks["letters.revoke_certificates"])


@job("letters.urge_late")
def urge_late(timestamp: int) -> None:
    """Mark the work on letters that are late as urgent."""
    reminding.urge_late(at=now())


app.periodic(cron="*/5 * * * *")(app.tasks["letters.urge_late"])


@job("letters.tell_ends")
def tell_ends(timestamp: int) -> None:
    """Say in time that a letter, or a certificate to sign with, holds no longer."""
    service.tell_of_letters_that_end(at=now())
    service.list_certificates_that_end(at=now())


app.periodic(cron="40 6 * * *")(app.tasks["letters.tell_ends"])


@job("letters.life_event")
def life_event(event_id: int) -> None:
    """Close the work of a letter that told of what is now written down."""
    feeding.take_notice(event_id=event_id, at=now())
