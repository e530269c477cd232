"""Faults that are planted into images to measure the gates, tuned on and held back."""
