"""Pages of the filing desk."""
