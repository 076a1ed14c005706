"""Projects from and to other hands: filled Word forms and Excel sheets, filed as project files."""
