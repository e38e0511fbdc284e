"""Sample arguments of the addresses of recovery; each package adds its own here."""

from tests.web.affected_samples import AFFECTED
from tests.web.economy_samples import ECONOMY
from tests.web.programmes_samples import PROGRAMMES
from tests.web.reopening_samples import REOPENING
from tests.web.sampling import Sample
from tests.web.targeting_samples import TARGETING

RECOVERY: dict[str, Sample] = {
    **AFFECTED,
    **ECONOMY,
    **PROGRAMMES,
    **TARGETING,
    **REOPENING,
}
