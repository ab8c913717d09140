"""Certificates as bytes and as facts. Judges nothing: that is left to `trust`."""
