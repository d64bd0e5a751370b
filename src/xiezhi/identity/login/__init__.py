"""What logging in means on either site: where it leads afterwards, what a lock-out shows."""
