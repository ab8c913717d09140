"""Tests of trust.supposition."""
