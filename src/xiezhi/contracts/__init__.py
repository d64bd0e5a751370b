"""The conversations between sites: kinds, forms, payload schemas, messages. No table."""
