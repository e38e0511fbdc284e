"""Keep by which rule a claim was decided, and what each criterion said."""

from datetime import date

from smartkampung.aid.models import CriterionResult, Decision, Evaluation, Programme
from smartkampung.aid.queries.eligible import judged, version_of
from smartkampung.residents.models import Person


def keep_reasons(
    *, decision: Decision, person: Person | None, programme: Programme | None, on: date
) -> Evaluation | None:
    """Write down what the rule in force says; nothing where no rule can say anything."""
    if person is None or programme is None:
        return None
    version = version_of(programme.code, on=on)
    found = judged(version, family_id=person.family_id, on=on) if version else None
    if version is None or found is None:
        return None
    kept = Evaluation.objects.create(
        decision=decision,
        version=version,
        on=on,
        eligible=found.eligible,
        facts=found.facts,
    )
    CriterionResult.objects.bulk_create(
        CriterionResult(
            evaluation=kept,
            place=place,
            fact=result.criterion.fact,
            test=result.criterion.test.value,
            value=result.criterion.value,
            known=result.known,
            met=result.met,
        )
        for place, result in enumerate(found.results)
    )
    return kept
