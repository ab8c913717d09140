"""Tests of trust.names."""
