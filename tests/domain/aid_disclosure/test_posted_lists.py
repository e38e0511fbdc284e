"""A posted list shows first letters, in its days, and never points at anybody."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.http import Http404
from django.utils import translation

from smartkampung.accounts.roles import Role
from smartkampung.aid.cycles.actions.recipients import stop, suspend
from smartkampung.aid.cycles.rules.proposals import Why
from smartkampung.aid.disclosure import queries
from smartkampung.aid.disclosure.actions.figures import publish_programmes
from smartkampung.aid.disclosure.actions.publications import (
    CannotPublish,
    CannotSwitch,
    ask_to_publish,
    decide_publication,
    refresh_names,
    withdraw_publication,
)
from smartkampung.aid.models import (
    Programme,
    ProgrammeFigure,
    Proposal,
    Publication,
    PublishedName,
    VillageList,
)
from smartkampung.jobs.registry import WORK
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from smartkampung.worklist.models import WorkItem
from tests import cases, cast, population, posting
from tests.cases import FOOD
from tests.cast import FAR_AWAY, HERE, KECAMATAN, NEXT_DOOR, REGENCY
from tests.posting import DAY, LAW, Office, noon, posted, read, today

pytestmark = pytest.mark.django_db
THIRD = f"{KECAMATAN}.2005"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Read refusals in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def office() -> Office:
    """Dinsos, a cycle whose time is now, and three villages in the kecamatan."""
    office = posting.an_office()
    Region.objects.create(
        code=THIRD, name="Tegalsari", kind="desa", parent_id=KECAMATAN
    )
    return office


def ask(office: Office, **more: Any) -> Publication:
    """Let Dinda ask for a week from today."""
    told: dict[str, Any] = {
        "form_id": uuid.uuid4(),
        "cycle": office.cycle,
        "legal_reference": LAW,
        "days": (today(), today() + 7 * DAY),
        "by": office.dian,
        "at": noon(),
    }
    return ask_to_publish(**{**told, **more})


def lengths() -> dict[str, int]:
    """Return how many names were written for each village."""
    villages = list(PublishedName.objects.values_list("village_code", flat=True))
    return {village: villages.count(village) for village in villages}


class TestOneAsksAndAnotherSwitchesOn:
    @pytest.mark.closes("aid.decide_publication")
    def test_from_the_wish_to_the_list(self, office: Office) -> None:
        posting.approve(office, HERE, 6)
        cases_counted()
        row = ask(office)
        assert WorkItem.objects.filter(kind="aid.decide_publication").exists()
        assert read(Kind.PUBLIC, HERE) == []
        decide_publication(publication=row, granted=True, by=office.rina, at=noon())
        WORK["aid.write_names"](publication_id=str(row.pk))
        programme = Programme.objects.get(pk=FOOD)
        found = queries.publicly_posted(programme, HERE, on=today())
        assert found is not None
        assert list(found.names) == [(n, "W*** N***") for n in range(1, 7)]
        assert found.last_day == today() + 6 * DAY
        act_as(Kind.JOB)
        assert not WorkItem.objects.filter(
            kind="aid.decide_publication", closed_at=None
        ).exists()

    def test_who_asked_does_not_switch_it_on(self, office: Office) -> None:
        row = ask(office)
        with pytest.raises(CannotSwitch, match="another officer"):
            decide_publication(publication=row, granted=True, by=office.dian, at=noon())

    def test_it_is_decided_once(self, office: Office) -> None:
        row = ask(office)
        decide_publication(publication=row, granted=False, by=office.rina, at=noon())
        with pytest.raises(CannotSwitch):
            decide_publication(publication=row, granted=True, by=office.rina, at=noon())
        with pytest.raises(CannotSwitch):
            withdraw_publication(publication=row, by=office.rina, at=noon())

    def test_its_days_may_be_over_before_somebody_decides(self, office: Office) -> None:
        row = ask(office)
        late = noon() + 7 * DAY
        with pytest.raises(CannotPublish, match="over"):
            decide_publication(publication=row, granted=True, by=office.rina, at=late)

    def test_the_same_form_twice_is_one_wish(self, office: Office) -> None:
        form_id = uuid.uuid4()
        assert ask(office, form_id=form_id) == ask(office, form_id=form_id)
        with pytest.raises(CannotPublish, match="already sent"):
            ask(office, form_id=form_id, by=office.rina)

    def test_two_lists_of_a_cycle_do_not_overlap(self, office: Office) -> None:
        ask(office)
        with pytest.raises(CannotPublish, match="on some of these days"):
            ask(office)

    def test_every_reason_is_told_at_once(self, office: Office) -> None:
        Programme.objects.filter(pk=FOOD).update(sensitive=True)
        with pytest.raises(CannotPublish) as refusal:
            ask(office, days=(today() - DAY, today() + 90 * DAY))
        said = str(refusal.value)
        assert all(word in said for word in ("pregnancy", "past", "30 days", "outside"))

    def test_taken_down_it_is_gone_at_once_and_deleted(self, office: Office) -> None:
        posting.approve(office, HERE, 6)
        row = posted(office)
        assert read(Kind.PUBLIC, HERE) == [HERE] * 6
        withdraw_publication(publication=row, by=office.dian, at=noon())
        assert read(Kind.PUBLIC, HERE) == []
        WORK["aid.write_names"](publication_id=str(row.pk))
        assert lengths() == {}
        with pytest.raises(CannotSwitch):
            withdraw_publication(publication=row, by=office.dian, at=noon())


def cases_counted() -> None:
    """Count the figures, as the night does."""
    act_as(Kind.JOB)
    publish_programmes(at=cases.NOW)


class TestWhatRowLevelSecurityHolds:
    """Names are in the table, and no filter of ours is in the way."""

    @pytest.mark.parametrize(
        ("more", "seen"),
        [
            ({"begins": 0, "ends": 1}, 5),
            ({"begins": 1, "ends": 5}, 0),
            ({"begins": -5, "ends": 0}, 0),
            ({"decided_by_id": None, "decided_at": None, "granted": False}, 0),
            ({"granted": False}, 0),
        ],
        ids=["its one day", "the day before", "the day after", "undecided", "refused"],
    )
    def test_the_days_hold_for_everybody(
        self, office: Office, more: dict[str, Any], seen: int
    ) -> None:
        row = posting.a_publication(office, **more)
        posting.names_by_hand(row, HERE)
        assert len(read(Kind.PUBLIC, HERE)) == seen
        assert len(read(Kind.STAFF, HERE)) == seen
        assert read(Kind.RESIDENT, HERE) == []

    def test_the_public_reads_one_village_at_a_time(self, office: Office) -> None:
        row = posting.a_publication(office)
        for village in (HERE, NEXT_DOOR, FAR_AWAY):
            posting.names_by_hand(row, village)
        assert set(read(Kind.PUBLIC, HERE)) == {HERE}
        for scope in ((), (KECAMATAN,), (REGENCY,), (HERE, NEXT_DOOR)):
            assert read(Kind.PUBLIC, *scope) == []

    def test_an_officer_reads_the_villages_of_the_office(self, office: Office) -> None:
        row = posting.a_publication(office)
        for village in (HERE, NEXT_DOOR, FAR_AWAY):
            posting.names_by_hand(row, village)
        assert set(read(Kind.STAFF, HERE)) == {HERE}
        assert set(read(Kind.STAFF, KECAMATAN)) == {HERE, NEXT_DOOR}

    def test_a_programme_that_becomes_sensitive_is_gone_at_once(
        self, office: Office
    ) -> None:
        posting.names_by_hand(posting.a_publication(office), HERE)
        Programme.objects.filter(pk=FOOD).update(sensitive=True)
        assert read(Kind.PUBLIC, HERE) == read(Kind.STAFF, HERE) == []

    def test_nobody_but_the_job_writes_names(self, office: Office) -> None:
        row = posting.a_publication(office)
        for kind in (Kind.PUBLIC, Kind.STAFF):
            act_as(kind, scope=[HERE])
            with pytest.raises(ProgrammingError), transaction.atomic():
                posting.names_by_hand(row, HERE)

    def test_the_public_sees_no_wish_to_post(self, office: Office) -> None:
        posting.a_publication(office, begins=1)
        act_as(Kind.PUBLIC, scope=[REGENCY])
        assert not Publication.objects.exists()


class TestWhomAListWouldPointAt:
    def test_a_village_of_four_has_no_list(self, office: Office) -> None:
        posting.approve(office, HERE, 4)
        posting.approve(office, FAR_AWAY, 9)
        posted(office)
        assert HERE not in lengths()

    def test_the_list_of_one_village_does_not_tell_how_short_the_next_is(
        self, office: Office
    ) -> None:
        """Its seven names, taken from the kecamatan's nine, would be a village of two."""
        posting.approve(office, HERE, 2)
        posting.approve(office, NEXT_DOOR, 7)
        posting.approve(office, THIRD, 11)
        posting.approve(office, FAR_AWAY, 8)
        posted(office)
        assert lengths() == {THIRD: 11, FAR_AWAY: 8}

    def test_a_list_does_not_give_a_hidden_figure_back(self, office: Office) -> None:
        posting.approve(office, HERE, 8)
        row = posted(office)
        ProgrammeFigure.objects.filter(region_code=HERE).update(total=None)
        WORK["aid.write_names"](publication_id=str(row.pk))
        assert lengths() == {}

    def test_one_revealing_component_keeps_every_list_off(self, office: Office) -> None:
        posting.approve(office, HERE, 8)
        row = posted(office)
        cases.listed(population.person("Ni Luh"), FOOD, component="pregnancy")
        WORK["aid.write_names"](publication_id=str(row.pk))
        assert lengths() == {}
        Publication.objects.all().delete()
        with pytest.raises(CannotPublish, match="because of pregnancy"):
            ask(office)

    def test_a_harmless_component_does_not(self, office: Office) -> None:
        cases.listed(population.person("Ni Luh"), FOOD, component="elderly")
        assert ask(office).pk

    def test_only_who_receives_by_an_approved_list_stands_there(
        self, office: Office
    ) -> None:
        posting.approve(office, HERE, 7)
        stopped = Proposal.objects.order_by("pk")[0]
        Proposal.objects.filter(pk=stopped.pk).update(state="stopped", reasons=["dead"])
        posted(office)
        assert lengths() == {HERE: 6}

    def test_the_night_takes_away_whom_a_list_has_too_few_of(
        self, office: Office
    ) -> None:
        posting.approve(office, HERE, 5)
        posted(office)
        assert lengths() == {HERE: 5}
        first = Proposal.objects.order_by("pk")[0]
        Proposal.objects.filter(pk=first.pk).update(state="stopped", reasons=["dead"])
        refresh_names(at=noon())
        assert lengths() == {}

    def test_the_night_after_its_last_day_deletes_the_names(
        self, office: Office
    ) -> None:
        posting.approve(office, HERE, 5)
        posted(office)
        for _ in range(2):
            refresh_names(at=noon() + timedelta(days=4))
            assert lengths() == {}

    def test_only_a_number_leads_from_a_name_to_the_person(self) -> None:
        columns = {field.attname for field in PublishedName._meta.concrete_fields}
        assert columns == {"id", "publication_id", "village_code", "number", "masked"}


