"""Tests of trust.stores."""
