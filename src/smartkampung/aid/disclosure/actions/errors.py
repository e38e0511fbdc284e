"""Count the errors that objections proved, by wording of the rule and by place."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Count

from smartkampung.aid.disclosure.actions.figures import parents_of
from smartkampung.aid.disclosure.models import ErrorFigure
from smartkampung.aid.models import TargetingError
from smartkampung.kernel.small_cells import TOTAL
from smartkampung.kernel.small_trees import protected_tree
from smartkampung.regions.queries import regency, villages_of

NO_RULE = 0
COLUMNS = {
    TargetingError.Kind.EXCLUSION: "left_out",
    TargetingError.Kind.INCLUSION: "let_in",
}
# (programme, village, number of the wording, kind of error) to how many.
Errors = Mapping[tuple[str | None, str, int, str], int]


def publish_errors(*, at: datetime) -> int:
    """Count anew by programme, wording and place; return how many figures.

    The job that calls sees all; what is kept is already hidden where it is small. All
    wordings of a programme are one table: one less another gives nothing away.
    """
    here = regency()
    villages = [row.code for row in villages_of(here.code)] if here else []
    errors = _errors()
    figures = [
        figure
        for programme in {programme for programme, *_rest in errors}
        for figure in _figures(programme, errors, villages, at)
    ]
    ErrorFigure.objects.all().delete()
    return len(ErrorFigure.objects.bulk_create(figures))


def _errors() -> Errors:
    rows = TargetingError.objects.values_list(
        "programme_id", "region_code", "version__number", "kind"
    )
    found: Counter[tuple[str | None, str, int, str]] = Counter()
    for programme, village, number, kind, count in rows.annotate(n=Count("pk")):
        found[programme, village, number or NO_RULE, COLUMNS[kind]] += count
    return found


def _figures(
    programme: str | None, errors: Errors, villages: Iterable[str], at: datetime
) -> list[ErrorFigure]:
    numbers = sorted({number for code, _v, number, _k in errors if code == programme})
    kinds = [(number, kind) for number in numbers for kind in COLUMNS.values()]
    table = {
        village: {
            f"{number}:{kind}": errors.get((programme, village, number, kind), 0)
            for number, kind in kinds
        }
        for village in villages
    }
    shown = protected_tree(table, parents_of(villages))
    kept = {"programme_id": programme, "counted_at": at}
    figures = []
    for place, cells in shown.items():
        figures.append(ErrorFigure(region_code=place, total=cells[TOTAL], **kept))
        figures += [
            ErrorFigure(
                region_code=place,
                number=number,
                **{kind: cells[f"{number}:{kind}"] for kind in COLUMNS.values()},
                **kept,
            )
            for number in numbers
        ]
    return figures