class TestWhoPrintsIt:
    def test_the_village_prints_its_own_list(self, office: Office) -> None:
        for village in (HERE, NEXT_DOOR):
            posting.approve(office, village, 6)
        row = posted(office)
        sari = office.round.desk.sari
        act_as(Kind.STAFF, scope=[HERE])
        found = queries.posted_for(sari, on=today())
        assert [each.village_code for each in found] == [HERE]
        assert len(queries.posted_list_for(sari, row.pk, HERE, on=today()).names) == 6
        for village, on in ((NEXT_DOOR, today()), (HERE, today() + 5 * DAY)):
            with pytest.raises(Http404):
                queries.posted_list_for(sari, row.pk, village, on=on)

    def test_the_office_elsewhere_sees_no_wish(self, office: Office) -> None:
        row = posting.a_publication(office)
        Region.objects.create(
            code="35.09", name="Raung", kind="regency", parent_id="35"
        )
        far = cases.rights(cast.staff("oki", Role.DINSOS, "35.09"))
        with pytest.raises(Http404):
            queries.publication_for(far, row.pk)
        assert queries.publication_for(office.dian, row.pk) == row


def test_who_is_stopped_leaves_the_posted_list_at_once(office: Office) -> None:
    posting.approve(office, HERE, 6)
    VillageList.objects.filter(village_code=HERE).update(taken=6)
    row = posted(office)
    rows = Proposal.objects.filter(cycle=office.cycle).order_by("rank")
    here = [each for each in rows if each.village_list.village_code == HERE]
    before = row.names.filter(village_code=HERE).count()
    stop(proposal=here[0], why=Why.ON_REQUEST, by=office.dian, at=noon())
    left = row.names.filter(village_code=HERE)
    assert left.count() == before - 1
    assert not left.filter(number=here[0].rank).exists()
    suspend(proposal=here[1], why=Why.WRONG_DATA, by="dian", at=noon())
    # Four names would point at people: the whole list of the village goes.
    assert before == 6
    assert not left.exists()
