"""Tests of trust.signatures."""
