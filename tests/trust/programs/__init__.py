"""Tests of the room for root programs."""
