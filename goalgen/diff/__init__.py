"""Tell what changed between two years, folders, files or git revisions, project by project and indicator by indicator."""
