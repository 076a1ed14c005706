"""goalgen: performance-goal forms of Chinese local government from YAML, one .docx a project and a bundle."""

__version__ = "0.1.0"
