"""Tests of demo.tls13."""
