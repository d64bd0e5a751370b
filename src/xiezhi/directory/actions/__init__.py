"""What can be done to the directory."""
