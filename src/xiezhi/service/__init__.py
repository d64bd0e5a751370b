"""智慧服务: what people come to the portal for."""
