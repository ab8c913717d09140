"""One function a rule: what is wrong with a chain by the standards, each with its reference."""
