"""The AI engines behind small ports; each port has an embedded engine that needs no download."""
