"""Pages of the checkpoint, of the door of a house, and of who is present."""
