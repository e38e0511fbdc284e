"""Pure rules about duplicates: what is compared, what it weighs, what may be decided."""
