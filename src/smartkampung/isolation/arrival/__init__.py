"""People arrive: at the checkpoint, at the house or home, and are seen to be there."""
