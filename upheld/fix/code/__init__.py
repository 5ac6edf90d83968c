"""The project's code as fixes see it: its files, where its routes and apps are made, its models."""

from upheld.fix.code.files import File, Files
from upheld.fix.code.project import Project
from upheld.fix.code.sites import Site

__all__ = ["File", "Files", "Project", "Site"]
