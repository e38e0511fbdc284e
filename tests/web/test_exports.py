"""Sari takes people out of the registry; above 500 the village head must agree."""

from typing import Any

import pytest
from django.test import Client

from smartkampung.accounts.roles import Role
from smartkampung.jobs.inline import run_waiting
from smartkampung.residents.exports import rules
from smartkampung.residents.models import Export
from tests import cast
from tests.filed import export_waiting
from tests.importing import bring
from tests.workbooks import FAMILY, workbook

pytestmark = pytest.mark.django_db
PAGE = "/staff/exports/"
ASKED = {"village": cast.HERE, "form": "xlsx", "reason": "laporan"}


@pytest.fixture
def sari(client: Client) -> Client:
    bring(workbook(*FAMILY))
    cast.english(client)
    return cast.sign_in(client, cast.sari())


@pytest.fixture
def head() -> Client:
    client = Client(headers={"accept-language": "en"})
    cast.english(client)
    return cast.sign_in(client, cast.staff("kades", Role.VILLAGE_HEAD, cast.HERE))


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_small_file_is_asked_for_made_and_fetched(sari: Client) -> None:
    address = sari.post(PAGE, ASKED)["Location"]
    assert '<noscript><meta http-equiv="refresh"' in text(sari.get(address))
    run_waiting()
    assert "Download the file" in text(sari.get(address))

    file = sari.post(f"{address}file/")
    assert file["Content-Disposition"].startswith('attachment; filename="penduduk-')
    body = file.getvalue()
    assert bring(body, apply=False).summary.as_counts()["unchanged"] == 3
    assert "ready" in text(sari.get(PAGE))


def test_many_people_wait_for_the_head(
    sari: Client, head: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "LARGE", 2)
    address = sari.post(PAGE, ASKED)["Location"]
    assert "Somebody else who may export" in text(sari.get(address))
    assert sari.post(f"{address}decide/", {"answer": "allow"}).status_code == 409

    assert "Allow this export" in text(head.get(address))
    head.post(f"{address}decide/", {"answer": "allow"})
    run_waiting()
    assert "Download the file" in text(sari.get(address))
    answer = head.post(f"{address}file/")
    assert answer.status_code == 409
    assert "Only whoever asked" in text(answer)


def test_the_head_refuses(sari: Client, head: Client) -> None:
    export = export_waiting(asked_by="sari")
    head.post(f"{PAGE}{export.pk}/decide/", {"answer": "refuse"})
    export.refresh_from_db()
    assert (export.state, export.decided_by) == ("refused", "kades")


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"village": cast.NEXT_DOOR}, {"form": "pdf"}]
)
def test_what_is_wrong_with_the_form_is_said(
    sari: Client, changes: dict[str, str]
) -> None:
    answer = sari.post(PAGE, ASKED | changes)
    assert answer.status_code == 422
    assert not Export.objects.exists()


def test_an_empty_village_is_said(client: Client) -> None:
    cast.english(client)
    cast.sign_in(client, cast.sari())
    answer = client.post(PAGE, ASKED)
    assert answer.status_code == 422
    assert "Nobody is registered in this village yet." in text(answer)
