"""Object identifiers by the names that the RFCs give them: one module for each kind of thing that is named."""
