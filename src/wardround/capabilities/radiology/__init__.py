"""Radiology: findings drafted from images, with gates before them."""
