"""The list of the demo: its sites, what each shows, and what came of visiting them all."""
