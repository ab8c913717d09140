"""What if: what is supposed of a chain, for which moment, and what it changes in the judgement."""
