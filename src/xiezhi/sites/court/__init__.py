"""The court site (智慧审判): workbench on the court intranet."""
