"""How to fill the arguments of one address, for the permission matrix."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.web.scene import Scene


@dataclass(frozen=True)
class Sample:
    """How to fill the arguments of one address."""

    make: Callable[[Scene], dict[str, Any]] = lambda _: {}
    bound: bool = False
    words: tuple[str, ...] = ()
    # Addresses that answer 404 to those who may, because of something else.
    may_be_missing: bool = False
    any_method: bool = False
    # The object stands behind row-level security (aid reports, later health).
    rls: bool = False
