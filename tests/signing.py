"""An authority, an officer who signs, and letters to sign."""

import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typst

from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.kernel.clock import WIB, day
from smartkampung.letters.signing.actions.authority import make_authority
from smartkampung.letters.signing.actions.certificates import (
    answer_request,
    ask_for_certificate,
    make_certificate,
)
from smartkampung.letters.signing.actions.sign import Signed, unlock
from smartkampung.letters.signing.models import SigningCertificate
from smartkampung.letters.signing.passphrases import Cost
from smartkampung.letters.signing.ports import Words
from smartkampung.letters.signing.queries.offices import signing_offices

AT = datetime(2026, 3, 2, 9, 30, tzinfo=WIB)
PASSPHRASE = "pisang goreng hangat"
needs_pdfsig = pytest.mark.skipif(
    shutil.which("pdfsig") is None, reason="needs poppler-utils"
)


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase cost nothing: it protects nobody here."""
    monkeypatch.setattr(Cost, "log_n", 4)


def authority(*, at: datetime = AT - timedelta(days=1)) -> None:
    """Make the authority of the regency."""
    make_authority(regency="Kabupaten Blambangan", by="cli:test", at=at)


def signer(
    staff: Staff, *, passphrase: str = PASSPHRASE, at: datetime = AT, nip: str = ""
) -> SigningCertificate:
    """Give an officer a certificate in their own office, confirmed by Indra."""
    office = signing_offices(actor_for(staff, on=day(at)))[0]
    asked = ask_for_certificate(
        staff=staff,
        title=office.title,
        region_code=office.region_code,
        office="Desa Sumberwangi",
        nip=nip,
        at=at - timedelta(hours=2),
    )
    answer_request(request=asked, yes=True, by="indra", at=at - timedelta(hours=1))
    return make_certificate(
        request=asked, passphrase=passphrase, by=staff.username, at=at
    )


def sign_letter(
    pdf: bytes, *, staff_id: int, passphrase: str, at: datetime, **said: Any
) -> Signed:
    """Return a letter signed by an officer; ``proof`` is the address in its square."""
    pen = unlock(staff_id=staff_id, passphrase=passphrase, at=at)
    return pen.sign(pdf, region_code=pen.region_code, at=at, words=Words(**said))


def letter(words: str = "Surat Keterangan Tidak Mampu") -> bytes:
    """Return a letter as the engine prints it, not yet signed."""
    return bytes(typst.compile(words.encode(), format="pdf"))


def pdfsig(pdf: bytes, folder: Path) -> str:
    """Return what Debian's own tool says about a file."""
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    command = ["pdfsig", "-no-ocsp", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return re.sub(r"\s+", " ", done.stdout + done.stderr)


def utc(at: datetime) -> datetime:
    """Return a moment as certificates write it."""
    return at.astimezone(UTC).replace(microsecond=0)
