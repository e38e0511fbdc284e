"""Checks a signed PDF that somebody hands in."""

from smartkampung.letters.signing.checked import checked
from smartkampung.letters.signing.queries.authority import (
    ended_certificates,
    trusted,
    trusted_clocks,
    trusted_outside,
)
from smartkampung.letters.signing.rules.reports import Report


def report_of(pdf: bytes, *, sent: int = 0) -> Report | None:
    """Return what a file says and whether it holds; None when it cannot be read.

    Of so many bytes that were ``sent`` somewhere to be signed, nothing may look different.
    """
    return checked(
        pdf,
        roots=trusted(),
        outside=trusted_outside(),
        clocks=trusted_clocks(),
        revoked=ended_certificates(),
        sent=sent,
    )
