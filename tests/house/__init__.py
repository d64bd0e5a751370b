"""Rules of the house that no off-the-shelf linter knows."""
