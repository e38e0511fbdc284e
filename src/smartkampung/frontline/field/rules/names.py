"""Names as a phone may hold them: enough to find somebody, too little to know them."""

SHORTEST = 3


def short_name(name: str) -> str:
    """Return the first name and the initial of the last: "Siti A.", "I Wayan S."."""
    words = name.split()
    # "I", "Ni" and "M." are no names by themselves.
    full = (at for at, word in enumerate(words, 1) if len(word.strip(".")) >= SHORTEST)
    known = next(full, len(words))
    rest = words[known:]
    return " ".join([*words[:known], *([f"{rest[-1][0]}."] if rest else [])])
