"""The demonstration city: invented people, real acts, the same for the same seed."""
