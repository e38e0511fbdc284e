"""Findings as a table for a spreadsheet, with the moment at which it was true."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from smartkampung.aid.assurance.queries.findings import Evidence
from smartkampung.aid.assurance.rules import Basis, Error
from smartkampung.aid.assurance.words import BASES_SAID, ERRORS, HOW
from smartkampung.kernel.clock import WIB
from smartkampung.kernel.wording import moment
from smartkampung.residents.imports.reading.cells import guard
from smartkampung.web.aid_audit.words import WAYS


def csv_of(
    error: Error, rows: Sequence[Evidence], *, at: datetime, took: float, most: int
) -> str:
    """Return the evidence; the first lines say what was asked, when and how long."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Check"), ERRORS[error]])
    writer.writerow([_("How it is recognised"), HOW[error]])
    writer.writerow([_("Asked at"), moment(at), at.astimezone(WIB).isoformat()])
    writer.writerow([_("Seconds the question took"), f"{took:.3f}"])
    more = _("or more") if len(rows) == most else ""
    writer.writerow([_("Findings"), len(rows), more])
    writer.writerow([])
    writer.writerow(_titles())
    writer.writerows(_cells(row) for row in rows)
    return "\ufeff" + out.getvalue()


def _titles() -> list[str]:
    return [
        _("Entitlement"),
        _("Claim"),
        _("Proposal"),
        _("Programme"),
        _("Name, masked"),
        _("Region code"),
        _("Period"),
        _("Unit"),
        _("What is due"),
        _("Recognised by"),
        _("Given at"),
        _("Given"),
        _("How it was given"),
        _("Number of hand-over or payment"),
    ]


def _cells(row: Evidence) -> list[object]:
    return [
        row.due_id,
        row.claim_id or "",
        row.proposal_id or "",
        guard(row.programme),
        guard(row.name),
        row.region_code,
        row.period.isoformat(),
        guard(row.commodity),
        row.due,
        BASES_SAID[Basis(row.basis)],
        row.at.astimezone(WIB).isoformat() if row.at else "",
        row.amount if row.amount is not None else "",
        WAYS[row.way] if row.way else "",
        guard(row.proof or ""),
    ]
