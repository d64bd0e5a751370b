"""Everything that can be done to an application received, a case and its file, one act a module."""
