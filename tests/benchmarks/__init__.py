"""Speed, measured: `python -m tests.benchmarks` prints medians, each beside its reference and its budget.

Nothing here is a test: absolute times say as much about the machine as about the program. Every figure that can be is
paired with a reference that runs in turn on the same machine.
"""
