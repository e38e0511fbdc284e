"""What a demo is made of, step by step, each with a progress that people can see."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection, transaction

from smartkampung.accounts.roles import Role
from smartkampung.aid.actions.figures import publish_figures
from smartkampung.aid.bulk import load_defaults
from smartkampung.aid.models import Enrolment, Programme, ReportingPhase
from smartkampung.demo.announcements import tell_announcements
from smartkampung.demo.april import tell_april
from smartkampung.demo.bulk import SOURCE, enrol_recipients, settle_history
from smartkampung.demo.cast import VILLAGE, cases, enrolled_since
from smartkampung.demo.confirmed import tell_cases
from smartkampung.demo.counters import tell_counters
from smartkampung.demo.economy import tell_economy
from smartkampung.demo.episodes import tell_episodes
from smartkampung.demo.events import tell_events
from smartkampung.demo.fieldwork import tell_fieldwork
from smartkampung.demo.fortnights import tell_fortnights
from smartkampung.demo.grievances import tell_grievances
from smartkampung.demo.guards import post_guards
from smartkampung.demo.hardship import tell_hardship
from smartkampung.demo.hardship_tales import tell_hardship_here
from smartkampung.demo.history import Historian
from smartkampung.demo.houses import open_houses
from smartkampung.demo.ladder import tell_alerts
from smartkampung.demo.letter_requests import tell_letter_requests
from smartkampung.demo.letters import tell_letters
from smartkampung.demo.letters_keys import tell_letter_keys
from smartkampung.demo.looks import tell_looks
from smartkampung.demo.neighbourhoods import head_terms, region_rows
from smartkampung.demo.openness import open_up
from smartkampung.demo.people import Crowd, families_of
from smartkampung.demo.pilots import tell_pilots
from smartkampung.demo.places import FOLDER, REGENCY, read_villages
from smartkampung.demo.priorities import set_priorities
from smartkampung.demo.protocols import tell_protocols
from smartkampung.demo.recovery import tell_programmes
from smartkampung.demo.rounds import tell_cycles
from smartkampung.demo.ruling import rule_on_food
from smartkampung.demo.scores import remember_months
from smartkampung.demo.signals import tell_signals
from smartkampung.demo.staff import BY, Officers, heads_played, make_accounts
from smartkampung.demo.supply import supply
from smartkampung.demo.tales import DAY, plan_tales
from smartkampung.demo.terms import tell_terms
from smartkampung.demo.texts import tell_texts
from smartkampung.demo.turns import silent_ones, tell_turns
from smartkampung.demo.twice import register_twice
from smartkampung.demo.village_file import bring_village_files
from smartkampung.demo.witnesses import Witness, Witnesses
from smartkampung.kernel.clock import day, now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.kernel.sealed import blind_index
from smartkampung.ledger.actions import transfer
from smartkampung.quality.actions import keep_scores
from smartkampung.regions.bulk import load_regency, save_regions, save_terms
from smartkampung.regions.models import Region
from smartkampung.residents.bulk import count_words, load_people
from smartkampung.residents.models import KK, Family

BUDGETS = {
    "apbd_food": 2_000,
    "apbd_nutrition": 800,
    "blt_dd": 450_000_000,
    "jatim": 300_000_000,
}
DAILY_QUOTA = 60
FEWEST_REPORTS, MOST_REPORTS, PEOPLE_A_REPORT = 30, 400, 1_500
Tell = Callable[[int, int], None]  # done so far, out of


class Plan(NamedTuple):
    """How large a regency to make, by which seed, and as of when."""

    people: int
    seed: int
    at: datetime

    @property
    def today(self) -> date:
        """Return the local day of the demo."""
        return day(self.at)


class Step(NamedTuple):
    """One part of the work, under the title that people see.

    Most run in one transaction that acts as a job; a step of ``own_transactions``
    begins and ends its own, because it is too long for one or tells of many moments.
    """

    title: str
    run: Callable[[Plan, Tell], None]
    own_transactions: bool = False
    beside: bool = False  # needs nothing of what follows, and nothing there needs it


def steps() -> list[Step]:
    """Return the steps in order; together they fill an empty database once."""
    witnesses = Witnesses()
    return [
        Step("Regions and health centres", _regions),
        Step("Isolation houses", _houses),
        Step("Accounts", _accounts),
        Step("Sixty days in isolation", _fortnights, beside=True),
        Step("Residents", _People(witnesses).make, own_transactions=True),
        Step("Programmes and who receives aid", _aid),
        Step("People registered twice", _twice),
        Step("Files of a village", _village_files),
        Step("The last weeks", _History(witnesses).tell, own_transactions=True),
        Step("Village meetings and their lists", _cycles, own_transactions=True),
        Step("Goods and payments", _supply, own_transactions=True),
        Step("Grievances of the village", _grievances, own_transactions=True),
        Step("Births, deaths and moves", _events, own_transactions=True),
        Step("Data quality of the last months", _quality),
        Step("The economy in numbers", _economy),
        Step("People hit by the crisis", _hardship, own_transactions=True),
        Step("Who comes first in recovery", _priorities),
        Step("Recovery programmes", _programmes, own_transactions=True),
        Step("Confirmed cases and zones", _confirmed),
        Step("Places under protocol", _protocols),
        Step("Signals of the pandemic", _signals),
        Step("Two nights of April 2021", _two_nights),
        Step("Villages that reopen first", _pilots),
        Step("A day at the counters", _counters),
        Step("Work from phones", _fieldwork, own_transactions=True),
        Step("News and messages to residents", _announcements),
        Step("Offices that change hands", _terms),
        Step("Texts, thanks and weeks", _texts),
        Step("Letters", _letters),
        Step("Numbers for the public", _in_the_open),
    ]


def _houses(plan: Plan, tell: Tell) -> None:
    open_houses(read_villages(), at=plan.at)


def _fortnights(plan: Plan, tell: Tell) -> None:
    tell_fortnights(
        read_villages(), people=plan.people, seed=plan.seed, at=plan.at, keep=VILLAGE
    )
    tell(1, 4)
    silent = silent_ones(at=plan.at)
    tell_looks(at=plan.at, silent=silent)
    tell(2, 4)
    post_guards(at=plan.at)
    tell_episodes(at=plan.at, village=VILLAGE)
    tell_alerts(at=plan.at)
    tell(3, 4)
    tell_turns(at=plan.at, silent=silent)


def _hardship(plan: Plan, tell: Tell) -> None:
    officers = Officers(on=plan.today)
    with transaction.atomic():
        act_as(Kind.JOB)
        known = tell_hardship(
            people=plan.people, at=plan.at, seed=plan.seed, officers=officers
        )
    tell(1, 2)
    tell_hardship_here(at=plan.at, officers=officers, known=known)


def _economy(plan: Plan, tell: Tell) -> None:
    office = Officers(on=plan.today).of(Role.ECONOMIC_OFFICE, REGENCY["code"])
    tell_economy(at=plan.at, seed=plan.seed, by=office)


def _priorities(plan: Plan, tell: Tell) -> None:
    set_priorities(at=plan.at)


def _programmes(plan: Plan, tell: Tell) -> None:
    village = Officers(on=plan.today).of(Role.VILLAGE_OFFICER, VILLAGE)
    tell_programmes(at=plan.at, sari=village.username, seed=plan.seed)


def _protocols(plan: Plan, tell: Tell) -> None:
    tell_protocols(read_villages(), at=plan.at)
    # Also what people were told at the counters, a moment ago.
    settle_history(before=now())


def _confirmed(plan: Plan, tell: Tell) -> None:
    office = Officers(on=plan.today).of(Role.DINKES, REGENCY["code"])
    tell_cases(at=plan.at, seed=plan.seed, by=office, village=VILLAGE)


def _counters(plan: Plan, tell: Tell) -> None:
    tell_counters(at=plan.at)


def _fieldwork(plan: Plan, tell: Tell) -> None:
    tell_fieldwork(at=plan.at, officers=Officers(on=plan.today))


def _terms(plan: Plan, tell: Tell) -> None:
    tell_terms(at=plan.at)


def _letters(plan: Plan, tell: Tell) -> None:
    tell_letter_keys(at=plan.at)
    tell_letters(at=plan.at)
    tell_letter_requests(at=plan.at, officers=Officers(on=plan.today))


def _texts(plan: Plan, tell: Tell) -> None:
    tell_texts(at=plan.at)


def _signals(plan: Plan, tell: Tell) -> None:
    # Cases come before: the weeks that are over are told from them.
    here = Region.objects.get(code=REGENCY["code"])
    tell_signals(region=here.code, name=here.name, seed=plan.seed, at=plan.at)


def _two_nights(plan: Plan, tell: Tell) -> None:
    tell_april(at=plan.at)


def _announcements(plan: Plan, tell: Tell) -> None:
    tell_announcements(at=plan.at)


def _pilots(plan: Plan, tell: Tell) -> None:
    tell_pilots(at=plan.at, officers=Officers(on=plan.today))


def _in_the_open(plan: Plan, tell: Tell) -> None:
    open_up(at=plan.at, officers=Officers(on=plan.today))


def _cycles(plan: Plan, tell: Tell) -> None:
    tell_cycles(at=plan.at, officers=Officers(on=plan.today))


def _supply(plan: Plan, tell: Tell) -> None:
    supply(at=plan.at, officers=Officers(on=plan.today))


def _grievances(plan: Plan, tell: Tell) -> None:
    tell_grievances(at=plan.at, officers=Officers(on=plan.today))


def _events(plan: Plan, tell: Tell) -> None:
    officers = Officers(on=plan.today)
    tell_events(at=plan.at, officers=officers, seed=plan.seed)


def _regions(plan: Plan, tell: Tell) -> None:
    villages = read_villages()
    load_regency(FOLDER)
    save_regions(region_rows(villages), synthetic=True)
    tell(1, 2)
    save_terms(head_terms(villages, on=plan.today, known=heads_played()))


class _People(NamedTuple):
    """Makes everybody, and remembers a few for the history."""

    witnesses: Witnesses

    def make(self, plan: Plan, tell: Tell) -> None:
        """Load the residents, then the cast."""
        town = Region.objects.get(code=REGENCY["code"]).name
        crowd = Crowd(plan.people, plan.seed, plan.today)
        families = families_of(read_villages(), crowd, town=town)
        load_people(
            self.witnesses.listening(families),
            at=plan.at,
            progress=lambda loaded: tell(loaded.people, plan.people),
        )
        load_people([case.family for case in cases()], at=plan.at)
        count_words()
        with connection.cursor() as cursor:
            # The search index leaves what was just loaded in a list until then.
            cursor.execute("SELECT gin_clean_pending_list('person_search')")
            cursor.execute(
                "ANALYZE residents_family, residents_person, residents_nameword"
            )


def _aid(plan: Plan, tell: Tell) -> None:
    load_defaults()
    enrol_recipients(on=plan.today)
    tell(1, 2)
    _enrol_cast(plan.today)
    rule_on_food(plan.at)
    _open_budgets(plan.at)
    ReportingPhase.objects.create(
        opens_at=plan.at - 45 * DAY,
        closes_at=plan.at + 21 * DAY,
        daily_quota_per_village=DAILY_QUOTA,
        opened_by=BY,
    )


def _enrol_cast(on: date) -> None:
    """Give the cast exactly the aid that its parts are about."""
    for case in cases():
        family = Family.objects.get(kk_index=blind_index(case.family.kk, KK))
        Enrolment.objects.filter(family=family).delete()
        Enrolment.objects.bulk_create(
            Enrolment(
                programme_id=programme,
                family=family,
                since=enrolled_since(on),
                last_paid_on=on - 20 * DAY,
                source=SOURCE,
            )
            for programme in case.receives
        )


def _open_budgets(at: datetime) -> None:
    for programme in Programme.objects.filter(takes_reports=True).order_by("code"):
        amount = BUDGETS[programme.code]
        transfer(
            key=f"demo.budget:{programme.code}",
            kind="demo.budget",
            legs=[
                (f"source/{programme.code}", -amount),
                (f"budget/{programme.code}", amount),
            ],
            by=BY,
            at=at - 60 * DAY,
        )


def _quality(plan: Plan, tell: Tell) -> None:
    keep_scores(at=plan.at)
    tell(1, 2)
    remember_months(on=plan.today, seed=plan.seed)


def _accounts(plan: Plan, tell: Tell) -> None:
    make_accounts(on=plan.today)


def _twice(plan: Plan, tell: Tell) -> None:
    register_twice(seed=plan.seed, at=plan.at)


def _village_files(plan: Plan, tell: Tell) -> None:
    bring_village_files(plan.at)


class _History(NamedTuple):
    """Tells the weeks before today, of families that were made before."""

    witnesses: Witnesses

    def tell(self, plan: Plan, tell: Tell) -> None:
        """Tell some hundred reports."""
        heard = self.witnesses.heard
        receiving = _receiving(heard)
        rng = random.Random(f"{plan.seed}:history")
        wanted = max(FEWEST_REPORTS, plan.people // PEOPLE_A_REPORT)
        tales = plan_tales(
            [witness for witness in heard if witness.kk not in receiving],
            [witness for witness in heard if witness.kk in receiving],
            count=min(wanted, MOST_REPORTS),
            at=plan.at,
            rng=rng,
        )
        historian = Historian(at=plan.at, officers=Officers(on=plan.today), rng=rng)
        with _hurried():
            historian.tell(tales, lambda done: tell(done, len(tales)))
        with transaction.atomic():
            act_as(Kind.JOB)
            settle_history(before=plan.at)
            publish_figures(at=plan.at)


@contextmanager
def _hurried() -> Iterator[None]:
    """Wait for the disk once, at the next commit after these, and not at every one.

    Nothing can be lost: until then the demo does not count as prepared.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        yield
        cursor.execute("RESET synchronous_commit")


def _receiving(witnesses: Sequence[Witness]) -> set[str]:
    cards = {blind_index(witness.kk, KK): witness.kk for witness in witnesses}
    rows = Enrolment.objects.filter(family__kk_index__in=list(cards))
    found = rows.values_list("family__kk_index", flat=True)
    return {cards[bytes(index)] for index in found if index is not None}
