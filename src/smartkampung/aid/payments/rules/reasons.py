"""Reasons for which a payment fails: ISO 20022 codes, and those of the registry."""

# ExternalStatusReason1Code, the part that banks use for credit transfers.
CODES = frozenset(
    {"AC01", "AC04", "AC06", "AG01", "AM02", "AM04", "AM05", "AM09", "BE01", "BE04"}
    | {"CUST", "DUPL", "FF01", "MD07", "MS02", "MS03", "NARR", "RC01", "RR04", "TM01"}
    | {"UNCL"}  # our own, for the post office: nobody came for it
)
UNKNOWN = "NARR"


def known(code: str) -> str:
    """Return a code that has words; what a bank made up itself counts as NARR."""
    return code if code in CODES else UNKNOWN
