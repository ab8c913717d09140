"""Tests of x509."""
