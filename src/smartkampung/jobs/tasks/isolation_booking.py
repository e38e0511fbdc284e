"""Jobs of booking a place to isolate."""

from smartkampung.isolation.booking import actions
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("isolation.send_confirm_code")
def send_confirm_code(reservation_id: int) -> None:
    """Send a code to the recorded phone of whom a booking names, if there is one."""
    actions.send_confirm_code(reservation_id=reservation_id, at=now())
