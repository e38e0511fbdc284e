"""A school without a network checks a letter by what it took home."""

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.x509 import load_pem_x509_certificate
from typer import Typer
from typer.testing import CliRunner

from smartkampung.accounts.models import Staff
from smartkampung.cli.letters import app, out, verify_letter
from smartkampung.cli.trouble import Trouble
from smartkampung.letters.catalogue.shipped import shipped
from smartkampung.letters.requests.models import NumberSeries
from smartkampung.letters.requests.rules.holidays import FILE
from smartkampung.letters.signing.actions.proving import seal_payload
from smartkampung.letters.signing.models import Authority, LetterKey
from smartkampung.letters.signing.queries.keys import key_in_use
from smartkampung.letters.signing.queries.offline import key_file
from smartkampung.letters.signing.rules import revoked
from tests import cast, signing
from tests.cast import HERE, KECAMATAN
from tests.hostile import HOSTILE
from tests.signing import AT, PASSPHRASE, letter, sign_letter
from tests.signing import cheap_guesses as cheap_guesses

pytestmark = pytest.mark.django_db
offline = Typer()
offline.command()(verify_letter)


@pytest.fixture
def home(tmp_path: Path, time_machine: Any) -> Path:
    """Take the keys home."""
    time_machine.move_to(AT + timedelta(days=1), tick=False)
    cast.places()
    signing.authority()
    (tmp_path / "keys.json").write_text(key_file())
    return tmp_path


def listed(home: Path, *codes: str, at: datetime = AT + timedelta(hours=23)) -> None:
    """Take home a list of what was revoked."""
    number, key = key_in_use()
    text = revoked.write(codes, {}, at=at.astimezone(UTC), key_number=number, key=key)
    (home / "revoked.json").write_text(text)


def square(until: date | None = date(2026, 6, 2)) -> str:
    """Return the text of a square."""
    return seal_payload(
        code="K7Q2M9XW4T",
        village_code=HERE,
        kind="sktm",
        number="401/1/III/2026",
        issued_on=AT.date(),
        valid_until=until,
        facts_print=b"p" * 16,
    )


def pdf(proof: str = "") -> bytes:
    """Return a signed letter."""
    sari = signing.signer(cast.sari())
    return sign_letter(
        letter(), staff_id=sari.staff_id, passphrase=PASSPHRASE, at=AT, proof=proof
    ).pdf


def run(home: Path, what: str, *more: str) -> tuple[int, str]:
    """Run the tool; return its exit code and words."""
    line = [what, "--keys", str(home), "--lang", "en", *more]
    done = CliRunner().invoke(offline, line)
    return done.exit_code, re.sub(r"\s+", " ", done.output)


def test_a_square_is_valid_by_the_list(home: Path) -> None:
    listed(home)
    code, words = run(home, square())
    assert code == 0
    assert "This letter is valid" in words
    assert "401/1/III/2026" in words
    assert f"Letter: {shipped()['sktm'].kind.title.en}" in words
    assert "Village: Sumberwangi" in words


def test_without_a_list_it_says_what_is_not_known(home: Path) -> None:
    code, words = run(home, square())
    assert (code, "Checked by its signature" in words) == (3, True)


def test_a_list_older_than_the_letter_knows_nothing(home: Path) -> None:
    listed(home, at=AT - timedelta(days=2))
    assert run(home, square())[0] == 3


def test_a_list_of_the_letters_own_day_knows_nothing(home: Path) -> None:
    # The letter of this morning, here; it is yesterday evening in UTC at 6 o'clock.
    listed(home, at=AT.replace(hour=6) + timedelta(minutes=1))
    assert run(home, square())[0] == 3


