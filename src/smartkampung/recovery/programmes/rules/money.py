"""What a seat may cost, and what is owed for what was done. Whole rupiah, pure."""

from dataclasses import dataclass

from smartkampung.recovery.programmes.rules.states import Pays


@dataclass(frozen=True)
class Terms:
    """What an offer pays: ``cost`` at most for each, ``wage`` for each of ``days``."""

    pays: Pays
    cost: int
    wage: int
    days: int


@dataclass(frozen=True)
class Done:
    """What somebody did and got so far."""

    attended: int = 0
    paid: int = 0
    finished: bool = False


def amount_for(terms: Terms, *, held: int) -> int:
    """Return what is set aside for somebody who comes after some days were held."""
    if terms.pays == Pays.WAGE:
        return terms.wage * max(1, terms.days - held)
    return terms.cost


def earned(terms: Terms, done: Done, *, amount: int) -> int:
    """Return what is due for what was done, within what was set aside.

    Grants and loans are handed over whole, so nothing of them is earned by the day.
    """
    if terms.pays == Pays.WAGE:
        return min(amount, terms.wage * done.attended)
    if terms.pays == Pays.COURSE:
        if done.finished:
            return amount
        return min(amount, amount * done.attended // max(1, terms.days))
    return done.paid


def owed(terms: Terms, done: Done, *, amount: int) -> int:
    """Return what was earned and not yet paid; never below nought."""
    return max(0, earned(terms, done, amount=amount) - done.paid)


def source_of(programme: int) -> str:
    """Return the account from which a programme is funded; it may go below nought."""
    return f"recovery.source/{programme}"


def repaid_of(programme: int) -> str:
    """Return the account to which loans come back."""
    return f"recovery.repaid/{programme}"


def budget_of(offer: int) -> str:
    """Return the account that holds what an offer may still promise."""
    return f"recovery.budget/{offer}"


def paid_of(offer: int) -> str:
    """Return the account of what an offer paid out."""
    return f"recovery.paid/{offer}"


def due_of(seat: int) -> str:
    """Return the account of what is set aside for one seat: never for a person."""
    return f"recovery.due/{seat}"


def loan_of(seat: int) -> str:
    """Return the account of what one seat still has to pay back."""
    return f"recovery.loan/{seat}"
