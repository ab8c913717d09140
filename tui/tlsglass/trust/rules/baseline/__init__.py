"""What the CA/Browser Forum's Baseline Requirements ask of publicly trusted certificates, a rule a function."""
