"""Operators of the service site (运维人员): accounts of their own, two proofs at each login."""
