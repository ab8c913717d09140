"""Tests of x509/containers."""
