"""A passphrase costs nothing here."""

import pytest

from smartkampung.letters.signing.passphrases import Cost


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase cost nothing: it protects nobody here."""
    monkeypatch.setattr(Cost, "log_n", 4)
