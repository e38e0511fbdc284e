"""A message service in memory, proved equal to the real ones by their tests."""

from dataclasses import dataclass, field

from smartkampung.notify.ports import Unavailable, Undeliverable


@dataclass(frozen=True)
class Sent:
    """One message that the service took."""

    to: str
    text: str
    key: str


@dataclass
class Fake:
    """Keeps what it is given; can be told to be down or to refuse addresses."""

    sent: list[Sent] = field(default_factory=list)
    down: bool = False
    refuses: set[str] = field(default_factory=set)

    def deliver(self, *, to: str, text: str, key: str) -> None:
        """Keep the message, unless told otherwise."""
        if self.down:
            raise Unavailable("down")
        if to in self.refuses:
            raise Undeliverable("refused")
        if all(message.key != key for message in self.sent):
            self.sent.append(Sent(to, text, key))

    def reset(self) -> None:
        """Forget everything, and work again."""
        self.sent.clear()
        self.refuses.clear()
        self.down = False


OUTBOX = Fake()
NEXT = Fake()


def from_settings() -> Fake:
    """Return the one outbox that tests look into."""
    return OUTBOX


def next_from_settings() -> Fake:
    """Return a second outbox: the channel after the first."""
    return NEXT
