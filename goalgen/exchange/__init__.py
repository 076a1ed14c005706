"""Exchange projects with other hands: read filled Word forms and Excel sheets, write them as project files."""
