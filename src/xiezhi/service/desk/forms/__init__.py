"""Forms of the desk: built from a kind's FormSpec, read from what the browser sent."""
