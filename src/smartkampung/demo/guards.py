"""Who watches over people in isolation in the told history, village by village."""

from datetime import datetime

from django.db import connection

from smartkampung.accounts.models import Assignment
from smartkampung.accounts.roles import Role
from smartkampung.demo.staff import Officers
from smartkampung.isolation.models import Reservation
from smartkampung.kernel.clock import day
from smartkampung.regions.codes import ancestor

PILLARS = (Role.BABINSA, Role.BHABINKAMTIBMAS)
# The nearest of each role, for every place where somebody stays or stayed.
GUARDS = """
    CREATE TEMP TABLE demo_guard ON COMMIT DROP AS
    SELECT DISTINCT ON (place.region_code, a.role)
        place.region_code, a.role, u.id AS staff, u.username
    FROM (SELECT DISTINCT region_code FROM isolation_reservation) AS place
    JOIN accounts_assignment a
        ON a.role = ANY(%(roles)s)
        AND starts_with(place.region_code || '.', a.region_id || '.')
    JOIN accounts_staff u ON u.id = a.staff_id
    ORDER BY place.region_code, a.role, length(a.region_id) DESC, u.id;
    ANALYZE demo_guard
"""


def post_guards(*, at: datetime) -> None:
    """Let a Babinsa and a Bhabinkamtibmas watch over every kecamatan where people stay.

    Leaves ``demo_guard``, until the end of the transaction: who of each role is the
    nearest to a place. The village head is among them where somebody plays one.
    """
    officers = Officers(on=day(at))
    codes = Reservation.objects.values_list("region_code", flat=True).distinct()
    posted = Assignment.objects.filter(role__in=PILLARS)
    held = set(posted.values_list("role", "region_id"))
    for kecamatan in sorted({ancestor(code, "kecamatan") for code in codes}):
        for role in PILLARS:
            if (role.value, kecamatan) not in held:
                officers.of(role, kecamatan)
    roles = [role.value for role in (*PILLARS, Role.VILLAGE_HEAD)]
    with connection.cursor() as cursor:
        cursor.execute(GUARDS, {"roles": roles})
