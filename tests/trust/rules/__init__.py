"""Tests of trust.rules."""
