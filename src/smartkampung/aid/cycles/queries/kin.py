"""Who on a list is kin of an officer: flagged, for everybody who looks at the list."""

from django.db.models import Q

from smartkampung.accounts.models import Staff
from smartkampung.aid.cycles.models import VillageList
from smartkampung.aid.queries.claims import is_kin
from smartkampung.residents.models import Person


def kin_on_list(village: VillageList, staff_id: int) -> set[int]:
    """Return the proposals whose families are kin of an officer.

    Only families that share a name of a parent with the officer's card are looked at
    one by one, so that a list of thousands costs two statements.
    """
    staff = Staff.objects.get(pk=staff_id)
    if staff.family_index is None:
        return set()
    ours = list(Person.objects.filter(family__kk_index=staff.family_index))
    names = {name for one in ours for name in (one.father_name, one.mother_name)} - {""}
    own = [one.name for one in ours]
    near = Person.objects.filter(
        Q(father_name__in=names)
        | Q(mother_name__in=names)
        | Q(name__in=names)
        | Q(father_name__in=own)
        | Q(mother_name__in=own)
        | Q(family__in=[one.family_id for one in ours])
    ).values("family")
    rows = village.proposals.filter(family__in=near).select_related("person")
    return {row.pk for row in rows if is_kin(staff, row.person)}
