"""The steps of a booking, who comes first, and how people came to it."""

from enum import StrEnum


class State(StrEnum):
    """Where a booking is. ``LEFT``: was there, and went home without being served."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    CALLED = "called"
    SERVED = "served"
    MISSED = "missed"
    LEFT = "left"
    CANCELLED = "cancelled"


OPEN = (State.BOOKED, State.ARRIVED, State.CALLED)
STEPS: dict[State, tuple[State, ...]] = {
    State.BOOKED: (State.ARRIVED, State.CALLED, State.MISSED, State.CANCELLED),
    State.ARRIVED: (State.CALLED, State.SERVED, State.LEFT),
    State.CALLED: (State.ARRIVED, State.SERVED, State.MISSED, State.LEFT),
    State.SERVED: (),
    State.MISSED: (State.ARRIVED,),  # late, and kindly let in
    State.LEFT: (),
    State.CANCELLED: (),
}


class First(StrEnum):
    """Why somebody comes first; they say so, and nobody asks for a proof."""

    ELDERLY = "elderly"
    PREGNANT = "pregnant"
    DISABLED = "disabled"


class Way(StrEnum):
    """How a booking was made."""

    PAGE = "page"
    DESK = "desk"
    WALK_IN = "walk_in"
