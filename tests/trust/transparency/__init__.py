"""Tests of the room for public logs."""
