"""A case as one document, for who may take it away."""

from hashlib import sha256

from django.http import HttpResponse

from smartkampung.accounts.roles import Permission
from smartkampung.aid.assurance.actions import note_export
from smartkampung.aid.assurance.queries.thread import (
    Thread,
    thread_of_claim,
    thread_of_proposal,
)
from smartkampung.aid.queries.programmes import questions
from smartkampung.documents.pdf import compile_pdf
from smartkampung.kernel.clock import now
from smartkampung.web.aid_audit.paper import document
from smartkampung.web.pages import StaffRequest, staff_page

EXPORT = Permission.THREAD_EXPORT


@staff_page(EXPORT)
def claim(request: StaffRequest, claim_id: int) -> HttpResponse:
    """Send the thread of a claim as a PDF."""
    return _send(request, thread_of_claim(request.actor, claim_id), f"claim-{claim_id}")


@staff_page(EXPORT)
def proposal(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """Send the thread of a proposal as a PDF."""
    thread = thread_of_proposal(request.actor, proposal_id)
    return _send(request, thread, f"proposal-{proposal_id}")


def _send(request: StaffRequest, thread: Thread, name: str) -> HttpResponse:
    by, at = request.actor, now()
    data = document(thread, questions(), by=by.username, at=at)
    content = compile_pdf("thread", data, at=at)
    note_export(thread=thread, digest=sha256(content).hexdigest(), by=by)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
