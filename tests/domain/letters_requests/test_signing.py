"""The signature: of what was read and checked, once, by whom it may be."""

import hashlib
import io
from dataclasses import replace as replace_
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.db import transaction

from smartkampung.accounts.models import Staff
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.reading import data_of
from smartkampung.letters.catalogue.rules.wording import Wording, digest
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions import handling, signing
from smartkampung.letters.requests.actions.handling import check, review
from smartkampung.letters.requests.actions.mandates import give_mandate
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    ChangedMeanwhile,
    NotAbout,
    OutsideMandate,
)
from smartkampung.letters.requests.actions.revoking import replace, revoke
from smartkampung.letters.requests.actions.signing import sign
from smartkampung.letters.requests.models import (
    BookEntry,
    Letter,
    LetterRequest,
    NumberSeries,
)
from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.steps import Bar, Did, State, Step
from smartkampung.letters.signing.errors import SigningUnavailable, WrongPassphrase
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.residents.models import Person
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    checked,
    more_steps,
    pen_of,
    read_by,
    secretary,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE
from tests.races import together
from tests.reporting import WAYAN_NIK
from tests.signing import PASSPHRASE

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def text_of(letter: Letter) -> str:
    pages = pypdf.PdfReader(io.BytesIO(files.read(letter.file))).pages
    return " ".join(page.extract_text() for page in pages)


def test_a_signed_letter_is_numbered_printed_and_in_the_book() -> None:
    row = checked(wayan_with_child()[0])
    letter = signed(row, pen_of(village_head()))
    row.refresh_from_db()
    assert (row.state, row.signed_by, letter.minutes) == (State.ISSUED, "darmo", 5)
    assert letter.entry.text == "401/001/2003/XI/2026"
    pdf = files.read(letter.file)
    assert hashlib.sha256(pdf).digest() == bytes(letter.sha256)
    words = text_of(letter)
    for part in ("Wayan Sudarma", WAYAN_NIK, letter.entry.text, "Darmo Wijoyo"):
        assert part in words
    assert list(row.history.order_by("pk").values_list("did", flat=True))[-2:] == [
        Did.SIGNED,
        Did.ISSUED,
    ]
    assert letter.printed.open().count(WAYAN_NIK) == 1


def test_what_was_not_read_is_not_signed() -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    with pytest.raises(CannotStep) as told:
        sign(request=row, by=actor(head), passphrase=PASSPHRASE, at=LATER)
    assert told.value.bars == [Bar.NOT_READ]
    LetterRequest.objects.filter(pk=row.pk).update(version=row.version + 1)
    read_by(row, head)  # a version that is no longer the one
    with pytest.raises(CannotStep):
        sign(request=row, by=actor(head), passphrase=PASSPHRASE, at=LATER)


def test_a_change_of_the_registry_is_noticed_and_checked_again() -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    Person.objects.filter(pk=row.subject_id).update(name="I Wayan Sudarma")
    with pytest.raises(ChangedMeanwhile) as told:
        signed(row, head)
    assert "subject.name" in told.value.changed
    row.refresh_from_db()
    assert (row.state, row.checked_by, row.facts) == (State.CHECK, "", None)
    last = row.history.order_by("pk").last()
    assert last
    assert (last.did, "subject.name" in last.changed) == (Did.RESTARTED, True)
    assert not Letter.objects.exists()
    assert not BookEntry.objects.exists()


def test_a_change_of_the_wording_is_checked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    held = wording_for(row.kind, HERE, TODAY)
    assert held
    other = Wording(held.kind, "0" * 32)
    monkeypatch.setattr(signing, "wording_for", lambda *_: other)
    with pytest.raises(ChangedMeanwhile) as told:
        signed(row, head)
    assert told.value.changed == ["wording"]


def test_a_wrong_passphrase_counts_and_takes_no_number() -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    by = read_by(row, head)
    with pytest.raises(WrongPassphrase):
        sign(request=row, by=by, passphrase="salah sekali", at=LATER)
    assert SigningCertificate.objects.get().wrong_tries == 1
    assert not NumberSeries.objects.exists()
    assert sign(request=row, by=by, passphrase=PASSPHRASE, at=LATER).entry.number == 1


def test_a_failed_signature_leaves_no_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())

    class Broken:
        def sign(self, *_args: Any, **_more: Any) -> None:
            raise SigningUnavailable("timeout")

    with monkeypatch.context() as patch:
        patch.setattr(signing, "unlock", lambda **_: Broken())
        with pytest.raises(SigningUnavailable):
            signed(row, head)
    assert not BookEntry.objects.exists()
    assert NumberSeries.objects.get().last == 0
    row.refresh_from_db()
    assert row.state == State.SIGN
    assert signed(row, head).entry.number == 1


def mandate(head: Staff, deputy: Staff, **changes: Any) -> None:
    given: dict[str, Any] = {
        "manner": Manner.ON_BEHALF,
        "title": "Sekretaris Desa",
        "kinds": ["sktm"],
        "since": TODAY,
        "until": TODAY + timedelta(days=1),
    }
    give_mandate(
        village_code=HERE,
        deputy=deputy,
        reason="",
        by=actor(head),
        at=MORNING,
        **{**given, **changes},
    )


def test_a_deputy_signs_on_behalf_of_the_head() -> None:
    row, deputy = checked(wayan_with_child()[0]), pen_of(secretary())
    mandate(village_head(), deputy)
    letter = signed(row, deputy)
    assert (letter.signer_title, letter.manner) == ("Sekretaris Desa", "an")
    assert letter.mandate is not None
    assert "a.n. Kepala Desa Sumberwangi" in text_of(letter)


