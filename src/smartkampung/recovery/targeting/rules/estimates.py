"""How often a choice errs, as far as field checks tell: a share with its interval."""

from dataclasses import dataclass
from math import sqrt

FEWEST = 30  # below that many checks nothing is estimated
Z = 1.959963984540054  # 95 per cent, both sides


@dataclass(frozen=True)
class Estimate:
    """A share of errors in a sample, in per cent, with a 95 % Wilson interval."""

    errors: int
    sample: int
    share: float
    low: float
    high: float


def estimate(errors: int, sample: int) -> Estimate | None:
    """Return the share of errors and its interval; None where checks are too few."""
    if sample < FEWEST:
        return None
    part = errors / sample
    spread = Z * Z / sample
    middle = (part + spread / 2) / (1 + spread)
    half = Z * sqrt(part * (1 - part) / sample + spread / sample / 4) / (1 + spread)
    return Estimate(
        errors,
        sample,
        100 * part,
        100 * max(0.0, middle - half),
        100 * min(1.0, middle + half),
    )
