"""Fuzzing of everything that reads what strangers say: `python -m tests.fuzz` runs it at length, pytest in short.

`registry` names every parser; each has real material to start from, what it may refuse with, and what must hold of all
that it gives. What fails is kept in `found/` for ever, and pytest reads all of that again.
"""
