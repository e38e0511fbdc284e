"""Accounts of the demo: one for each role, and officers elsewhere whom nobody plays."""

from datetime import date
from typing import NamedTuple

from django.conf import settings

from smartkampung.accounts.actions import assign, create_staff, enroll_demo_totp
from smartkampung.accounts.actor import Actor
from smartkampung.accounts.models import Staff
from smartkampung.accounts.queries import actor_for
from smartkampung.accounts.roles import Role
from smartkampung.demo.cast import KECAMATAN, NEXT_DOOR, SARIS_FAMILY, VILLAGE
from smartkampung.demo.places import REGENCY
from smartkampung.regions.queries import names

BY = "demo"


class Office(NamedTuple):
    """One account to play: who, as what, where (a region or a health centre)."""

    username: str
    full_name: str
    role: Role
    region: str | None
    centre: str | None = None


HERE = REGENCY["code"]
OFFICES = (
    Office("admin", "Dewi Anggraini", Role.SYSTEM_ADMIN, HERE),
    Office("bupati", "Hj. Ratih Kusumaningrum", Role.LEADERSHIP, HERE),
    Office("dinsos", "Hendra Wicaksono", Role.DINSOS, HERE),
    Office("kadinsos", "Dra. Siti Nurhayati", Role.DINSOS, HERE),
    Office("dinkes", "dr. Maya Puspitasari", Role.DINKES, HERE),
    Office("kadinkes", "drg. Agung Prakoso", Role.DINKES, HERE),
    Office("ekonomi", "Fajar Nugroho", Role.ECONOMIC_OFFICE, HERE),
    Office("kabagekonomi", "Ni Luh Wulansari", Role.ECONOMIC_OFFICE, HERE),
    Office("camat", "Endang Lestari", Role.KECAMATAN_OFFICER, KECAMATAN),
    Office("kasi", "Bambang Sutrisno", Role.KECAMATAN_OFFICER, KECAMATAN),
    Office("kades", "H. Moch. Suwarno", Role.VILLAGE_HEAD, VILLAGE),
    Office("sari", "Sari Wulandari", Role.VILLAGE_OFFICER, VILLAGE),
    Office("sekdes", "Nur Hidayati", Role.VILLAGE_OFFICER, VILLAGE),
    Office("budi", "Budi Santoso", Role.VILLAGE_OFFICER, NEXT_DOOR),
    Office("rw", "Sutikno", Role.RW_HEAD, f"{VILLAGE}.001"),
    Office("rt", "Yanto Hariyadi", Role.RT_HEAD, f"{VILLAGE}.001.001"),
    Office("ratna", "dr. Ratna Dewi", Role.PUSKESMAS_OFFICER, None, "pkm-3510092003"),
    Office("babinsa", "Serka Joko Purnomo", Role.BABINSA, VILLAGE),
    Office("bhabin", "Aipda Agus Riyadi", Role.BHABINKAMTIBMAS, VILLAGE),
    Office("posko", "Rudi Hartono", Role.CHECKPOINT_OFFICER, "35.10.21.2003"),
    Office("auditor", "Lestari Handayani", Role.AUDITOR, HERE),
    Office("inspektur", "Wahyu Prasetyo", Role.INSPECTORATE, HERE),
)

# Who plans recovery, and who approves what the first has planned.
PLANNERS = ("ekonomi", "kabagekonomi")
HEADS = {Role.KECAMATAN_OFFICER, Role.VILLAGE_HEAD, Role.RW_HEAD, Role.RT_HEAD}


def heads_played() -> dict[str, str]:
    """Return who heads a place, by its code, where an account plays the head."""
    # The first of an office is its head: camat comes before kasi.
    offices = [office for office in reversed(OFFICES) if office.role in HEADS]
    return {office.region: office.full_name for office in offices if office.region}


def make_accounts(*, on: date) -> None:
    """Make the accounts to play, each with its office since before all that is told.

    Sari's family card is known to her account, so that her kin are noticed.
    """
    since = date(on.year - 1, 1, 1)
    for office in OFFICES:
        staff = create_staff(
            username=office.username,
            full_name=office.full_name,
            by=BY,
            password=settings.DEMO_PASSWORD,
            is_demo=True,
            kk=SARIS_FAMILY if office.username == "sari" else "",
        )
        assign(
            staff=staff,
            role=office.role,
            by=BY,
            since=since,
            region_code=office.region,
            centre_code=office.centre,
        )
        if settings.DEMO:
            enroll_demo_totp(staff=staff, secret=settings.DEMO_TOTP_SECRET)


class Officers:
    """Who acts in the told history: made when first asked for, without a password."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self._known: dict[tuple[Role, str, bool], Actor] = {}

    def of(self, role: Role, region: str, *, colleague: bool = False) -> Actor:
        """Return an officer of that role over that region, or their colleague."""
        key = (role, region, colleague)
        if key not in self._known:
            self._known[key] = actor_for(self._staff(*key), on=self.on)
        return self._known[key]

    def _staff(self, role: Role, region: str, colleague: bool) -> Staff:
        played = [o for o in OFFICES if (o.role, o.region) == (role, region)]
        if len(played) > colleague:
            return Staff.objects.get(username=played[colleague].username)
        username = f"{role.value}-{region}{'-2' if colleague else ''}"
        known = Staff.objects.filter(username=username).first()
        if known is not None:
            return known  # made in an earlier step
        place = names([region]).get(region, region)
        staff = create_staff(username=username, full_name=f"Petugas {place}", by=BY)
        since = date(self.on.year - 1, 1, 1)
        assign(staff=staff, role=role, by=BY, since=since, region_code=region)
        return staff
