"""What a person can be told, and how a broken promise becomes one of those."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.functional import Promise


class Refused(Exception):
    """A request that was understood and turned down, for a reason one can act on.

    ``code`` is stable and goes to API clients; ``message`` is kind, translated
    prose and says what to do next. Subclasses live beside the action that raises
    them. Anything else that escapes an action is a bug.
    """

    code = "refused"

    def __init__(self, message: str | Promise, *, code: str | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        if code is not None:
            self.code = code


@contextmanager
def atomic_or_refuse(refusals: Mapping[str, Refused]) -> Iterator[None]:
    """Run a savepoint; turn a broken named constraint into its refusal.

    Raises the ``Refused`` mapped to the constraint's name; any other integrity
    error passes through, because it is a bug.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        refusal = refusals.get(constraint_name(error) or "")
        if refusal is None:
            raise
        raise refusal from error


def constraint_name(error: BaseException) -> str | None:
    """Return the name of the constraint that a database error is about."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None)
