"""The signature: of what was read and checked, once, by whom it may be."""

import hashlib
import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.db import transaction
from django.http import Http404

from smartkampung.accounts.models import Staff
from smartkampung.kernel.errors import Refused
from smartkampung.kernel.rls import Kind as Acting
from smartkampung.kernel.rls import act_as
from smartkampung.letters.catalogue.queries import wording_for
from smartkampung.letters.catalogue.rules.wording import Wording
from smartkampung.letters.requests import files
from smartkampung.letters.requests.actions import signing
from smartkampung.letters.requests.actions.ending import refuse
from smartkampung.letters.requests.actions.handling import check
from smartkampung.letters.requests.actions.mandates import give_mandate
from smartkampung.letters.requests.actions.refusals import (
    CannotStep,
    ChangedMeanwhile,
    OutsideMandate,
)
from smartkampung.letters.requests.actions.revoking import replace, revoke
from smartkampung.letters.requests.actions.signing import cosign, sign
from smartkampung.letters.requests.models import (
    BookEntry,
    Letter,
    LetterRequest,
    NumberSeries,
)
from smartkampung.letters.requests.queries.letters import letter_for
from smartkampung.letters.requests.register import REGISTER
from smartkampung.letters.requests.rules.mandates import Manner
from smartkampung.letters.requests.rules.steps import Bar, Did, State
from smartkampung.letters.signing.errors import SigningUnavailable, WrongPassphrase
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.letters.signing.rules.verdicts import Standing
from smartkampung.residents.models import Person
from tests.asking_letters import (
    LATER,
    MORNING,
    actor,
    checked,
    pen_of,
    read_by,
    secretary,
    signed,
    village_head,
    wayan_with_child,
)
from tests.cast import HERE, camat
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
        pytest.param({"until": TODAY, "since": TODAY - timedelta(days=3)}, id="over"),
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


def test_who_checked_does_not_sign_even_by_mandate() -> None:
    deputy = pen_of(secretary())
    row = checked(wayan_with_child()[0], officer=deputy)
    mandate(village_head(), deputy)
    with pytest.raises(CannotStep) as told:
        signed(row, deputy)
    assert told.value.bars == [Bar.CHECKED_IT]


def cosigned() -> LetterRequest:
    """Return a letter that the head signed and the kecamatan has not."""
    row = checked(wayan_with_child()[0])
    LetterRequest.objects.filter(pk=row.pk).update(
        steps=["confirm", "check", "sign", "cosign"]
    )
    signed(row, pen_of(village_head()))
    row.refresh_from_db()
    return row


def test_the_kecamatan_signs_too_and_only_then_it_is_issued() -> None:
    row = cosigned()
    letter = Letter.objects.get()
    assert (row.state, letter.issued_at) == (State.COSIGN, None)
    endang = pen_of(camat())
    by = read_by(row, endang)
    cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    row.refresh_from_db()
    letter.refresh_from_db()
    assert (row.state, letter.issued_at, letter.cosigner) == (
        State.ISSUED,
        LATER,
        endang,
    )
    assert files.read(letter.file).count(b"/ByteRange") == 2
    with pytest.raises(CannotStep):
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)


def test_who_signed_does_not_cosign() -> None:
    row = cosigned()
    endang = pen_of(camat())
    LetterRequest.objects.filter(pk=row.pk).update(signed_by=endang.username)
    row.refresh_from_db()
    by = read_by(row, endang)
    with pytest.raises(CannotStep) as told:
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert told.value.bars == [Bar.SIGNED_IT]


def test_what_the_kecamatan_refuses_leaves_a_void_number_in_the_book() -> None:
    row = cosigned()
    refuse(request=row, reason="Data ahli waris kurang.", by=actor(camat()), at=LATER)
    entry = BookEntry.objects.get()
    assert (entry.number, entry.voided_by) == (1, "endang")
    assert Letter.objects.get().given_up_at == LATER


def test_what_the_kecamatan_did_not_sign_proves_nothing() -> None:
    row = cosigned()
    letter, endang = Letter.objects.get(), actor(camat())
    with pytest.raises(Http404):
        letter_for(endang, letter.pk)
    waiting = REGISTER.proof(letter.code)
    refuse(request=row, reason="Data ahli waris kurang.", by=endang, at=LATER)
    refused = REGISTER.proof(letter.code)
    assert waiting
    assert refused
    assert {waiting.standing, refused.standing} == {Standing.NOT_ISSUED}
    assert REGISTER.revoked() == [letter.code]


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


def test_a_kecamatan_whose_key_fails_leaves_the_letter_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = cosigned()
    by = read_by(row, pen_of(camat()))

    class Broken:
        def sign(self, *_args: Any, **_more: Any) -> None:
            raise SigningUnavailable("timeout")

    monkeypatch.setattr(signing, "unlock", lambda **_: Broken())
    with pytest.raises(SigningUnavailable):
        cosign(request=row, by=by, passphrase=PASSPHRASE, at=LATER)
    assert Letter.objects.get().issued_at is None


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
