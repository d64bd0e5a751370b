"""What stands still in the exchange, since when and why: read by operators, alarms and metrics."""
