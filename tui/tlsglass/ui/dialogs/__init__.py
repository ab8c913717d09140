"""What stands above a screen for a while: asks, shows something in full, or offers what can be done."""
