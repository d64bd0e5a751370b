"""What can be done on the desk, one act per file."""
