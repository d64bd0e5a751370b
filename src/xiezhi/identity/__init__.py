"""Who people are: accounts of people on the service site, staff on the court site."""
