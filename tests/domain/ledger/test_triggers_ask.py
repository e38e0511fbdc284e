"""What every trigger asks before it works must be there to be read.

Missing, it is an error caught and rolled back for each row, and rolling back goes
through all checks that wait for the commit: a load of 40,000 entries took minutes.
"""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_no_trigger_has_to_catch_an_error_first() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('pgtrigger.ignore')::text[]")
        assert cursor.fetchone() == ([],)
        cursor.execute("SELECT _pgtrigger_should_ignore('entries_sum_to_zero')")
        assert cursor.fetchone() == (False,)
