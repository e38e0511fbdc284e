"""The writers of signing, one file per topic."""

from smartkampung.letters.signing.actions.proving import seal_payload
from smartkampung.letters.signing.actions.sign import (
    OpenedPen,
    Signed,
    sign_letter,
    unlock,
)

__all__ = ["OpenedPen", "Signed", "seal_payload", "sign_letter", "unlock"]
