"""The list of work: opened once, closed by somebody, counted as it is listed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from smartkampung.accounts.roles import Permission, Role
from smartkampung.kernel.clock import WIB, now
from smartkampung.regions.models import Region
from smartkampung.residents.exports.models import Export
from smartkampung.worklist.actions import (
    close_work,
    give_work,
    open_work,
    pass_work_on,
    readdress_work,
    release_items,
    release_work,
    take_work_back,
)
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import (
    Bucket,
    anybodys_for,
    counts,
    counts_by_kind,
    given_for,
    given_to,
    moments,
    waiting_on_others_for,
    work_for,
)
from tests import cast
from tests.population import BUDI, ENDANG, SARI, actor

pytestmark = pytest.mark.django_db
BEFORE = import_module("smartkampung.worklist.migrations.0004_given_to_who_may_do_it")
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
CHECK, DECIDE = Permission.FIELD_CHECK, Permission.CLAIM_DECIDE
BOTH: Sequence[str] = (CHECK, DECIDE)


def item(
    number: int,
    *,
    region: str = cast.RT_HERE,
    due: timedelta = timedelta(days=1),
    permission: str = CHECK,
    **more: Any,
) -> WorkItem:
    """Put work on the list."""
    return WorkItem.objects.create(
        **{
            "kind": "aid.field_check",
            "target": f"aid.claim:{number}",
            "permission": permission,
            "region_code": region,
            "opened_at": NOW,
            "due_at": NOW + due,
            **more,
        }
    )


def targets(rows: Any) -> list[str]:
    """Return what the items are about, in order."""
    return [row.target for row in rows]


def test_work_item_open_once() -> None:
    item(1)
    with pytest.raises(IntegrityError, match="work_item_open_once"):
        item(1)


@pytest.mark.parametrize(
    "closed", [{"closed_at": NOW}, {"closed_by": "sari"}], ids=["nobody", "never"]
)
def test_work_item_closed_by_somebody(closed: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="work_item_closed_by_somebody"):
        item(1, **closed)


def test_opening_twice_is_one_item_and_after_closing_a_new_one() -> None:
    cast.places()
    region = Region.objects.get(pk=cast.HERE)
    for _ in range(2):
        open_work(
            kind="x",
            target=region,
            permission=CHECK,
            region_code=cast.HERE,
            due_at=NOW,
        )
    assert WorkItem.objects.count() == 1
    assert close_work(target=region, by="sari", kinds=("y",)) == 0
    assert close_work(target=region, by="sari") == 1
    open_work(
        kind="x", target=region, permission=CHECK, region_code=cast.HERE, due_at=NOW
    )
    assert WorkItem.objects.filter(closed_at=None).count() == 1


def test_work_is_where_its_permission_holds() -> None:
    item(1)
    item(2, region=f"{cast.NEXT_DOOR}.001.001")
    item(3, permission=DECIDE)
    item(4, region=cast.HERE + "9")
    assert targets(work_for(SARI, BOTH)) == ["aid.claim:1"]
    assert targets(work_for(BUDI, BOTH)) == ["aid.claim:2"]
    assert targets(work_for(ENDANG, BOTH)) == ["aid.claim:3"]
    nobody = actor(Role.BABINSA, cast.HERE)
    assert targets(work_for(nobody, BOTH)) == []


def test_what_others_must_do_in_my_area() -> None:
    item(1)
    item(2, permission=DECIDE)
    item(3, region=cast.FAR_AWAY)

    def waiting(who: Any) -> list[str]:
        return targets(
            waiting_on_others_for(who, seen_by=Permission.REPORT_VIEW, permissions=BOTH)
        )

    assert waiting(SARI) == ["aid.claim:2"]
    assert waiting(ENDANG) == ["aid.claim:1"]


def test_urgent_first_then_by_due_date() -> None:
    item(1, due=timedelta(days=3))
    item(2, due=timedelta(days=1))
    item(3, due=timedelta(days=5), urgent=True)
    assert targets(work_for(SARI, BOTH)) == [
        "aid.claim:3",
        "aid.claim:2",
        "aid.claim:1",
    ]


def test_every_item_is_in_one_bucket_and_counts_equal_the_lists() -> None:
    dues = [
        timedelta(days=-4),
        timedelta(days=-3),
        timedelta(seconds=-1),
        timedelta(0),
        timedelta(hours=14, minutes=59),
        timedelta(hours=15),
        timedelta(days=9),
    ]
    for number, due in enumerate(dues):
        item(number, due=due)
    at, rows = moments(NOW), work_for(SARI, BOTH)
    counted = counts(rows, at)
    assert counted == {
        Bucket.STUCK: 1,
        Bucket.OVERDUE: 2,
        Bucket.TODAY: 2,
        Bucket.LATER: 2,
    }
    assert counted == {
        bucket: rows.filter(at.test(bucket)).count() for bucket in Bucket
    }
    assert sum(counted.values()) == rows.count() == len(dues)
    assert counts_by_kind(rows) == {"aid.field_check": len(dues)}


def test_closed_work_is_on_no_list() -> None:
    item(1, closed_at=NOW, closed_by="sari")
    assert targets(work_for(SARI, BOTH)) == []


SOON = timedelta(days=14)


def test_work_item_given_whole() -> None:
    for half in ({"given_to": "tuti"}, {"given_by": "sari"}, {"given_until": NOW}):
        with (
            pytest.raises(IntegrityError, match="work_item_given_whole"),
            transaction.atomic(),
        ):
            item(1, **half)


def test_work_item_given_to_a_colleague() -> None:
    with pytest.raises(IntegrityError, match="work_item_given_to_a_colleague"):
        item(1, given_to="sari", given_by="sari", given_until=NOW)


def test_work_item_given_to_who_may() -> None:
    given: dict[str, Any] = {"given_to": "sari", "given_by": "budi", "given_until": NOW}
    with pytest.raises(IntegrityError, match="work_item_given_to_who_may"):
        item(1, not_by=["sari"], **given)


def test_what_waited_before_is_of_who_may_do_it() -> None:
    then: dict[str, Any] = {"given_to": "sari", "given_by": "budi", "given_until": NOW}
    wish = Export.objects.create(
        region_code=cast.HERE,
        format=Export.Format.CSV,
        reason="For the health post",
        people=9,
        large=True,
        state=Export.State.WAITING,
        asked_by="tuti",
        asked_at=NOW,
        expires_at=NOW,
        mark="ABCD",
    )
    kind = "residents.export_approval"
    asked = item(1, kind=kind, target=f"residents.export:{wish.pk}")
    coming = item(2, permission=Permission.ARRIVAL_AWAIT, **then)
    visit = item(3, **then)
    with connection.cursor() as cursor:
        for statement in (BEFORE.FREE, BEFORE.ASKED, BEFORE.BARRED):
            cursor.execute(statement)
    assert WorkItem.objects.get(pk=asked.pk).not_by == ["tuti"]
    assert WorkItem.objects.get(pk=coming.pk).given_to == ""
    assert WorkItem.objects.get(pk=visit.pk).given_to == "sari"


def test_who_asked_for_it_is_given_nothing() -> None:
    until = now() + SOON
    asked, other = item(1, not_by=["tuti"]), item(2)
    assert give_work(item_id=asked.pk, to="tuti", by="sari", until=until) == 0
    assert give_work(item_id=asked.pk, to="made", by="sari", until=until) == 1
    both = [asked.pk, other.pk]
    assert pass_work_on(items=both, to="tuti", by="sari", until=until) == 2
    rows = WorkItem.objects.order_by("pk").values_list("given_to", flat=True)
    assert list(rows) == ["", "tuti"], "what Tuti asked for is everybody's"


def test_what_was_given_is_the_colleagues_until_it_falls_back() -> None:
    tuti = actor(Role.VILLAGE_OFFICER, cast.HERE, username="tuti")
    row, _ = item(1), item(2)
    give_work(item_id=row.pk, to="tuti", by="sari", until=now() + SOON)
    assert targets(work_for(SARI, BOTH)) == ["aid.claim:2"]
    assert targets(given_for(SARI, BOTH)) == ["aid.claim:1"]
    assert targets(work_for(tuti, BOTH)) == ["aid.claim:1", "aid.claim:2"]
    assert targets(given_to(work_for(tuti, BOTH), "tuti")) == ["aid.claim:1"]
    assert not given_for(tuti, BOTH)
    WorkItem.objects.filter(pk=row.pk).update(given_until=now())
    assert targets(work_for(SARI, BOTH)) == ["aid.claim:1", "aid.claim:2"]


def test_what_was_given_meanwhile_is_not_given_again() -> None:
    row = item(1)
    until = now() + SOON
    assert give_work(item_id=row.pk, to="tuti", by="sari", until=until) == 1
    assert give_work(item_id=row.pk, to="made", by="budi", until=until) == 0
    again = give_work(item_id=row.pk, to="made", by="tuti", until=until, held_by="tuti")
    assert again == 1


def test_each_way_back_to_everybody() -> None:
    rows = [item(number) for number in range(3)]
    until = now() + SOON
    for row in rows:
        assert give_work(item_id=row.pk, to="tuti", by="sari", until=until) == 1
    assert take_work_back(item_id=rows[0].pk, given_to="budi") == 0
    assert take_work_back(item_id=rows[0].pk, given_to="tuti") == 1
    assert pass_work_on(items=[rows[1].pk], to="made", by="sari", until=until) == 1
    assert release_work(given_to="tuti") == 1
    assert release_work(given_to="") == 0
    assert release_items(items=[rows[1].pk]) == 1
    assert list(WorkItem.objects.order_by("pk").values_list("given_to", flat=True)) == [
        "",
        "",
        "",
    ]


def test_work_that_goes_elsewhere_is_given_to_nobody() -> None:
    cast.places()
    region = Region.objects.get(pk=cast.HERE)
    row = item(1, target=f"regions.region:{cast.HERE}")
    give_work(item_id=row.pk, to="tuti", by="sari", until=now() + SOON)
    readdress_work(target=region, region_code=cast.NEXT_DOOR)
    assert targets(work_for(BUDI, BOTH)) == [row.target]


def test_closed_work_is_given_to_nobody() -> None:
    row = item(1, closed_at=NOW, closed_by="sari")
    assert give_work(item_id=row.pk, to="tuti", by="sari", until=NOW) == 0


def test_what_somebody_asked_for_is_their_colleagues_work() -> None:
    tuti = actor(Role.VILLAGE_OFFICER, cast.HERE, username="tuti")
    item(1, not_by=["sari"])
    item(2)
    assert targets(work_for(SARI, BOTH)) == ["aid.claim:2"]
    assert targets(work_for(tuti, BOTH)) == ["aid.claim:1", "aid.claim:2"]
    waiting = waiting_on_others_for(
        SARI, seen_by=Permission.REPORT_VIEW, permissions=BOTH
    )
    assert targets(waiting) == ["aid.claim:1"], "nothing is lost from sight"
    assert item_ids(anybodys_for(SARI, BOTH)) == item_ids(work_for(SARI, BOTH))


def item_ids(rows: Any) -> list[int]:
    """Return the numbers of items."""
    return [row.pk for row in rows]


def test_who_must_leave_it_is_written_down_with_the_work() -> None:
    cast.places()
    open_work(
        kind="x",
        target=Region.objects.get(pk=cast.HERE),
        permission=CHECK,
        region_code=cast.HERE,
        due_at=NOW,
        not_by=["sari", "made", "sari"],
    )
    assert WorkItem.objects.get().not_by == ["made", "sari"]
