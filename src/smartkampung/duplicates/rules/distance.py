"""How far apart two spellings are."""


def within_edits(left: str, right: str, most: int) -> bool:
    """Say whether one text becomes the other by so many single-letter edits or fewer."""
    if left == right:
        return True
    if abs(len(left) - len(right)) > most:
        return False
    row = list(range(len(right) + 1))
    for at, letter in enumerate(left, start=1):
        above, row[0] = row[0], at
        for place, other in enumerate(right, start=1):
            cost = (
                above if letter == other else 1 + min(above, row[place], row[place - 1])
            )
            above, row[place] = row[place], cost
        if min(row) > most:
            return False
    return row[-1] <= most
