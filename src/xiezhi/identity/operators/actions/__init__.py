"""What can be done with the account of an operator, one act a module."""
