"""Letters of the demo; each part of them is told by a function of its own."""

from datetime import date, datetime, timedelta
from typing import Any

from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.demo.cast import KECAMATAN, VILLAGE
from smartkampung.kernel.clock import day, telling
from smartkampung.letters.catalogue.actions import confirm_wording, write_wording
from smartkampung.letters.catalogue.rules.reading import data_of
from smartkampung.letters.catalogue.shipped import shipped

WROTE, CONFIRMED, WROTE_LATER = (timedelta(days=n) for n in (40, 38, 1))


def tell_letters(*, at: datetime) -> None:
    """Let the cast's village reword one letter, and its kecamatan ask for another."""
    _reword(at=at)


def _reword(*, at: datetime) -> None:
    body = data_of(shipped()["sktm"].kind) | {"valid_days": 30}
    body["about"] = {
        "id": "Untuk keringanan biaya sekolah dan berobat. Berlaku satu bulan.",
        "en": "For lower fees at school and hospital. It holds for a month.",
    }
    version = _write(
        body, VILLAGE, "sari", "Sesuai Perdes tentang layanan surat", at - WROTE
    )
    with telling(at - CONFIRMED):
        when = at - CONFIRMED
        by = _actor("kades", day(when))
        confirm_wording(version_id=version, by=by, at=when)
    body = data_of(shipped()["crowd"].kind)
    text = body["body"]["id"].replace(
        "serta mematuhi ketentuan yang berlaku",
        "membatasi pengeras suara sampai pukul 22.00 WIB, serta mematuhi ketentuan yang"
        " berlaku",
    )
    body["body"] = body["body"] | {"id": text}
    note = "Batas pengeras suara, hasil rapat koordinasi kecamatan"
    _write(body, KECAMATAN, "camat", note, at - WROTE_LATER)


def _write(body: dict[str, Any], where: str, who: str, note: str, at: datetime) -> int:
    with telling(at):
        written = write_wording(
            body=body,
            region_code=where,
            holds_from=day(at),
            note=note,
            by=_actor(who, day(at)),
            at=at,
        )
    return written.version_id or 0


def _actor(username: str, on: date) -> Actor:
    return actor_for(Staff.objects.get(username=username), on=on)
