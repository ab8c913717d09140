"""Tests of trust.remedies."""
