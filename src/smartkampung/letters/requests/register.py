"""The register of letters as the page that proves a paper asks it.

Named by ``settings.LETTER_REGISTER``, because signing lies below and knows no letter.
"""

from smartkampung.letters.requests.queries import proving as REGISTER

__all__ = ["REGISTER"]
