"""Many letters by one passphrase, which is forgotten at the end."""

from datetime import timedelta

import pytest

from smartkampung.accounts.models import Staff
from smartkampung.jobs.inline import run_waiting
from smartkampung.kernel.clock import telling
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.kernel.sealed import Sealed
from smartkampung.letters.requests.actions import orders
from smartkampung.letters.requests.actions.handling import check, confirm
from smartkampung.letters.requests.actions.orders import (
    NothingToSign,
    end_expired,
    order_signing,
    work_on,
)
from smartkampung.letters.requests.actions.refusals import CannotStep, NumberUnfit
from smartkampung.letters.requests.actions.reminding import urge_late
from smartkampung.letters.requests.models import (
    BookEntry,
    Letter,
    LetterRequest,
    SigningOrder,
    VillageRule,
)
from smartkampung.letters.requests.models.orders import SEALED_AS
from smartkampung.letters.requests.models.requests import FACTS
from smartkampung.letters.requests.queries.figures import figures, public_medians
from smartkampung.letters.requests.queries.orders import progress
from smartkampung.letters.requests.rules.steps import State
from smartkampung.letters.signing.actions.sign import OpenedPen
from smartkampung.letters.signing.errors import (
    SigningRefused,
    SigningUnavailable,
    WrongPassphrase,
)
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.residents.models import Person
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    asked,
    pen_of,
    read_by,
    rt_head,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, sari
from tests.signing import PASSPHRASE

pytestmark = pytest.mark.django_db


def two_checked() -> list[LetterRequest]:
    """Return two letters that wait for the signature."""
    person, child = wayan_with_child()
    tini, officer = actor(rt_head()), actor(sari())
    rows = [asked(person), asked(person, subject_id=child.pk)]
    for row in rows:
        confirm(request=row, by=tini, at=MORNING)
    return [check(request=row, by=officer, at=MORNING) for row in rows]


def test_many_letters_are_signed_by_the_worker() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    assert order.passphrase
    with telling(LATER):
        run_waiting()
    act_as(Acting.JOB)
    seen = progress(by, order.pk)
    assert [item.state for item in seen.items] == ["signed"] * 2
    assert (seen.order.passphrase, seen.order.ended_at) == (None, LATER)
    numbers = BookEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]


def test_a_closed_account_signs_no_more() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    Staff.objects.filter(pk=head.pk).update(is_active=False)
    with telling(LATER):
        run_waiting()
    act_as(Acting.JOB)
    seen = progress(by, order.pk)
    assert len(seen.refused) == len(seen.items) == 2
    assert not Letter.objects.exists()


def test_one_that_changed_goes_back_and_the_others_are_signed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(orders, "AT_ONCE", 1)
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    Person.objects.filter(pk=rows[1].subject_id).update(birth_place="Jembrana")
    with telling(LATER):
        run_waiting()
    act_as(Acting.JOB)
    seen = progress(by, order.pk)
    # The family's table stands in no letter of the first; it, too, changed there.
    assert {item.code for item in seen.refused} == {"letter_changed"}
    rows[1].refresh_from_db()
    assert rows[1].state == State.CHECK


def test_every_letter_is_read_first_and_the_passphrase_tried() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = read_by(rows[0], head)
    with pytest.raises(CannotStep):
        order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    with pytest.raises(NothingToSign):
        order_signing(requests=[], by=by, passphrase=PASSPHRASE, at=LATER)
    with pytest.raises(WrongPassphrase):
        order_signing(requests=rows[:1], by=by, passphrase="salah sekali", at=LATER)
    assert not SigningOrder.objects.exists()


def test_an_order_that_lay_too_long_forgets_and_signs_nothing() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = read_by(rows[0], head)
    order = order_signing(requests=rows[:1], by=by, passphrase=PASSPHRASE, at=LATER)
    late = LATER + timedelta(minutes=15)
    assert end_expired(at=late - timedelta(seconds=1)) == 0
    assert end_expired(at=late) == 1
    work_on(order_id=order.pk, at=late)
    seen = progress(by, order.pk)
    assert seen.order.passphrase is None
    assert [item.code for item in seen.refused] == ["order_expired"]
    assert not Letter.objects.exists()


def test_what_is_late_is_urged_once() -> None:
    row = two_checked()[0]
    assert urge_late(at=row.due_at) == 0
    assert urge_late(at=row.due_at + timedelta(minutes=1)) == 2
    assert urge_late(at=row.due_at + timedelta(minutes=2)) == 0


