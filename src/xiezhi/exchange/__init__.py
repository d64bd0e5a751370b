"""Signed, encrypted, typed messages between sites: nothing lost, nothing doubled."""
