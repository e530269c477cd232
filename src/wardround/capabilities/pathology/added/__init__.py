"""What models that a site added tell of a slide."""
