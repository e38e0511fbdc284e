"""The keys that people are searched by; the SQL function stands in migration 0002."""

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Func


class SearchKeys(Func):
    """What a person is found by: words of the name, region, birth date (ADR 0012).

    One lexeme each (``aminah``, ``@35.10.09.2003.002.007.``, ``#19850412``), so that
    one index answers "this name, in this area, of this year" by intersection.
    """

    function = "resident_search_keys"
    output_field = SearchVectorField()
