"""The envelope (信封): bytes in, a checked message out. No Django, no database, no clock."""
