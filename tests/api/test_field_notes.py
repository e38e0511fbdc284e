"""What is written beside the answers of a visit, and what becomes of it."""

import pytest

from smartkampung.accounts.roles import Role
from smartkampung.isolation.arrival.models import SupervisionVisit
from smartkampung.kernel.rls import Kind, act_as
from tests import arriving, cast
from tests.fieldwork import phone_of
from tests.population import WAYAN_NIK

pytestmark = pytest.mark.django_db


def test_a_number_in_a_note_holds_no_visit_up_and_is_shown_nowhere() -> None:
    stay = arriving.secluded(cast.RT_HERE, "Ketut Darma")
    phone = phone_of(cast.staff("joko", Role.BABINSA, cast.HERE))
    body = {"found": "absent", "note": f"Pintu tutup. {WAYAN_NIK[:6]} {WAYAN_NIK[6:]}"}
    form = phone.form(
        "isolation.visit", f"isolation.stay:{stay.pk}", {**body, "missing": "Gelap."}
    )
    receipt = phone.send_one(form)
    assert (receipt["state"], receipt["errors"]) == ("done", {})
    assert "dihapus" in receipt["message"]["id"]
    act_as(Kind.JOB)
    visit = SupervisionVisit.objects.get()
    assert (visit.found, visit.note) == ("absent", "Pintu tutup. •••")