def test_a_list_of_long_ago_says_nothing_of_today(
    home: Path, time_machine: Any
) -> None:
    listed(home)
    for days, code in ((8, 0), (9, 3)):
        time_machine.move_to(AT + timedelta(days=days), tick=False)
        assert run(home, square())[0] == code
    assert "too long ago" in run(home, square())[1]
    listed(home, "K7Q2M9XW4T")
    time_machine.move_to(AT + timedelta(days=60), tick=False)
    assert run(home, square())[0] == 5


def test_the_published_root_is_shown_each_time(home: Path) -> None:
    root = load_pem_x509_certificate(Authority.objects.get().root_pem.encode())
    assert root.fingerprint(hashes.SHA256()).hex(":") in run(home, square())[1]


def test_a_fingerprint_is_printed_sign_by_sign() -> None:
    with out.capture() as printed:
        out.print("11:ab:22:cd:33")
    assert printed.get() == "11:ab:22:cd:33\n"


def test_a_name_moves_no_cursor(home: Path) -> None:
    sari = cast.sari()
    Staff.objects.filter(pk=sari.pk).update(full_name="Sari \x1b[2J valid")
    sari.refresh_from_db()
    row = signing.signer(sari)
    file = home / "letter.pdf"
    file.write_bytes(
        sign_letter(letter(), staff_id=row.staff_id, passphrase=PASSPHRASE, at=AT).pdf
    )
    words = run(home, str(file))[1]
    assert "\x1b" not in words
    assert "Sari ?[2J valid" in words


def test_a_stolen_key_proves_nothing_here(home: Path) -> None:
    listed(home)
    text = square()
    done = CliRunner().invoke(app, ["distrust-key", "1"])
    assert "prove nothing" in done.output
    again = CliRunner().invoke(app, ["distrust-key", "1"])
    assert isinstance(again.exception, Trouble)
    (home / "keys.json").write_text(key_file())
    # What it signed is not even believed as a list.
    old = CliRunner().invoke(offline, [text, "--keys", str(home)])
    assert "was not signed by a key" in str(old.exception)
    listed(home)
    code, words = run(home, text)
    assert (code, "not trusted any more" in words) == (7, True)
    assert run(home, square())[0] == 0


def test_a_hostile_file_is_told(home: Path) -> None:
    file = home / "letter.pdf"
    file.write_bytes(HOSTILE["a stream cut off"])
    assert run(home, str(file))[0] == 6


def test_a_revoked_letter_is_told(home: Path) -> None:
    listed(home, "K7Q2M9XW4T")
    code, words = run(home, square())
    assert (code, "revoked" in words) == (5, True)


def test_an_expired_letter_is_told(home: Path) -> None:
    listed(home)
    assert run(home, square(until=AT.date()))[0] == 4


def test_an_altered_square_is_told(home: Path) -> None:
    text = square()
    assert run(home, text[:-5] + ("A" if text[-5] != "A" else "B") + text[-4:])[0] == 6


