"""What can be done about what was found: the chain as it should be sent, and the lines to copy."""
