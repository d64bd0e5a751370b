"""The operators' pages of the exchange."""
