"""Whether a chain is trusted, by which store, along which path, and every reason why not."""