def test_a_file_is_checked(home: Path) -> None:
    listed(home)
    file = home / "letter.pdf"
    file.write_bytes(pdf(square()))
    code, words = run(home, str(file))
    assert code == 0
    assert "Sari Wulandari, Perangkat Desa, Desa Sumberwangi: holds" in words
    content = bytearray(file.read_bytes())
    file.write_bytes(content + b"and twenty million rupiah")
    assert run(home, str(file))[0] == 6
    content[len(letter()) // 2] ^= 1
    file.write_bytes(content)
    assert run(home, str(file))[0] == 6


def test_a_file_without_square_is_no_letter(home: Path) -> None:
    file = home / "letter.pdf"
    file.write_bytes(pdf())
    code, words = run(home, str(file))
    assert (code, "not known as a letter from here" in words) == (6, True)
    file.write_bytes(letter())
    assert run(home, str(file))[0] == 6


def test_a_stranger_with_a_copied_square_is_no_letter(home: Path) -> None:
    listed(home)
    keys = json.loads((home / "keys.json").read_text())
    keys["outside"], keys["roots"] = keys["roots"], []
    (home / "keys.json").write_text(json.dumps(keys))
    file = home / "letter.pdf"
    file.write_bytes(pdf(square()))
    code, words = run(home, str(file))
    assert (code, "This letter is valid" in words) == (6, False)


def test_it_speaks_indonesian(home: Path) -> None:
    done = CliRunner().invoke(offline, [square(), "--keys", str(home)])
    assert "Diperiksa dari tanda tangannya" in done.output


def test_what_is_missing_is_told_with_what_to_do(home: Path, tmp_path: Path) -> None:
    nowhere = CliRunner().invoke(offline, [square(), "--keys", str(tmp_path / "no")])
    assert isinstance(nowhere.exception, Trouble)
    assert "/v/keys/" in str(nowhere.exception)
    slip = CliRunner().invoke(offline, ["surta.pdf", "--keys", str(home)])
    assert str(slip.exception).startswith("There is no file surta.pdf")
    (home / "revoked.json").write_text("{}")
    bad = CliRunner().invoke(offline, [square(), "--keys", str(home)])
    assert isinstance(bad.exception, Trouble)
    (home / "keys.json").write_text("[]")
    bad = CliRunner().invoke(offline, [square(), "--keys", str(home)])
    assert "no file of keys" in str(bad.exception)


def test_the_authority_is_made_once() -> None:
    cast.places()
    made = CliRunner().invoke(app, ["authority"])
    assert "Publish this on paper" in made.output
    again = CliRunner().invoke(app, ["authority"])
    assert isinstance(again.exception, Trouble)
    CliRunner().invoke(app, ["authority", "--new"])
    assert Authority.objects.count() == 2
    CliRunner().invoke(app, ["new-key"])
    assert sorted(LetterKey.objects.values_list("number", flat=True)) == [1, 2]


def test_a_key_needs_an_authority() -> None:
    told = CliRunner().invoke(app, ["new-key"])
    assert "letters authority" in str(told.exception)


def test_an_authority_needs_a_regency() -> None:
    told = CliRunner().invoke(app, ["authority"])
    assert "regions load" in str(told.exception)


def test_the_operator_revokes_a_certificate(home: Path) -> None:
    row = signing.signer(cast.sari())
    why = ["--reason", "Key file copied"]
    done = CliRunner().invoke(app, ["revoke", "sari", *why])
    assert "is revoked" in done.output
    row.refresh_from_db()
    assert (row.revoke_reason, row.key) == ("Key file copied", None)
    again = CliRunner().invoke(app, ["revoke", "sari", *why])
    assert "no certificate in force" in str(again.exception)


def test_a_kecamatan_goes_on_where_its_paper_book_ended() -> None:
    cast.places()
    told = CliRunner().invoke(app, ["begin-numbers", KECAMATAN, "418"])
    assert "has number 418" in told.output
    assert NumberSeries.objects.get(village_code=KECAMATAN).last == 417
    again = CliRunner().invoke(app, ["begin-numbers", KECAMATAN, "420"])
    assert isinstance(again.exception, Trouble)
    nowhere = CliRunner().invoke(app, ["begin-numbers", HERE, "418"])
    assert "no kecamatan" in str(nowhere.exception)


def test_the_holidays_of_a_decree_are_loaded(tmp_path: Path) -> None:
    file = tmp_path / "2027.csv"
    lines = [x for x in FILE.read_text().splitlines() if x[:4] in ("on,k", "2027")]
    file.write_text("\n".join(lines))
    line = ["holidays", str(file), "--year", "2027", "--source", "SKB 1/2026"]
    told = CliRunner().invoke(app, line, catch_exceptions=False)
    assert "holidays of 2027 hold from now on (SKB 1/2026)" in told.stdout
    file.write_text("\n".join(lines[:6]))
    with pytest.raises(Trouble, match="12"):
        CliRunner().invoke(app, line, catch_exceptions=False)
