"""Facts about families that priorities may name, and rules of aid may not."""

from smartkampung.aid.facts import CHECK, NONE, VISIT
from smartkampung.criteria.kinds import Fact, Kind, Words
from smartkampung.residents.facts import MEMBERS, REGISTRY

FACTS = (
    Fact(
        "female_head",
        Kind.YES_NO,
        Words("Kepala keluarga perempuan", "A woman heads the family"),
        NONE,
        REGISTRY,
        MEMBERS,
        "bool_or(p.sex = 'P') FILTER (WHERE p.relation = 1)",
    ),
    Fact(
        "visit_recommends",
        Kind.YES_NO,
        Words("Disarankan petugas lapangan", "Recommended on the doorstep"),
        NONE,
        VISIT,
        CHECK,
        "k.recommends",
    ),
)
