"""Tests of x509/documents."""
