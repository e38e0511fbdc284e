"""Sample arguments of cases and zones (``tests/web/samples.py`` says how)."""

from datetime import timedelta

from smartkampung.kernel.clock import now, today
from smartkampung.kernel.rls import Kind, act_as
from smartkampung.reopening.cases.models import Case, CaseFile
from smartkampung.reopening.guidance.queries import versions_of
from smartkampung.reopening.guidance.rules.kinds import Kind as Guidances
from smartkampung.residents.imports import files
from tests.confirmed import case
from tests.population import RT_HERE
from tests.web.sampling import Sample
from tests.web.scene import Scene

_numbers = iter(range(1, 1_000))


def _case(_: Scene) -> dict[str, int]:
    number = next(_numbers)
    act_as(Kind.JOB)
    day = today() - timedelta(days=1)
    row: Case = case(day, name=f"Warga {number}", address=f"Mawar {number}", at=now())
    return {"pk": row.pk}


def _file(scene: Scene) -> dict[str, int]:
    act_as(Kind.JOB)
    row = CaseFile.objects.create(
        region_code=RT_HERE,
        state="ready",
        rejected_path=files.keep([b"x"], folder="case-files"),
        brought_by=scene.kartika,
        brought_at=now(),
    )
    return {"pk": row.pk}


def _version(_: Scene) -> dict[str, int]:
    return {"version": versions_of(Guidances.RT_ZONE)[0].pk}


CASE, FILE = Sample(_case, bound=True, rls=True), Sample(_file, bound=True, rls=True)
ZONES: dict[str, Sample] = {
    "zones:place": Sample(lambda _: {"code": RT_HERE}, bound=True),
    "zones:case": CASE,
    "zones:correct": CASE,
    "zones:withdraw": CASE,
    "zones:two": CASE,
    "zones:leave_case": CASE,
    "zones:file": FILE,
    "zones:take": FILE,
    "zones:leave": FILE,
    "zones:rejected": FILE,
    "guidance:kind": Sample(lambda _: {"kind": "rt_zone"}),
    "guidance:compare": Sample(lambda _: {"kind": "rt_zone"}),
    "guidance_staff:write": Sample(lambda _: {"kind": "gates"}),
    "guidance_staff:confirm": Sample(_version),
}
