"""Tests of the room for families of clients."""
