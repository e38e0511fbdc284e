"""Anybody does anything, in any order: what must hold all the same.

``world`` is where it happens, ``moves`` what may follow what, ``machine`` what people
try. The suite runs 2,000 tries of it, ``python -m bench.stateful`` 100,000.
"""
