"""Courts and their regions (法院名录): the same on every site."""
