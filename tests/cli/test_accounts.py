"""The first administrator of a deployment: one command, one link, one time."""

import re

import pytest
from django.conf import settings
from django.test import Client
from typer.testing import CliRunner

from smartkampung.accounts.models import Assignment, Invitation, Staff
from smartkampung.accounts.roles import Role
from smartkampung.audit.models import Event
from smartkampung.cli.accounts import app
from smartkampung.cli.trouble import Trouble
from smartkampung.notify.models import Message
from tests import cast
from tests.cli.deployment import Deployment

pytestmark = pytest.mark.django_db
DEWI = ("dewi", "Dewi Anggraini")


def run(*words: str) -> str:
    """Run ``create-admin``; return what it said, or raise what stopped it."""
    answer = CliRunner().invoke(app, ["create-admin", *words])
    if answer.exception is not None and not isinstance(answer.exception, SystemExit):
        raise answer.exception
    return answer.output


def link(said: str) -> str:
    """Return the path of the printed link."""
    found = re.search(rf"^{re.escape(settings.SITE_URL)}(/\S+)$", said, re.M)
    assert found, said
    return found[1]


def test_the_link_leads_to_a_password_and_the_second_step(client: Client) -> None:
    cast.places()
    path = link(run(*DEWI))
    assert client.get(path).status_code == 200
    secret = "Kopi pahit 7 gelas"
    answer = client.post(path, {"password": secret, "again": secret}, follow=True)
    assert answer.request["PATH_INFO"].startswith("/accounts/2fa/")
    assert Staff.objects.get(username="dewi").check_password(secret)
    assert Client().get(path).status_code == 404


def test_the_office_is_over_the_regency_and_signed_by_the_server() -> None:
    cast.places()
    run(*DEWI)
    office = Assignment.objects.get()
    assert (office.role, office.region_id) == (Role.SYSTEM_ADMIN, cast.REGENCY)
    assert office.granted_by.startswith("cli:")
    names = set(Event.objects.values_list("name", flat=True))
    assert {"accounts.staff_created", "accounts.assigned", "accounts.invited"} <= names


def test_where_an_administrator_exists_it_refuses_unless_told() -> None:
    cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY)
    with pytest.raises(Trouble, match=r"already: admin\..*--yes"):
        run(*DEWI)
    assert not Staff.objects.filter(username="dewi").exists()
    link(run(*DEWI, "--yes"))


def test_an_administrator_who_left_does_not_count() -> None:
    cast.staff("admin", Role.SYSTEM_ADMIN, cast.REGENCY)
    Staff.objects.update(is_active=False)
    link(run(*DEWI))


def test_the_link_is_also_sent_to_an_address() -> None:
    cast.places()
    run(*DEWI, "--email", "dewi@kampung.example")
    assert Message.objects.get().template == "invitation"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("D", "Dewi"), "3 to 30 small letters"),
        (("Dewi Anggraini", "Dewi"), "3 to 30 small letters"),
        (("dewi😀", "Dewi"), "3 to 30 small letters"),
        (("dewi", "  "), "Write the full name"),
        (("dewi", "x" * 151), "Write the full name"),
        (("dewi", "Dewi", "--email", "dewi"), "no e-mail address"),
    ],
)
def test_what_was_typed_wrong_is_said(words: tuple[str, ...], said: str) -> None:
    cast.places()
    with pytest.raises(Trouble, match=said):
        run(*words)
    assert not Invitation.objects.exists()


def test_a_taken_username_is_said() -> None:
    cast.sari()
    with pytest.raises(Trouble, match="taken"):
        run("sari", "Sari")


def test_without_a_regency_it_says_what_to_do_first() -> None:
    with pytest.raises(Trouble, match="smartkampung regions load"):
        run(*DEWI)


@pytest.mark.slow
def test_a_new_deployment_gets_its_administrator_by_the_documented_steps(
    deployment: Deployment,
) -> None:
    loaded = deployment.run("regions", "load", "src/smartkampung/regions/data/35.10")
    assert loaded.returncode == 0, loaded.stderr
    made = deployment.run("accounts", "create-admin", *DEWI)
    assert made.returncode == 0, made.stderr
    assert "https://kampung.example/" in made.stdout
    again = deployment.run("accounts", "create-admin", "budi", "Budi")
    assert again.returncode == 1
    assert "There is an administrator already: dewi." in again.stderr
