"""Cards that recipients bring to the hand-over: a code that says nothing of them."""
