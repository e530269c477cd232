"""How the world reaches Wardround."""
