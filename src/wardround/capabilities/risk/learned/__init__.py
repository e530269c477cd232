"""Learned models served: one patient's inputs in, a probability or the reasons for none out."""
