"""The operator's hand on the keys (密钥保管): the command that shows, turns and pins them."""
