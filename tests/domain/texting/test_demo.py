"""The demo has people to call back, thanks to read, and weeks that were looked at."""

import pytest

from smartkampung.demo import texts as demo
from smartkampung.demo.cast import KECAMATAN, NEXT_DOOR, RT, VILLAGE
from smartkampung.frontline.recognition.models import Named, Thanks, Week
from smartkampung.frontline.texting.models import Assist, Received
from smartkampung.kernel.clock import now
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.regions.models import Region
from tests import cast

pytestmark = pytest.mark.django_db


def test_there_is_somebody_to_call_and_something_to_read() -> None:
    cast.places()
    for code, name, kind in (
        (KECAMATAN, "Lereng", "kecamatan"),
        (VILLAGE, "Sumberwangi", "desa"),
        (NEXT_DOOR, "Karangrejo", "desa"),
        (RT, "RT 001", "rt"),
    ):
        Region.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "kind": kind,
                "parent_id": code.rpartition(".")[0] if kind != "rt" else VILLAGE,
            },
        )
    at = now()
    act_as(Kind.JOB)
    demo.tell_texts(at=at)
    waiting = Assist.objects.filter(closed_at=None)
    assert waiting.count() == 3
    assert Assist.objects.exclude(closed_at=None).count() == 2
    assert Received.objects.count() == 42
    assert Thanks.objects.filter(village_code=VILLAGE).count() == 12
    assert Week.objects.count() == len(demo.NAMED)
    assert Named.objects.latest("week__monday").village_id == VILLAGE
