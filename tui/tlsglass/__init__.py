"""tlsglass: a looking glass for TLS in the terminal. This module knows the version and imports nothing."""

__version__ = "0.1.0"
