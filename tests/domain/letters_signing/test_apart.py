"""pyHanko wants an event loop of its own, wherever somebody signs."""

import asyncio

import pytest

from smartkampung.letters.signing.apart import apart


async def signs() -> str:
    return "signed"


async def signs_on_the_way() -> str:
    """Sign where a loop runs already."""
    return apart(lambda: asyncio.run(signs()))


def test_what_wants_a_loop_of_its_own_gets_one() -> None:
    assert apart(lambda: asyncio.run(signs_on_the_way())) == "signed"


def test_what_goes_wrong_there_goes_wrong_here() -> None:
    def fails() -> None:
        raise LookupError("no ink")

    with pytest.raises(LookupError, match="no ink"):
        apart(fails)
