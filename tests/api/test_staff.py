"""Programs of staff see what their office sees, and no more."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.actions.tokens import issue_token
from smartkampung.accounts.models import ApiToken, Assignment, Staff
from smartkampung.accounts.roles import Role
from smartkampung.aid.models import Claim
from smartkampung.audit.models import Access
from smartkampung.kernel.clock import now
from tests import cases, cast
from tests.reporting import WAYAN_NIK, wayan

pytestmark = pytest.mark.django_db
WORK = "/api/v1/worklist"


def program_of(account: Staff) -> Client:
    """Return a client that acts in the one office of an account."""
    token = issue_token(
        assignment=Assignment.objects.get(staff=account),
        name="test",
        lives=timedelta(days=1),
        by="test",
        at=now(),
    )
    return Client(headers={"Authorization": f"Bearer {token}"})


@pytest.fixture
def claim() -> Claim:
    cases.desk()
    return cases.claim_of(wayan())


def sari() -> Client:
    return program_of(Staff.objects.get(username="sari"))


def url(claim: Claim) -> str:
    return f"/api/v1/aid/claims/{claim.pk}"


def test_the_work_list_holds_what_waits_for_this_office(claim: Claim) -> None:
    listed = sari().get(WORK).json()
    assert listed["total"] == 1
    assert listed["items"][0]["kind"] == "aid.field_check"
    assert program_of(cast.budi()).get(WORK).json() == {"total": 0, "items": []}


def test_a_claim_is_read_with_masked_numbers_and_the_look_is_noted(
    claim: Claim,
) -> None:
    answer = sari().get(url(claim))
    assert answer.status_code == 200
    assert WAYAN_NIK not in answer.content.decode()
    assert answer.json()["nik_masked"].endswith(WAYAN_NIK[-4:])
    assert Access.objects.get().by == "sari"


def test_next_door_there_is_no_such_claim(claim: Claim) -> None:
    answer = program_of(cast.budi()).get(url(claim))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert not Access.objects.exists()


def test_a_role_that_sees_no_aid_is_forbidden(claim: Claim) -> None:
    account = cast.staff("dewi", Role.DINKES, cast.REGENCY)
    answer = program_of(account).get(url(claim))
    assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic x"}],
    ids=["no token", "unknown token", "another scheme"],
)
def test_without_a_valid_token_nothing_is_read(
    claim: Claim, headers: dict[str, Any]
) -> None:
    answer = Client(headers=headers).get(url(claim))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_is_refused_at_once(claim: Claim) -> None:
    program = sari()
    assert program.get(WORK).status_code == 200
    ApiToken.objects.update(revoked_at=now())
    assert program.get(WORK).status_code == 401


@pytest.mark.parametrize("page", ["0", "x", "99999999999999999999"])
def test_a_page_that_cannot_be_is_named(claim: Claim, page: str) -> None:
    answer = sari().get(WORK, {"page": page})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "page"


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999999"])
def test_a_number_that_cannot_be_a_claim_is_a_problem(number: str) -> None:
    cases.desk()
    answer = sari().get(f"/api/v1/aid/claims/{number}")
    assert answer.status_code in {404, 422}
