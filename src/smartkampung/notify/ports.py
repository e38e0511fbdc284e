"""What notify asks of a message service, whichever it is."""

from typing import Protocol


class Unavailable(Exception):
    """The service cannot be reached or asks to come back; the message waits."""


class Undeliverable(Exception):
    """The service will never take this message, for example a wrong address."""


class Port(Protocol):
    """One way to send a short text to one address."""

    def deliver(self, *, to: str, text: str, key: str) -> None:
        """Hand over one message, or raise Unavailable or Undeliverable.

        ``key`` is the same when a message is handed over again after a crash, so
        that the service can drop the second. Errors never hold the address.
        """
