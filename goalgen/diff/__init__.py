"""What changed between two years, folders, files or git revisions: projects and indicators compared by identity."""
