"""A person's own desk (我的事项): applications, materials, disclosures, whatever their kind."""
