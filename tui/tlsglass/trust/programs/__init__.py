"""What the root programs hold of a root: whose lists have it, from when on they distrust it, and for which names."""