def test_figures_of_a_village() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order_signing(requests=rows[:1], by=by, passphrase=PASSPHRASE, at=LATER)
    with telling(LATER):
        run_waiting()
    act_as(Acting.JOB)
    found = figures(by, area=HERE, at=LATER)
    assert (found.asked, found.issued, found.waiting) == (2, 1, 1)
    assert (found.median, found.overdue, found.returned) == (5, 0, 0)
    assert [(one.key, one.asked, one.issued, one.median) for one in found.by_kind] == [
        ("sktm", 2, 1, 5)
    ]
    assert found.by_village[0].key == HERE
    assert (len(found.trend), found.trend[-1].issued, found.trend[0].asked) == (
        30,
        1,
        0,
    )
    late = figures(by, area=HERE, at=LATER + timedelta(hours=1))
    assert late.overdue == 1


def test_a_public_median_is_of_several_letters() -> None:
    assert public_medians(HERE, at=LATER) == {}


def test_a_key_that_is_locked_meanwhile_signs_nothing_of_an_order() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    SigningCertificate.objects.update(wrong_tries=5, locked_at=LATER)
    work_on(order_id=order.pk, at=LATER)
    seen = progress(by, order.pk)
    assert {item.code for item in seen.refused} == {"key_locked"}
    assert seen.order.passphrase is None


def test_one_wrong_passphrase_ends_an_order_and_costs_one_try() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    order.passphrase = Sealed.of("salah sekali", SEALED_AS)
    order.save()
    work_on(order_id=order.pk, at=LATER)
    seen = progress(by, order.pk)
    assert {item.code for item in seen.refused} == {"wrong_passphrase"}
    assert (len(seen.refused), seen.order.ended_at) == (2, LATER)
    assert SigningCertificate.objects.get().wrong_tries == 1


def test_a_service_that_is_down_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    asked_: list[object] = []

    def down(pen: object, **_letter: object) -> None:
        asked_.append(pen)
        raise SigningUnavailable("")

    monkeypatch.setattr(orders, "sign_with", down)
    work_on(order_id=order.pk, at=LATER)
    seen = progress(by, order.pk)
    assert [item.code for item in seen.refused] == ["signing_unavailable"] * 2
    assert (len(asked_), seen.order.passphrase) == (1, None)


@pytest.mark.parametrize(
    ("why", "asked_for"), [("not_enrolled", 1), ("certificate", 1), ("not_a_pdf", 2)]
)
def test_a_service_that_does_not_know_the_signer_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, why: str, asked_for: int
) -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    asked_: list[object] = []

    def refused(pen: object, **_letter: object) -> None:
        asked_.append(pen)
        raise SigningRefused(why)

    monkeypatch.setattr(orders, "sign_with", refused)
    work_on(order_id=order.pk, at=LATER)
    seen = progress(by, order.pk)
    assert [item.code for item in seen.refused] == ["signing_refused"] * 2
    assert len(asked_) == asked_for


def test_a_letter_that_is_signed_elsewhere_has_a_transaction_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    monkeypatch.setattr(OpenedPen, "remote", True)
    work_on(order_id=order.pk, at=LATER)
    states = [item.state for item in progress(by, order.pk).items]
    assert states == ["signed", "waiting"]
    work_on(order_id=order.pk, at=LATER)
    assert [item.state for item in progress(by, order.pk).items] == ["signed"] * 2


def test_a_fault_in_one_letter_leaves_the_others_signed() -> None:
    rows, head = two_checked(), pen_of(village_head())
    by = [read_by(row, head) for row in rows].pop()
    order = order_signing(requests=rows, by=by, passphrase=PASSPHRASE, at=LATER)
    LetterRequest.objects.filter(pk=rows[0].pk).update(facts=Sealed.of("{", FACTS))
    work_on(order_id=order.pk, at=LATER)
    seen = progress(by, order.pk)
    assert [item.code for item in seen.items] == ["letter_fault", ""]
    assert list(BookEntry.objects.values_list("number", flat=True)) == [1]


def test_a_number_too_long_for_the_square_is_refused_in_words() -> None:
    row, head = two_checked()[0], pen_of(village_head())
    VillageRule.objects.create(
        village_id=HERE,
        pattern="{number}/{office}/{office}/{office}/{year}",
        office="429.503.0003-Kalipait-Utara",
        changed_by="darmo",
        changed_at=MORNING,
    )
    with pytest.raises(NumberUnfit):
        signed(row, head)
    assert not BookEntry.objects.exists()
    VillageRule.objects.update(office="429")
    assert signed(row, head).entry.number == 1
