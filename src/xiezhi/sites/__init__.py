"""Composition of each site: settings, addresses, commands and processes."""
