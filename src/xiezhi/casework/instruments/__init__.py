"""Instruments (文书): styles as data and layout, numbered, printed, entered in the e-file."""
