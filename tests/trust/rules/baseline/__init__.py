"""Tests of `trust.rules.baseline`."""
