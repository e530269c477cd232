"""The workspace: the pages clinicians use in the browser."""

from wardround.interfaces.web.app import create_app

__all__ = ["create_app"]
