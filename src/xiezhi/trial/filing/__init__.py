"""The filing desk (立案): queue, review, decision, and the first form of the case page."""
