"""What a lower place may not take away alone: steps, papers, bounds."""

from dataclasses import replace
from enum import StrEnum

from smartkampung.letters.catalogue.rules.kinds import Kind, Step, Who

REGENCY_SEGMENTS = 2
OLDEST = 1_000


class Less(StrEnum):
    """What a wording asks less of than the one above it."""

    STEPS = "steps"
    WHO = "who"
    PAPERS = "papers"
    VALID_DAYS = "valid_days"


def taken_away(above: Kind, kind: Kind) -> list[Less]:
    """Return in what a kind asks less than the one that holds above it."""
    checks = {
        Less.STEPS: bool(set(above.steps) - set(kind.steps)),
        Less.WHO: _wider(above.who, kind.who),
        Less.PAPERS: not _papers(above) <= _papers(kind),
        Less.VALID_DAYS: _lasts(kind) > _lasts(above),
    }
    return [less for less, so in checks.items() if so]


def _wider(above: Who, who: Who) -> bool:
    ages = (who.least_age or 0, who.most_age or OLDEST)
    others = bool(above.marital) and not set(who.marital or {0}) <= set(above.marital)
    return (
        bool(set(who.subjects) - set(above.subjects))
        or ages[0] < (above.least_age or 0)
        or ages[1] > (above.most_age or OLDEST)
        or others
        or bool(above.sex and who.sex != above.sex)
    )


def _papers(kind: Kind) -> set[tuple[str, str]]:
    """Return what is asked of each paper: to bring it, to hand in a photo."""
    asked = {(one.code, "shown") for one in kind.requirements if one.required}
    return asked | {(one.code, "photo") for one in kind.requirements if one.upload}


def _lasts(kind: Kind) -> float:
    return kind.valid_days or float("inf")


def confirmed_in(region_code: str, above: Kind | None, kind: Kind) -> str:
    """Return the place whose second person confirms a wording: the own one, or above.

    One level up for a letter that is law, a new letter of one's own, and what asks less
    than before; above the regency nobody is asked.
    """
    alone = above is not None and not (
        above.legal or kind.legal or taken_away(above, kind)
    )
    return region_code if alone else parent(region_code)


def parent(region_code: str) -> str:
    """Return the place above a village or kecamatan; a regency is its own."""
    segments = region_code.split(".")
    return ".".join(segments[: max(len(segments) - 1, REGENCY_SEGMENTS)])


def against_law(region_code: str, above: Kind | None, kind: Kind) -> list[Less]:
    """Return what a village or kecamatan may not take from a letter that is law."""
    if above is None or not above.legal or parent(region_code) == region_code:
        return []
    return taken_away(above, kind)


def bound(above: Kind, kind: Kind) -> Kind:
    """Return a kind with the steps that the law above it asks for by now, too."""
    if not above.legal:
        return kind
    wanted = {*above.steps, *kind.steps}
    steps = tuple(step for step in Step if step in wanted)
    return replace(kind, steps=steps, legal=True)
