"""Checks a signed PDF that somebody hands in."""

from django.utils.module_loading import import_string

from smartkampung.letters.signing.queries.authority import (
    ended_certificates,
    trusted,
    trusted_clocks,
    trusted_outside,
)
from smartkampung.letters.signing.rules.reports import Report

# By path: pyHanko is loaded by the first file, not by every web process.
CHECK = "smartkampung.letters.signing.checking.check_pdf"


def report_of(pdf: bytes) -> Report | None:
    """Return what a file says and whether it holds; None when it is no PDF."""
    report: Report | None = import_string(CHECK)(
        pdf,
        roots=trusted(),
        outside=trusted_outside(),
        clocks=trusted_clocks(),
        revoked=ended_certificates(),
    )
    return report
