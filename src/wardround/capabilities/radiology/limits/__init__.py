"""When the model commits itself, what it promises of that, and what a site set anew."""
