"""Bytes to and from a server, under a deadline: names to addresses, addresses to a connected socket."""
