"""What every part stands on: state machines, permissions, refusals, events, jobs, pages."""
