"""The tests; `tests/checks` also runs format, lint, types and import contracts."""
