"""What programmes know of somebody, as a fact for priorities: who is helped already."""

from smartkampung.criteria.kinds import Fact, Kind, Source, Words

SEATS = Source(
    "seats",
    "st.person_id",
    "recovery_seat st",
    "st.holds AND st.invited_at < (%(on)s::date + 1)::timestamp AT TIME ZONE"
    " 'Asia/Jakarta'",
    "GROUP BY st.person_id",
    unit="person",
)
FACTS = (
    Fact(
        "in_recovery",
        Kind.YES_NO,
        Words(
            "Sedang atau sudah ikut program pemulihan",
            "In a recovery programme, or finished one",
        ),
        Words("", ""),
        Words("Peserta program pemulihan", "People in recovery programmes"),
        SEATS,
        "true",
        "false",
    ),
)
