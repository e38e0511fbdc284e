"""Jobs of aid: one short function each, which calls one action of the domain.

Arguments are ids, never personal data: the queue stores them readable.
"""

import uuid
from datetime import datetime

from procrastinate.contrib.django import app

from smartkampung.aid.actions import life, news, outcome, progress, verify
from smartkampung.aid.actions.figures import publish_figures
from smartkampung.aid.confirmation.actions import ask_paid
from smartkampung.aid.cycles.actions.news import tell_proposed as tell_all_proposed
from smartkampung.aid.cycles.actions.runs import work_on_list as work_on_one
from smartkampung.aid.disclosure.actions import publications
from smartkampung.aid.disclosure.actions.errors import publish_errors
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.grievances.actions.clocks import escalate_overdue
from smartkampung.aid.grievances.actions.telling import match_person
from smartkampung.aid.payments.actions import account_lists
from smartkampung.aid.payments.actions.work import go_on
from smartkampung.aid.rules.report import Step
from smartkampung.jobs.registry import job
from smartkampung.kernel.clock import now


@job("aid.verify_report")
def verify_report(report_id: int) -> None:
    """Compare a report with the registry."""
    verify.verify_report(report_id=report_id, at=now())


@job("aid.tell_reporters")
def tell_reporters(
    claim_id: int, step: str, reached_at: str, family_told: bool = False
) -> None:
    """Move the timelines of everybody who reported a person."""
    progress.tell_reporters(
        claim_id=claim_id,
        step=Step(step),
        at=datetime.fromisoformat(reached_at),
        family_told=family_told,
    )


@job("aid.tell_batch")
def tell_batch(batch_id: int) -> None:
    """Tell every family of a batch the day and the place."""
    news.tell_batch(batch_id=batch_id)


@job("aid.ask_paid")
def ask_paid_families(answer_id: int) -> None:
    """Ask every family that an answer of the bank calls paid."""
    ask_paid(answer_id=answer_id, at=now())


@job("aid.work_on_payments")
def work_on_payments(work_id: int) -> None:
    """Fill or send the next part of a large batch of payments."""
    go_on(work_id=work_id, at=now())


@job("aid.check_account_list")
def check_account_list(list_id: int) -> None:
    """Look at every row of a list of accounts."""
    account_lists.check_list(list_id=list_id, at=now())


@job("aid.write_account_list")
def write_account_list(list_id: int) -> None:
    """Write the next part of a list of accounts."""
    account_lists.write_part(list_id=list_id, at=now())


@job("aid.publish_figures")
def count_for_the_public(timestamp: int) -> None:
    """Count anew what the first page shows."""
    publish_figures(at=now())


app.periodic(cron="*/10 * * * *")(app.tasks["aid.publish_figures"])


@job("aid.publish_programmes")
def count_programmes_for_the_public(timestamp: int) -> None:
    """Count anew what each programme does in each place, once a night.

    Not more often: two counts of one day would tell who came between them.
    """
    publish_programmes(at=now())
    publish_errors(at=now())
    publications.refresh_names(at=now())


app.periodic(cron="20 2 * * *")(app.tasks["aid.publish_programmes"])


@job("aid.write_names")
def write_names(publication_id: str) -> None:
    """Write the masked names of a posted list, or delete them."""
    publications.write_names(publication_id=uuid.UUID(publication_id), at=now())


@job("aid.send_outcome_code")
def send_outcome_code(report_id: int) -> None:
    """Send a code to the family's recorded phone, if there is one."""
    outcome.send_code(report_id=report_id, at=now())


@job("aid.life_event")
def life_event(event_id: int) -> None:
    """Stop or move the aid of somebody who died or moved."""
    life.take_notice(event_id=event_id, at=now())


@job("aid.work_on_list")
def work_on_list(run_id: int, list_id: int) -> None:
    """Do the part of a run that is about one village."""
    work_on_one(run_id=run_id, list_id=list_id, at=now())


@job("aid.tell_proposed")
def tell_proposed(list_id: int) -> None:
    """Tell everybody on an approved list that there is news."""
    tell_all_proposed(list_id=list_id)


@job("aid.match_grievance")
def match_grievance(grievance_id: int) -> None:
    """Find the person of a grievance in the registry."""
    match_person(grievance_id=grievance_id, at=now())


@job("aid.escalate_grievances")
def escalate_grievances(timestamp: int) -> None:
    """Move grievances that are overdue to the office above."""
    escalate_overdue(at=now())


app.periodic(cron="11 * * * *")(app.tasks["aid.escalate_grievances"])
