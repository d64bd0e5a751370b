"""Acts of continuity."""
