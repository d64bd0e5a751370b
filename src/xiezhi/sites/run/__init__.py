"""Start everything of one machine: databases, users, processes and their supervisor."""
