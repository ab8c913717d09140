"""The screen of a site: looks at it, shows what comes, and does what the keys ask."""
