"""The locks that everything about one claim takes, in the order of the program.

Family, person, claim, then batch and entitlements; budgets last, by the ledger
(docs/invariants.md).
"""

from smartkampung.aid.models import Claim, Entitlement, Proposal
from smartkampung.kernel.claim import Lock, Rank
from smartkampung.residents.models import Family, Person


def case_locks(claim: Claim) -> list[Lock]:
    """Return the locks on a claim, its person and their family.

    The family, because two members may be decided on at once for one family's aid;
    the person, because a death may be written down at this very moment.
    """
    locks = []
    if claim.person_id is not None:
        families = Family.objects.filter(members=claim.person_id)
        locks = [
            Lock(Rank.PERSON, families),
            Lock(Rank.PERSON, Person.objects.filter(pk=claim.person_id)),
        ]
    return [*locks, Lock(Rank.PERSON, Claim.objects.filter(pk=claim.pk))]


def due_locks(due: Entitlement) -> list[Lock]:
    """Return the locks on an entitlement and on what it comes from."""
    itself = Lock(Rank.PERSON, Entitlement.objects.filter(pk=due.pk))
    if due.claim is not None:
        return [*case_locks(due.claim), itself]
    return [
        Lock(Rank.PERSON, Family.objects.filter(pk=due.family_id)),
        Lock(Rank.PERSON, Person.objects.filter(pk=due.person_id)),
        Lock(Rank.PERSON, Proposal.objects.filter(entitlements=due.pk)),
        itself,
    ]


def fresh(claim: Claim) -> Claim:
    """Return the claim, person and family as they are now, under lock."""
    return Claim.objects.select_related("person__family").get(pk=claim.pk)
