"""What waits about a person moves to the village where the person now lives."""

from smartkampung.residents.corrections.models import Correction
from smartkampung.residents.models import NikClaim, Person
from smartkampung.worklist.actions import readdress_work


def follow(person: Person) -> None:
    """Hand open corrections and NIK claims, with their work, to the new village."""
    waiting: list[Correction | NikClaim] = [
        *Correction.objects.filter(person=person, state=Correction.State.WAITING),
        *NikClaim.objects.filter(claimant=person, decided_at=None),
    ]
    for row in waiting:
        row.region_code = person.region_code
        row.save(update_fields=["region_code"])
        readdress_work(target=row, region_code=person.region_code)
