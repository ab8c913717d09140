"""Tests of trust.judges."""
