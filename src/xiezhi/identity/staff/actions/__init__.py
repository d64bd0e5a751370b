"""What can be done with accounts and posts of staff, one act a module."""
