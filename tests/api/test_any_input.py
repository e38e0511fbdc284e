"""Schemathesis throws everything its own documentation allows, and forbids, at the API."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import URLResolver
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from smartkampung.accounts.actions.tokens import issue_token
from smartkampung.accounts.models import Assignment
from smartkampung.api.urls import api, urlpatterns
from smartkampung.config.wsgi import application
from smartkampung.kernel.clock import now
from tests import cases
from tests.reporting import open_phase, wayan

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]

Case = schemathesis.Case[Any]
OPERATIONS: set[str] = set()

# From the documentation itself: loading it through the application needs a database.
schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))
schema.app = application
# Inputs come from the documentation. Literals out of our own code would be looked for
# in every module, for each operation anew, and while tests are only collected.
schema.config.analysis.constants.enabled = False


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Keep the test's transaction: a server would look for a fresh connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(autouse=True)
def _no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every input reach its operation: hundreds come from one address."""
    for pattern in urlpatterns:
        if isinstance(pattern, URLResolver):
            continue  # the phone's own door, which this documentation does not name
        monkeypatch.setattr(pattern.callback, "declared_limits", None, raising=False)


@pytest.fixture
def token(db: None) -> str:
    """Open a town with a claim; return a token of its village officer."""
    cases.desk()
    cases.claim_of(wayan())
    open_phase(at=now(), quota=1_000_000)
    return issue_token(
        assignment=Assignment.objects.get(staff__username="sari"),
        name="test",
        lives=timedelta(days=1),
        by="test",
        at=now(),
    )


def every_input_of(operation: str) -> Callable[[Callable[..., None]], Any]:
    """Let a test take whatever the documentation of one operation allows and forbids."""
    # A test each: schemathesis gives all operations of one test the same id, and two
    # workers run one test of each id.
    chosen = schema.include(operation_id=operation)
    OPERATIONS.add(operation)
    bounds = settings(
        max_examples=30, deadline=None, suppress_health_check=list(HealthCheck)
    )

    def bound(test: Callable[..., None]) -> Any:
        return pytest.mark.slow(chosen.parametrize()(bounds(test)))

    return bound


def answers_well(case: Case, token: str) -> None:
    """No server error, and what is answered is what was promised."""
    response = case.call(headers={"Authorization": f"Bearer {token}"})
    case.validate_response(response, checks=CHECKS)
    if response.status_code >= 400:
        assert response.headers["content-type"] == ["application/problem+json"]


@every_input_of("send_aid_report")
def test_sending_a_report_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("follow_aid_report")
def test_following_a_report_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("read_worklist")
def test_the_worklist_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("read_claim")
def test_a_claim_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("book_place")
def test_booking_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("follow_booking")
def test_following_a_booking_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("cancel_booking")
def test_cancelling_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("change_day")
def test_another_day_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("take_offer")
def test_an_offer_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("find_isolation_houses")
def test_finding_houses_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("take_delivery")
def test_a_receipt_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


@every_input_of("hand_over_text")
def test_a_text_takes_any_input(case: Case, token: str) -> None:
    answers_well(case, token)


def test_no_operation_is_left_out() -> None:
    documented = api.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
    known = {way["operationId"] for ways in documented for way in ways.values()}
    assert known == OPERATIONS
