"""The family itself says whether it got what was written down at the hand-over."""
