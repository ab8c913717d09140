"""One TLS session over somebody else's bytes, the messages that pass in it, and the protocol's names."""
