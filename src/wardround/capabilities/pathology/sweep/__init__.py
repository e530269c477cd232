"""A slide of any size, read tile by tile in little memory, and what was found counted."""
