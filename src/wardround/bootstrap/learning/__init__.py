"""Learned models made and held against what happened: tables in, a folder for the registry out."""
