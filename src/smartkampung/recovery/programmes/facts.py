"""What programmes say about somebody, as facts for priorities and what they exclude.

They let a ranking leave out whoever takes part in a programme now, or was helped
lately. SQL stands here and nowhere in data; ``%(on)s`` is the day that is asked about.
"""

from smartkampung.criteria.kinds import Fact, Kind, Source, Words

SEATS = Source(
    "seats",
    "st.person_id",
    "recovery_seat st",
    "st.invited_at < (%(on)s::date + 1)::timestamp AT TIME ZONE 'Asia/Jakarta'",
    "GROUP BY st.person_id",
    unit="person",
)
ORIGIN = Words("Program pemulihan", "Recovery programmes")
# Whoever took a place: also who stopped, and who was sent home after a beginning.
_TOOK = (
    "(st.state IN ('accepted', 'attending', 'finished', 'dropped')"
    " OR st.closed_from IN ('accepted', 'attending'))"
)
_LATELY = (
    "coalesce(st.ended_at, st.invited_at) >= (%(on)s::date - interval '12 months')"
)


def _yes_no(name: str, label: Words, condition: str) -> Fact:
    sql = f"bool_or({condition})"
    return Fact(name, Kind.YES_NO, label, Words("", ""), ORIGIN, SEATS, sql, "false")


FACTS = (
    _yes_no(
        "in_programme",
        Words("Sedang ikut program pemulihan", "Takes part in a recovery programme"),
        "st.state IN ('invited', 'accepted', 'attending')",
    ),
    _yes_no(
        "helped_lately",
        Words(
            "Ikut program pemulihan dalam 12 bulan terakhir",
            "Was in a recovery programme in the last 12 months",
        ),
        f"{_TOOK} AND {_LATELY}",
    ),
)
