"""How names lie within others: within what a constraint begins with, and below public suffixes."""
