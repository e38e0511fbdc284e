"""The door to cycles, lists and proposals."""
