"""How much of a file is read. Each limit that is hit is said, as an error or as a note."""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file; a bundle of 10,000 certificates has some 20 million."""

MOST_ITEMS = 50_000
"""Things in a file: certificates, requests, lists … together."""

MOST_NOTES = 50
"""Sentences about what in a file could not be read."""

MOST_ITERATIONS = 10_000_000
"""Rounds that the keys of a PKCS #12 file may take to be made from a password, all together: some seconds."""

LONGEST_PASSWORD = 1024
"""Characters of a password."""

MOST_ATTEMPTS = 3
"""How often a password is asked for."""
