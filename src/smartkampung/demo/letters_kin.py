"""Somebody of another card asks, with the RT, for the letter of one who died alone."""

import uuid
from datetime import datetime, timedelta

from smartkampung.accounts.actor import Actor
from smartkampung.demo.cast import DIED_ALONE
from smartkampung.demo.counters import last_office_day
from smartkampung.kernel.clock import start_of_day, telling
from smartkampung.kernel.sealed import blind_index
from smartkampung.letters.requests.actions.asking import Wish, ask_for
from smartkampung.letters.requests.rules.steps import Channel
from smartkampung.residents.models import KK, Person

TOLD = {
    "died_on": "2025-06-12",
    "died_where": "Rumah",
    "cause": "old_age",
    "relation": "Anak",
}


def tell_kin(child: Person, *, rt: Actor, at: datetime) -> None:
    """Let a child of another card ask about who died; it waits for the check."""
    dead = Person.objects.get(family__kk_index=blind_index(DIED_ALONE, KK))
    morning = start_of_day(last_office_day(at)) + timedelta(hours=10, minutes=30)
    when = min(morning, at - timedelta(minutes=40))
    wish = Wish(
        form_id=uuid.uuid4(),
        kind="death",
        subject_id=dead.pk,
        purpose="Mengurus akta kematian",
        answers=TOLD,
        kinship="Kartu Keluarga lama tahun 2005: anak kandung almarhumah",
    )
    with telling(when):
        ask_for(
            wish=wish, applicant_id=child.pk, by=rt, channel=Channel.COUNTER, at=when
        )
