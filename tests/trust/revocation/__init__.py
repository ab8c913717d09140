"""Tests of trust.revocation."""
