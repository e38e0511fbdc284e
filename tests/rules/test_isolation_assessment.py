"""May somebody isolate at home? Every obstacle is told."""

import pytest

from smartkampung.isolation.rules.assessment import Home, Obstacle, obstacles


@pytest.mark.parametrize(
    ("home", "against"),
    [
        (Home(own_room=True, own_bathroom=True, nobody_frail=True), []),
        (
            Home(own_room=False, own_bathroom=True, nobody_frail=True),
            [Obstacle.NO_OWN_ROOM],
        ),
        (
            Home(own_room=False, own_bathroom=False, nobody_frail=False),
            [Obstacle.NO_OWN_ROOM, Obstacle.NO_OWN_BATHROOM, Obstacle.SOMEBODY_FRAIL],
        ),
    ],
    ids=["all it takes", "a shared room", "nothing"],
)
def test_a_home_is_judged_by_three_things(home: Home, against: list[Obstacle]) -> None:
    assert obstacles(home) == against
