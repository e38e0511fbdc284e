"""My data: what a resident reads, asks and decides about the own family."""
