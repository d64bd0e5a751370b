"""Backup, restore and drill of a site: ``xiezhi backup | restore | drill``."""
