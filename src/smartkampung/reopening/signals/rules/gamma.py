"""The gamma distribution: how much lies below a value, and below which a part lies.

The regularised incomplete gamma function by its series and its continued fraction
(Press et al., Numerical Recipes, section 6.2), to twelve digits; the quantile by
Newton, kept between two ends. Shapes reach some thousands here.
"""

from math import exp, lgamma, log

EXACT = 1e-13
NEAR = 1e-8  # the next step of Newton is then exact
STEPS = 10_000
TINY = 1e-300


def below(value: float, *, shape: float, scale: float = 1.0) -> float:
    """Return the probability that a gamma variable is not above a value."""
    x = value / scale
    if x <= 0:
        return 0.0
    return _series(shape, x) if x < shape + 1 else 1 - _fraction(shape, x)


def quantile(part: float, *, shape: float, scale: float = 1.0) -> float:
    """Return the value that a gamma variable stays below with a probability."""
    low, high = 0.0, shape + 1.0
    while below(high, shape=shape) < part:
        low, high = high, high * 2
    at = (low + high) / 2
    while high - low > EXACT * high:
        missed = below(at, shape=shape) - part
        if missed < 0:
            low = at
        else:
            high = at
        slope = _front(shape, at) / at
        step = missed / slope if slope else high - low
        if abs(step) < NEAR * at:
            return scale * (at - step)
        # A step of Newton where it stays inside, else half of what is left.
        at = at - step if low < at - step < high else (low + high) / 2
    return scale * at


def _front(shape: float, x: float) -> float:
    return exp(shape * log(x) - x - lgamma(shape))


def _series(shape: float, x: float) -> float:
    term = total = 1 / shape
    for step in range(1, STEPS):
        term *= x / (shape + step)
        total += term
        if term < total * EXACT:
            break
    return total * _front(shape, x)


def _fraction(shape: float, x: float) -> float:
    """Return what lies above, by the method of Lentz."""
    b = x + 1 - shape
    c, d = 1 / TINY, 1 / b
    found = d
    for step in range(1, STEPS):
        an = -step * (step - shape)
        b += 2
        d = 1 / (an * d + b or TINY)
        c = b + an / c or TINY
        found *= d * c
        if abs(d * c - 1) < EXACT:
            break
    return found * _front(shape, x)
