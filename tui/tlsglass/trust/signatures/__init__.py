"""Whether keys made signatures, and the keys of certificates among them. Nobody is trusted for that."""
