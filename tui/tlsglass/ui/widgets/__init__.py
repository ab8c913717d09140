"""The parts of a screen, one a file, each with its own messages."""
