"""The calculators, one declaration a file."""
