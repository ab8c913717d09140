"""Tests of the forms in which something is copied."""
