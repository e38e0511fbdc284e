"""Services to test and demonstrate with. None of them knows anybody real."""
