"""运维保障: what the people who run a site need, on every site."""
