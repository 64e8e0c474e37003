"""How are the tokens of a phrase read as statements? One small grammar a subject; a phrase form is one function."""
