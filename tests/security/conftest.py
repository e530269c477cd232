"""Fixtures for tests of signing in."""

from tests.security.quick import quick_hash, watch

__all__ = ["quick_hash", "watch"]
