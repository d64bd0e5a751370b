"""The service site (智慧服务): portal on the Internet."""
