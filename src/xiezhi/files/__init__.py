"""Files: blobs under keys of their own, inspection of what people hand in, pictures of pages."""
