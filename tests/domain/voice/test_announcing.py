"""One office speaks to many: who hears it, who answers, and what stays as it was said."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import Http404

from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import OFFICES, PERMISSIONS, Role
from smartkampung.frontline.voice.actions.announcing import withdraw
from smartkampung.frontline.voice.actions.errors import (
    AlreadyDone,
    CannotAnnounce,
    NobodyThere,
    NotYourArea,
    Withdrawn,
)
from smartkampung.frontline.voice.actions.reading import (
    acknowledge,
    do_task,
    mark_read,
)
from smartkampung.frontline.voice.models import (
    Announcement,
    Attachment,
    Reading,
    Task,
)
from smartkampung.frontline.voice.queries.announcements import (
    announcements_for,
    own_task,
    public_announcements,
    spoken_for,
    task_for,
    waiting_for,
)
from smartkampung.frontline.voice.queries.readers import (
    parts_of_readers,
    silent_holders,
)
from smartkampung.frontline.voice.rules.asking import Ask
from smartkampung.kernel.clock import now, today
from smartkampung.web.aid_staff.kinds import KINDS
from smartkampung.worklist.models import WorkItem
from smartkampung.worklist.queries import work_for
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    camat,
    dr_ratna,
    sari,
    staff,
)
from tests.speaking import asked, heads, rights, said

pytestmark = pytest.mark.django_db


def waits(account: Staff) -> list[str]:
    return [row.title for row in waiting_for(rights(account), at=now())]


def test_an_office_hears_what_is_said_around_it_and_to_it() -> None:
    endang, people = camat(), heads()
    far = staff("jauh", Role.RT_HEAD, f"{FAR_AWAY}")
    said(endang, title="All")
    said(endang, title="Heads", roles=("village_head",))
    said(endang, title="Next door", region_code=NEXT_DOOR)
    assert waits(people["rt"]) == ["All"]
    assert waits(people["rt_next"]) == ["Next door", "All"]
    assert waits(people["head"]) == ["Heads", "All"]
    assert waits(far) == waits(endang) == []
    assert announcements_for(rights(endang)).count() == 3, "who speaks sees it all"


def test_a_puskesmas_hears_what_is_said_to_a_village_that_it_serves() -> None:
    endang, ratna = camat(), dr_ratna()
    said(endang, region_code=NEXT_DOOR)
    assert waits(ratna) == ["Timbang balita"]
    (task,) = Task.objects.filter(announcement=asked(endang, Role.PUSKESMAS_OFFICER))
    assert task_for(rights(ratna), task.pk) == task


def test_nobody_speaks_for_another_area_or_to_nobody() -> None:
    endang = camat()
    with pytest.raises(NotYourArea):
        said(endang, region_code=FAR_AWAY)
    with pytest.raises(NotYourArea):
        said(sari())
    with pytest.raises(NobodyThere):
        said(endang, roles=("checkpoint_officer",))
    assert not Announcement.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"due_on": None},
        {"due_on": today() - timedelta(days=1)},
        {"roles": ()},
        {"roles": ("auditor",)},
    ],
    ids=["no day", "day over", "no office", "office above"],
)
def test_what_nobody_could_do_is_not_asked(changes: dict[str, Any]) -> None:
    endang, _people = camat(), heads()
    with pytest.raises(CannotAnnounce):
        asked(endang, **changes)


def test_an_act_is_work_of_each_office_until_one_of_its_people_did_it() -> None:
    endang, people = camat(), heads()
    twin = staff("twin", Role.RT_HEAD, "35.10.09.2003.002.007", name="Twin")
    row = asked(endang)
    assert Task.objects.count() == WorkItem.objects.count() == 2
    kinds = [kind.permission for kind in KINDS.values()]
    for account in (people["rt"], twin):
        (item,) = work_for(rights(account), kinds)
        assert item.kind == "voice.do_rt_head"
    assert not work_for(rights(people["head"]), kinds), "no work of those above"
    task = own_task(rights(twin), row)
    assert task is not None
    do_task(task=task, note="Sudah dipasang.", by=rights(twin), at=now())
    assert not work_for(rights(people["rt"]), kinds)
    with pytest.raises(AlreadyDone, match="twin"):
        do_task(task=task, note="x", by=rights(people["rt"]), at=now())
    with pytest.raises(Http404):
        task_for(rights(people["rt_next"]), task.pk)


def test_what_is_asked_of_the_head_is_not_asked_of_the_officers_beside() -> None:
    endang, people, clerk = camat(), heads(), sari()
    row = asked(endang, Role.VILLAGE_HEAD)
    assert own_task(rights(people["head"]), row) is not None
    assert own_task(rights(clerk), row) is None
    kinds = [kind.permission for kind in KINDS.values()]
    assert not work_for(rights(clerk), kinds)


def test_who_answered_and_who_did_not_by_village() -> None:
    endang, people = camat(), heads()
    row = said(endang, asks=Ask.ACKNOWLEDGE)
    mark_read(announcement=row, by=rights(people["rt"]), at=now())
    acknowledge(announcement=row, by=rights(people["head"]), at=now())
    whole, here, next_door = parts_of_readers(row, on=today())
    assert (whole.asked, whole.read, whole.answered) == (3, 2, 1)
    assert (here.name, here.asked, here.missing) == ("Sumberwangi", 2, 1)
    assert (next_door.asked, next_door.percent) == (1, 0)
    silent = silent_holders(row, on=today(), area=HERE)
    assert [one.full_name for one in silent] == ["Made Artha"]
    assert waits(people["rt"]) == ["Timbang balita"], "read is not yet taken note of"
    assert waits(people["head"]) == []


@pytest.mark.closes("voice.do_*")
def test_what_was_done_counts_for_the_office() -> None:
    endang, people = camat(), heads()
    row = asked(endang)
    task = own_task(rights(people["rt"]), row)
    assert task is not None
    do_task(task=task, note="Sudah.", by=rights(people["rt"]), at=now())
    whole, *_parts = parts_of_readers(row, on=today())
    assert (whole.asked, whole.answered) == (2, 1)


def test_withdrawn_waits_for_nobody_and_says_why() -> None:
    endang, people = camat(), heads()
    row = asked(endang, public=True)
    task = own_task(rights(people["rt"]), row)
    assert task is not None
    withdraw(announcement=row, reason="Salah hari", by=rights(endang), at=now())
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert waits(people["rt"]) == []
    assert announcements_for(rights(people["rt"])).count() == 1
    with pytest.raises(Withdrawn):
        withdraw(announcement=row, reason="again", by=rights(endang), at=now())
    with pytest.raises(Withdrawn):
        do_task(task=task, note="x", by=rights(people["rt"]), at=now())
    with pytest.raises(NotYourArea):
        withdraw(announcement=row, reason="x", by=rights(people["rt"]), at=now())
    with pytest.raises(Http404):
        spoken_for(rights(people["head"]), row.pk)


def test_a_village_reads_what_is_said_to_it_around_it_and_in_it() -> None:
    endang, _people = camat(), heads()
    for area in (KECAMATAN, NEXT_DOOR, "35.10.09.2003.002"):
        said(endang, title=area, region_code=area, public=True)
    said(endang, title="for offices only")
    titles = [row.title for row in public_announcements(village=HERE)]
    assert titles == ["35.10.09.2003.002", KECAMATAN]
    assert public_announcements().count() == 3


def test_announcement_text_stands() -> None:
    row = said(camat_and_heads())
    with pytest.raises(ProgrammingError, match="Cannot update"):
        Announcement.objects.filter(pk=row.pk).update(body="anders")


def camat_and_heads() -> Staff:
    heads()
    return camat()


def test_announcement_kept() -> None:
    row = written()
    with pytest.raises(ProgrammingError, match="Cannot delete"):
        row.delete()


def test_announcement_act_has_a_day() -> None:
    with pytest.raises(IntegrityError, match="announcement_act_has_a_day"):
        written(asks="act")


def test_announcement_withdrawal_is_signed() -> None:
    with pytest.raises(IntegrityError, match="announcement_withdrawal_is_signed"):
        written(withdrawn_at=now())


def written(**changes: Any) -> Announcement:
    told: dict[str, Any] = {"title": "x"}
    told |= {"body": "x", "region_code": HERE, "roles": [], "asks": "read"}
    told |= {"by": "test", "at": now(), **changes}
    return Announcement.objects.create(**told)


def test_attachment_append_only() -> None:
    row = Attachment.objects.create(
        announcement=written(), kind="pdf", name="a", path="a", bytes=1, at=now()
    )
    for change in (row.delete, lambda: Attachment.objects.update(name="b")):
        with (
            pytest.raises(ProgrammingError, match="Cannot update or delete"),
            transaction.atomic(),
        ):
            change()


def test_reading_once() -> None:
    row, by = written(), sari()
    for _twice in range(2):
        mark_read(announcement=row, by=rights(by), at=now())
    with pytest.raises(IntegrityError, match="reading_once"):
        Reading.objects.create(announcement=row, staff=by, read_at=now())


def test_reading_before_acknowledging() -> None:
    early = now() - timedelta(hours=1)
    with pytest.raises(IntegrityError, match="reading_before_acknowledging"):
        Reading.objects.create(
            announcement=written(), staff=sari(), read_at=now(), acknowledged_at=early
        )


def test_task_once_an_office() -> None:
    office = {"role": "rt_head", "place": HERE, "region_code": HERE}
    row = written()
    Task.objects.create(announcement=row, **office)
    with pytest.raises(IntegrityError, match="task_once_an_office"):
        Task.objects.create(announcement=row, **office)


def test_task_done_is_signed() -> None:
    with pytest.raises(IntegrityError, match="task_done_is_signed"):
        Task.objects.create(
            announcement=written(),
            role="rt_head",
            place=HERE,
            region_code=HERE,
            done_at=now(),
        )


def test_every_office_that_can_be_asked_has_a_desk_already() -> None:
    """Else an empty board would become the home of who has no work here."""
    others = {k.permission for name, k in KINDS.items() if "voice.do_" not in name}
    assert all(PERMISSIONS[role] & others for role in OFFICES)
