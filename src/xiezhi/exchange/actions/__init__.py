"""Everything that can be done with messages, one module per act."""
