"""Xiezhi 獬豸, the smart-court information system."""
