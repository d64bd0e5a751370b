"""The work of judges and clerks (智慧审判), one app per platform."""
