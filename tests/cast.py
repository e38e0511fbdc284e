"""The fixed cast and the made-up places they live in.

Sari is village officer of HERE, Budi of NEXT_DOOR, dr. Ratna works at the Puskesmas
that serves both, Wayan is a resident. Nothing here is a real person or place.
"""

import time
from datetime import date

from django.conf import settings
from django.test import Client

from smartkampung.accounts.actions import assign, create_staff
from smartkampung.accounts.adapters import SECOND_FACTOR
from smartkampung.accounts.models import Staff
from smartkampung.accounts.roles import Role
from smartkampung.regions.models import HealthCentre, Region, ServedVillage

REGENCY = "35.10"
KECAMATAN = "35.10.09"
HERE = "35.10.09.2003"
NEXT_DOOR = "35.10.09.2004"
OTHER_KECAMATAN = "35.10.10"
FAR_AWAY = "35.10.10.2001"
RW_HERE = f"{HERE}.002"
RT_HERE = f"{RW_HERE}.007"
PUSKESMAS = "P35100901"
LONG_AGO = date(2020, 1, 1)

PLACES = [
    ("35", "Jawa Timur", "province"),
    (REGENCY, "Blambangan", "regency"),
    (KECAMATAN, "Lereng", "kecamatan"),
    (OTHER_KECAMATAN, "Pesisir", "kecamatan"),
    (HERE, "Sumberwangi", "desa"),
    (NEXT_DOOR, "Karangjati", "desa"),
    (FAR_AWAY, "Tanjungsari", "desa"),
    (RW_HERE, "RW 002", "rw"),
    (RT_HERE, "RT 007", "rt"),
    (f"{NEXT_DOOR}.001", "RW 001", "rw"),
    (f"{NEXT_DOOR}.001.001", "RT 001", "rt"),
]


def places() -> None:
    """Make the regions and the health centre, once in a transaction."""
    if Region.objects.filter(code=REGENCY).exists():
        return
    Region.objects.bulk_create(
        Region(
            code=code, name=name, kind=kind, parent_id=code.rpartition(".")[0] or None
        )
        for code, name, kind in PLACES
    )
    HealthCentre.objects.create(code=PUSKESMAS, name="Lereng", village_id=HERE)
    ServedVillage.objects.bulk_create(
        ServedVillage(centre_id=PUSKESMAS, village_id=village)
        for village in (HERE, NEXT_DOOR)
    )


def staff(
    username: str,
    role: Role,
    region: str | None = None,
    *,
    name: str = "",
    centre: str | None = None,
    password: str | None = None,
) -> Staff:
    """Make an account with one office; the places exist afterwards."""
    places()
    account = create_staff(
        username=username, full_name=name or username, by="test", password=password
    )
    assign(
        staff=account,
        role=role,
        region_code=region,
        centre_code=centre,
        since=LONG_AGO,
        by="test",
    )
    return account


def sari() -> Staff:
    """Make the village officer here."""
    return staff("sari", Role.VILLAGE_OFFICER, HERE, name="Sari Wulandari")


def budi() -> Staff:
    """Make the village officer next door."""
    return staff("budi", Role.VILLAGE_OFFICER, NEXT_DOOR, name="Budi Santoso")


def camat() -> Staff:
    """Make the kecamatan officer who decides for both villages."""
    return staff("endang", Role.KECAMATAN_OFFICER, KECAMATAN, name="Endang Lestari")


def dr_ratna() -> Staff:
    """Make the officer of the health centre that serves both villages."""
    name = "dr. Ratna Dewi"
    return staff("ratna", Role.PUSKESMAS_OFFICER, centre=PUSKESMAS, name=name)


def english(client: Client) -> Client:
    """Let a test client read English, as after the language button."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def sign_in(client: Client, account: Staff, *, second_factor: bool = True) -> Client:
    """Sign a test client in, as after password and second factor."""
    client.force_login(account, backend="smartkampung.accounts.backends.StaffBackend")
    session = client.session
    session[SECOND_FACTOR] = second_factor
    # As after a sign-in a moment ago (allauth's own record of it).
    just_now = {"method": "password", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [just_now]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client
