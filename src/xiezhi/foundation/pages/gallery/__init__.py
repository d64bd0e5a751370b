"""The gallery: every component with sample data, on pages like those a person will meet."""
