"""Where each role works, here and elsewhere, for the permission matrix."""

from smartkampung.accounts.roles import Role
from tests.cast import (
    FAR_AWAY,
    HERE,
    KECAMATAN,
    NEXT_DOOR,
    OTHER_KECAMATAN,
    PUSKESMAS,
    RT_HERE,
    RW_HERE,
)

REGENCY, OTHER_REGENCY, OTHER_PUSKESMAS = "35.10", "35.09", "P35101001"
RT_NEXT_DOOR = f"{NEXT_DOOR}.001.001"

# Where each role works: the first place holds RT_HERE, the second does not.
POSTS: dict[Role, tuple[str, str]] = {
    Role.SYSTEM_ADMIN: (REGENCY, OTHER_REGENCY),
    Role.LEADERSHIP: (REGENCY, OTHER_REGENCY),
    Role.DINSOS: (REGENCY, OTHER_REGENCY),
    Role.DINKES: (REGENCY, OTHER_REGENCY),
    Role.ECONOMIC_OFFICE: (REGENCY, OTHER_REGENCY),
    Role.AUDITOR: (REGENCY, OTHER_REGENCY),
    Role.INSPECTORATE: (REGENCY, OTHER_REGENCY),
    Role.KECAMATAN_OFFICER: (KECAMATAN, OTHER_KECAMATAN),
    Role.VILLAGE_HEAD: (HERE, NEXT_DOOR),
    Role.VILLAGE_OFFICER: (HERE, NEXT_DOOR),
    Role.RW_HEAD: (RW_HERE, f"{NEXT_DOOR}.001"),
    Role.RT_HEAD: (RT_HERE, RT_NEXT_DOOR),
    Role.PUSKESMAS_OFFICER: (PUSKESMAS, OTHER_PUSKESMAS),
    Role.BABINSA: (HERE, NEXT_DOOR),
    Role.BHABINKAMTIBMAS: (HERE, FAR_AWAY),
    Role.CHECKPOINT_OFFICER: (REGENCY, OTHER_REGENCY),
}
