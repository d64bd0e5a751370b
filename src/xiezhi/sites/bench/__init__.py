"""``xiezhi bench``: measure the whole installation from outside and write the table."""
