"""Pathology: nuclei on stained tissue, drafted with their outlines, measured and counted."""
