"""What is looked at in a site that was restored for a drill."""
