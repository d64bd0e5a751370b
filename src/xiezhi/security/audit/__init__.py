"""The audit (安全审计): who did what, to what, with which outcome; written once, never changed."""
