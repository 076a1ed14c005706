"""Describe an official form as data: its spec, the project that fills it, and what it prints."""

from goalgen.forms.form import Form

__all__ = ["Form"]
