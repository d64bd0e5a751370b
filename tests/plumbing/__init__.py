"""Launcher, users and supervisor, tried with real processes."""
