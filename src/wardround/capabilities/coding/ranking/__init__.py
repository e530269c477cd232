"""How likely a coder would assign each code that a text can mean."""
