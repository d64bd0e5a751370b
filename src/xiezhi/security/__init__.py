"""What keeps secrets and proves acts: algorithms, keys, encrypted fields, audit, grades."""
