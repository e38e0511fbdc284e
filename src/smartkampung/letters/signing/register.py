"""What proving a letter asks of whoever keeps the register of letters.

Requests lie above signing, so they hand themselves in by a setting. Without one, and
when the register does not answer, a paper is judged by its signature alone.
"""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from smartkampung.letters.signing.rules.verdicts import Proof


class Register(Protocol):
    """The register of letters."""

    def proof(self, code: str) -> Proof | None:
        """Return how a letter stands; None when there is none with this code."""

    def printed(
        self, code: str, holder_code: str, lang: str
    ) -> Sequence[tuple[str, str]] | None:
        """Return what stands on the paper, label and words; None for a wrong code."""

    def revoked(self) -> Sequence[str]:
        """Return the codes of all letters that were revoked or replaced."""


class NoRegister:
    """Knows no letter: what is left is the signature."""

    def proof(self, code: str) -> Proof | None:
        """Know nothing."""
        return None

    def printed(
        self, code: str, holder_code: str, lang: str
    ) -> Sequence[tuple[str, str]] | None:
        """Know nothing."""
        return None

    def revoked(self) -> Sequence[str]:
        """Know nothing."""
        return []


def register() -> Register:
    """Return the register of this deployment."""
    if not settings.LETTER_REGISTER:
        return NoRegister()
    made: Register = import_string(settings.LETTER_REGISTER)
    return made
