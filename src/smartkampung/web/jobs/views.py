"""The page of stuck jobs, for those who look after the system."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as say

from smartkampung.accounts.roles import Permission
from smartkampung.kernel.clock import now
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.queue import queue_facts
from smartkampung.notify.queries import counts_by_state
from smartkampung.web.pages import StaffRequest, staff_page
from smartkampung.worklist.stuck import retry_job, stuck_jobs


@staff_page(Permission.JOBS_VIEW)
def jobs(request: StaffRequest) -> HttpResponse:
    """Show how full the queue is and which jobs need a person."""
    return jobs_page(request)


@staff_page(Permission.JOBS_VIEW, "POST")
def retry(request: StaffRequest, pk: int) -> HttpResponse:
    """Put one job back into the queue."""
    try:
        retry_job(job_id=pk, by=request.actor.username, at=now())
    except Refused as refusal:
        messages.warning(request, str(refusal.message))
        return jobs_page(request, status=409)
    messages.success(request, say("The job is tried again now."))
    return redirect("jobs")


def jobs_page(request: StaffRequest, status: int = 200) -> HttpResponse:
    """Return the page, also as the answer to a refused retry."""
    facts = queue_facts(at=now())
    context = {
        "queue": facts["jobs"],
        "working": facts["workers_alive"],
        "stuck": stuck_jobs(),
        "messages_out": counts_by_state(),
    }
    return render(request, "jobs/jobs.html", context, status=status)
