"""Accounts of people on the service site."""
