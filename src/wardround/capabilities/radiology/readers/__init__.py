"""Who reads an image: the shipped model and those a site added, and which of them is asked."""
