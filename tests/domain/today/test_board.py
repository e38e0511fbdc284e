"""Whatever waits: every board, list and program counts the same."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartkampung.accounts.actions.tokens import issue_token
from smartkampung.accounts.models import Assignment, Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.frontline.today.queries.board import Board, board_of
from smartkampung.kernel.clock import now, today
from smartkampung.web.aid_staff.kinds import KINDS, PERMISSIONS
from smartkampung.worklist import queries
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import Bucket, moments
from tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_morning")]
# Some that the village does, the kecamatan does, both do, and neither.
SOME = ("aid.field_check", "aid.decide", "aid.hand_over", "isolation.see")
AREAS = (cast.RT_HERE, cast.RW_HERE, cast.HERE, cast.NEXT_DOOR, cast.FAR_AWAY)

items = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(SOME),
            "region_code": st.sampled_from(AREAS),
            "hours": st.integers(-200, 200),
            "urgent": st.booleans(),
            "given_to": st.sampled_from(["", "", "tuti", "sari"]),
            "back": st.integers(-5, 5).filter(bool),
            "closed": st.sampled_from([False, False, False, True]),
        }
    ),
    max_size=25,
)


@pytest.fixture
def team() -> dict[str, Staff]:
    """Make Sari, her colleague and the kecamatan."""
    made = {"sari": cast.sari(), "endang": cast.camat()}
    return {**made, "tuti": cast.staff("tuti", Role.VILLAGE_OFFICER, cast.HERE)}


def put(rows: list[dict[str, Any]], at: datetime) -> None:
    """Put work on the list, instead of what was there."""
    WorkItem.objects.all().delete()
    WorkItem.objects.bulk_create(
        WorkItem(
            kind=row["kind"],
            permission=KINDS[row["kind"]].permission,
            target=f"x:{number}",
            region_code=row["region_code"],
            opened_at=at,
            due_at=at + timedelta(hours=row["hours"]),
            urgent=row["urgent"],
            closed_at=at if row["closed"] else None,
            closed_by="x" if row["closed"] else "",
            given_to=row["given_to"],
            given_by="endang" if row["given_to"] else "",
            given_until=at + timedelta(days=row["back"]) if row["given_to"] else None,
        )
        for number, row in enumerate(rows)
    )


def listed(board: Board) -> list[int]:
    """Return what pages of seven show, one after another."""
    walk: Any = board.walk()
    pages: Paginator[Any] = Paginator(walk, 7)
    return [row.pk for page in pages for row in page]


def in_all(board: Board) -> None:
    """Look at a board in every way there is; all must agree."""
    rows = board.rows
    assert board.total == rows.count() == len(board.walk())
    assert board.counts() == queries.counts(rows, board.at)
    assert board.counts_by_kind() == queries.counts_by_kind(rows)
    found = listed(board)
    assert sorted(found) == sorted(rows.values_list("pk", flat=True))
    ranks = {row.pk: vars(row)["rank"] for row in board.walk()[0 : board.total]}
    assert [ranks[pk] for pk in found] == sorted(ranks.values())


@pytest.mark.slow
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(items)
def test_counts_agree_with_every_list(
    team: dict[str, Staff], rows: list[dict[str, Any]]
) -> None:
    at = now()
    put(rows, at)
    for staff in team.values():
        actor = actor_for(staff, on=today())
        mine = queries.work_for(actor, PERMISSIONS)
        board = board_of(mine, moments(at))
        in_all(board)
        for bucket in Bucket:
            in_all(board.narrowed(bucket=bucket))
        for kind in SOME:
            assert board.narrowed(kind=kind).total == board.counts_by_kind().get(
                kind, 0
            )
        for area in AREAS:
            in_all(board_of(queries.inside(mine, area), moments(at)))
        everything = queries.anybodys_for(actor, PERMISSIONS)
        given_away = queries.given_for(actor, PERMISSIONS)
        assert mine.count() + given_away.count() == everything.count()


def program(staff: Staff) -> Client:
    """Return a program that acts for somebody."""
    text = issue_token(
        assignment=Assignment.objects.get(staff=staff),
        name="test",
        lives=timedelta(days=1),
        by="test",
        at=now(),
    )
    return Client(headers={"authorization": f"Bearer {text}"})


def test_the_page_and_the_program_count_what_the_board_counts(
    team: dict[str, Staff],
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "kind": SOME[number % 4],
            "region_code": AREAS[number % 5],
            "hours": number * 11 - 200,
            "urgent": number % 7 == 0,
            "given_to": ("", "", "tuti", "sari")[number % 4],
            "back": 1 if number % 3 else -1,
            "closed": number % 6 == 0,
        }
        for number in range(40)
    ]
    put(rows, now())
    for staff in team.values():
        actor = actor_for(staff, on=today())
        board = board_of(queries.work_for(actor, PERMISSIONS), moments(now()))
        told = program(staff).get("/api/v1/worklist?size=100").json()
        assert told["total"] == len(told["items"]) == board.total
        page = cast.sign_in(cast.english(Client()), staff).get("/staff/")
        assert page.context["total"] == board.total
        shown = {one["name"]: one["value"] for one in page.context["numbers"]}
        counted = {bucket: shown.get(bucket, 0) for bucket in queries.Bucket}
        assert counted == board.counts()


def test_an_empty_board_is_empty_in_every_way(team: dict[str, Staff]) -> None:
    actor = actor_for(team["sari"], on=today())
    in_all(board_of(queries.work_for(actor, PERMISSIONS), moments(now())))
