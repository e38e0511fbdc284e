"""What a lower place may not take away alone: steps, papers, bounds."""

from dataclasses import replace
from enum import StrEnum

from smartkampung.letters.catalogue.rules.kinds import (
    Asked,
    Kind,
    Step,
    Subject,
    When,
    Who,
)

REGENCY_SEGMENTS = 2
OLDEST = 1_000


class Less(StrEnum):
    """What a wording asks less of than the one above it."""

    STEPS = "steps"
    WHO = "who"
    PAPERS = "papers"
    VALID_DAYS = "valid_days"
    QUESTIONS = "questions"


def taken_away(above: Kind, kind: Kind) -> list[Less]:
    """Return in what a kind asks less than the one that holds above it."""
    checks = {
        Less.STEPS: bool(set(above.steps) - set(kind.steps)),
        Less.WHO: _wider(above.who, kind.who),
        Less.PAPERS: not _papers(above) <= _papers(kind),
        Less.VALID_DAYS: _lasts(kind) > _lasts(above),
        Less.QUESTIONS: above.legal
        and any(_looser(one, kind.asks(one.name)) for one in above.asked),
    }
    return [less for less, so in checks.items() if so]


def _wider(above: Who, who: Who) -> bool:
    ages = (who.least_age or 0, who.most_age or OLDEST)
    others = bool(above.marital) and not set(who.marital or {0}) <= set(above.marital)
    return (
        bool(set(who.subjects) - _reached(above))
        or (above.on_record and not who.on_record)
        or ages[0] < (above.least_age or 0)
        or ages[1] > (above.most_age or OLDEST)
        or others
        or bool(above.sex and who.sex != above.sex)
    )


def _reached(who: Who) -> set[Subject]:
    """Return whom a letter may be about; who may be of the family may be a child."""
    child = {Subject.CHILD} if Subject.FAMILY in who.subjects else set()
    return child | set(who.subjects)


def _papers(kind: Kind) -> set[tuple[str, str]]:
    """Return what is asked of each paper: to bring it, to hand in a photo."""
    asked = {(one.code, "shown") for one in kind.requirements if one.required}
    return asked | {(one.code, "photo") for one in kind.requirements if one.upload}


def _looser(above: Asked, one: Asked | None) -> bool:
    """Say whether what had to be answered is not asked, or is bound otherwise."""
    if one is None:
        return above.required or bool(above.unless)
    return (
        one.type is not above.type
        or (above.required and not one.required)
        or _dated_otherwise(above, one)
    )


def _dated_otherwise(above: Asked, one: Asked) -> bool:
    return above.when is not When.ANY and one.when not in (above.when, When.ANY)


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
    """Return what a village or kecamatan may not take from a letter that is law.

    Its words, and with them what these ask, may differ: who confirms them is told.
    """
    if above is None or not above.legal or parent(region_code) == region_code:
        return []
    return [one for one in taken_away(above, kind) if one is not Less.QUESTIONS]


def placed(above: Kind, kind: Kind) -> Kind:
    """Return a kind whose questions are bound as those of the one above, by name.

    A wording of before these bounds says nothing of them, and takes none away by that.
    """
    asked = tuple(_placed(above.asks(one.name), one, kind) for one in kind.asked)
    record = above.who.on_record or kind.who.on_record
    return replace(kind, asked=asked, who=replace(kind.who, on_record=record))


def _placed(above: Asked | None, one: Asked, kind: Kind) -> Asked:
    if above is None or above.type is not one.type:
        return one
    alone = bool(above.unless) and not kind.asks(above.unless)
    return replace(
        one,
        # What stands in the place of a question that is not asked has to be answered.
        required=one.required or alone,
        when=above.when if one.when is When.ANY else one.when,
        after=one.after or (above.after if kind.asks(above.after) else ""),
        unless=one.unless or (above.unless if kind.asks(above.unless) else ""),
    )


def bound(above: Kind, kind: Kind) -> Kind:
    """Return a kind of a lower place with what the one above asks for by now, too.

    Where an adult asks by themself, nobody below lets another ask; and the steps and
    days of what is law hold.
    """
    kind = replace(kind, who=_themself(above.who, kind.who))
    if not above.legal:
        return kind
    wanted = {*above.steps, *kind.steps}
    steps = tuple(step for step in Step if step in wanted)
    asked = tuple(_dated(above.asks(one.name), one) for one in kind.asked)
    return replace(kind, steps=steps, asked=asked, legal=True)


def _dated(above: Asked | None, one: Asked) -> Asked:
    same = above is not None and above.type is one.type
    return replace(one, when=above.when) if above and same and above.when else one


def _themself(above: Who, who: Who) -> Who:
    """Return who asks for whom: each for themself and for children, if so above."""
    if Subject.FAMILY in above.subjects or Subject.FAMILY not in who.subjects:
        return who
    kept = {*who.subjects, *({Subject.SELF, Subject.CHILD} & set(above.subjects))}
    kept -= {Subject.FAMILY}
    return replace(who, subjects=tuple(one for one in Subject if one in kept))
