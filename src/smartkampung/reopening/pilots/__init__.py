"""Villages that reopen first, in phases, with evidence, gates and a way back."""
