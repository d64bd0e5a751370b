"""Tests that belong to no single app: house rules, plumbing, whole systems."""
