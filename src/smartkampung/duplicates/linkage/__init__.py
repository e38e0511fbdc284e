"""The heavy part: Splink over the whole registry. Only the command line loads it.

An import contract keeps web processes and workers free of it (ADR 0020).
"""
