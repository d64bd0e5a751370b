"""诉讼工具: the rules of procedure as public pages, as JSON and as commands."""
