"""The demo tells of letters at every step, and of one that was revoked."""

from collections import Counter

import pytest

from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import DIED_ALONE, KECAMATAN, RT, VILLAGE
from smartkampung.demo.letter_requests import TOLD, tell_letter_requests
from smartkampung.demo.letters_keys import OPENS_KEYS
from smartkampung.demo.staff import Officers
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.requests import files
from smartkampung.letters.requests.models import BookEntry, Letter, LetterRequest
from smartkampung.letters.requests.rules.steps import State
from smartkampung.regions.models import Region
from tests.asking_letters import MORNING
from tests.cast import places, staff
from tests.population import family, person
from tests.signing import authority, signer

pytestmark = pytest.mark.django_db


def test_letters_of_the_demo_stand_at_every_step() -> None:
    places()
    for code, above in ((f"{VILLAGE}.001", VILLAGE), (RT, f"{VILLAGE}.001")):
        Region.objects.create(code=code, name=code, kind="rt", parent_id=above)
    for number in range(len(TOLD)):
        person(f"Warga {number}", f"35100917089010{number:02}", region=RT)
    alone = family(DIED_ALONE, region=RT, phone=None)
    person("Mbah Tukiyem", household=alone, region=RT, status="dead")
    staff("rt", Role.RT_HEAD, RT)
    for name in ("sari", "sekdes"):
        staff(name, Role.VILLAGE_OFFICER, VILLAGE)
    head = staff("kades", Role.VILLAGE_HEAD, VILLAGE)
    authority()
    signer(head, passphrase=OPENS_KEYS)
    signer(staff("camat", Role.KECAMATAN_OFFICER, KECAMATAN), passphrase=OPENS_KEYS)
    act_as(Acting.JOB)
    tell_letter_requests(at=MORNING, officers=Officers(on=MORNING.date()))
    act_as(Acting.JOB)
    states = Counter(LetterRequest.objects.values_list("state", flat=True))
    by_kin = LetterRequest.objects.get(kinship__isnull=False)
    assert (by_kin.state, by_kin.kind) == (State.CHECK, "death")
    assert states == Counter([*(told.until for told in TOLD), by_kin.state])
    assert states[State.ISSUED] == Letter.objects.filter(issued_at__lte=MORNING).count()
    assert Letter.objects.filter(revoked_at__isnull=False).count() == 1
    (by_camat,) = BookEntry.objects.filter(village_code=KECAMATAN)
    assert by_camat.cosigned.get().kind == "crowd"
    entries = BookEntry.objects.filter(village_code=VILLAGE).order_by("number")
    days = [entry.on for entry in entries]
    assert days == sorted(days)
    assert all(
        files.read(letter.file)[:4] == b"%PDF" for letter in Letter.objects.all()
    )
