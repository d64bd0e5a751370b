"""Continuity (备份与恢复演练): which backups there are, and whether one can be restored."""
