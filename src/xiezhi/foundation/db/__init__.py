"""Migration operations and database settings that the protection floor needs."""