def test_an_acting_head_signs_as_such() -> None:
    row, deputy = checked(wayan_with_child()[0]), pen_of(secretary())
    mandate(village_head(), deputy, manner=Manner.ACTING, kinds=[])
    assert signed(row, deputy).signer_title == "Plh. Kepala Desa Sumberwangi"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"kinds": ["domicile"]}, id="another kind"),
        pytest.param(
            {
                "since": TODAY + timedelta(days=1),
                "until": TODAY + timedelta(days=2),
            },
            id="not yet",
        ),
    ],
)
def test_a_deputy_outside_the_mandate_is_refused(changes: dict[str, Any]) -> None:
    row, deputy = checked(wayan_with_child()[0]), pen_of(secretary())
    mandate(village_head(), deputy, **changes)
    with pytest.raises(OutsideMandate):
        signed(row, deputy)
    assert not Letter.objects.exists()


def test_a_mandate_that_is_over_signs_nothing() -> None:
    row, deputy = checked(wayan_with_child()[0]), pen_of(secretary())
    mandate(village_head(), deputy)
    with pytest.raises(OutsideMandate):
        signed(row, deputy, at=LATER + timedelta(days=1))


def test_who_looked_twice_does_not_sign_even_by_mandate() -> None:
    more_steps("review")
    row, deputy = checked(wayan_with_child()[0]), pen_of(secretary())
    review(request=row, by=actor(deputy), at=MORNING)
    row.refresh_from_db()
    mandate(village_head(), deputy)
    with pytest.raises(CannotStep) as told:
        signed(row, deputy)
    assert told.value.bars == [Bar.REVIEWED_IT]


def test_the_head_does_not_sign_for_the_own_card() -> None:
    person, _child = wayan_with_child()
    row, head = checked(person), pen_of(village_head())
    Staff.objects.filter(pk=head.pk).update(family_index=person.family.kk_index)
    with pytest.raises(CannotStep) as told:
        signed(row, head)
    assert told.value.bars == [Bar.OWN_FAMILY]
    deputy = pen_of(secretary())
    mandate(Staff.objects.get(pk=head.pk), deputy)
    assert signed(row, deputy).manner == "an"


def test_what_is_signed_is_what_was_on_the_screen() -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    by = read_by(row, head)
    Staff.objects.filter(pk=head.pk).update(full_name="Somebody Else")
    with pytest.raises(CannotStep) as told:
        sign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert told.value.bars == [Bar.NOT_READ], "the name of the signer stands on it"
    assert sign(
        request=row, by=read_by(row, head), passphrase=PASSPHRASE, at=LATER
    ).signer_name.startswith("Somebody")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"status": Person.Status.DEAD}, id="died"),
        pytest.param({"region_code": "35.10.09.2004.001.001"}, id="moved away"),
    ],
)
def test_whom_it_is_about_died_or_moved_away_after_the_check(
    changes: dict[str, Any],
) -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    Person.objects.filter(pk=row.subject_id).update(**changes)
    with pytest.raises(ChangedMeanwhile) as told:
        signed(row, head)
    assert told.value.changed == ["subject"]
    with pytest.raises(NotAbout):
        check(request=row, by=actor(Staff.objects.get(username="sari")), at=LATER)


def test_a_step_that_is_new_sends_back_what_is_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row, head = checked(wayan_with_child()[0]), pen_of(village_head())
    held = wording_for(row.kind, HERE, TODAY)
    assert held
    kind = replace_(held.kind, steps=(*held.kind.steps, Step.COSIGN))
    more = Wording(kind, digest(data_of(kind)))
    for module in (signing, handling):
        monkeypatch.setattr(module, "wording_for", lambda *_: more)
    with pytest.raises(ChangedMeanwhile):
        signed(row, head)
    row.refresh_from_db()
    assert (row.state, row.steps[-1]) == (State.CHECK, "cosign")


def test_who_checked_does_not_sign_even_by_mandate() -> None:
    deputy = pen_of(secretary())
    row = checked(wayan_with_child()[0], officer=deputy)
    mandate(village_head(), deputy)
    with pytest.raises(CannotStep) as told:
        signed(row, deputy)
    assert told.value.bars == [Bar.CHECKED_IT]


@pytest.mark.django_db(transaction=True)
def test_two_heads_who_sign_at_once_make_one_letter() -> None:
    with transaction.atomic():
        row = checked(wayan_with_child()[0])
        heads = [pen_of(village_head()), pen_of(village_head("made", "Made Karta"))]
        signers = [read_by(row, head) for head in heads]

    def attempt(at: int) -> str:
        with transaction.atomic():
            act_as(Acting.JOB)
            try:
                sign(
                    request=LetterRequest.objects.get(pk=row.pk),
                    by=signers[at],
                    passphrase=PASSPHRASE,
                    at=LATER,
                )
            except Refused as refusal:
                return refusal.code
        return "signed"

    answers = together(lambda: attempt(0), lambda: attempt(1))
    assert sorted(answers) == ["letter_cannot_step", "signed"]
    with transaction.atomic():
        act_as(Acting.JOB)
        assert Letter.objects.count() == BookEntry.objects.count() == 1


def test_a_letter_revoked_before_it_is_replaced_stays_revoked_by_whom() -> None:
    head = pen_of(village_head())
    row = checked(wayan_with_child()[0])
    old, who = signed(row, head), actor(head)
    new = replace(letter=old, reason="Nama salah tulis.", by=who, at=LATER)
    revoke(letter=old, reason="Nama salah tulis.", by=who, at=MORNING)
    officer = Staff.objects.get(username="sari")
    signed(check(request=new, by=actor(officer), at=LATER), head)
    old.refresh_from_db()
    assert (old.revoked_at, old.revoked_why) == (MORNING, "Nama salah tulis.")
    assert old.replaced_by is not None
