"""What is sensitive asks once more who is there, after a quarter of an hour."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.account.decorators import reauthentication_required

View = TypeVar("View", bound=Callable[..., Any])
fresh: Callable[[View], View] = reauthentication_required(app="allauth.mfa")
