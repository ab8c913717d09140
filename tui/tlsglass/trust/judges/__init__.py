"""What other implementations make of the same chain, held against our own rules."""
