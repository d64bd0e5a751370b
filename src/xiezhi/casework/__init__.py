"""The court's core: intake, cases, parties, events, e-file, numbers, instruments, outlet."""
