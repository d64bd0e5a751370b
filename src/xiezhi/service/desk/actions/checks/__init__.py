"""What must hold before an application is submitted, one rule per file."""
