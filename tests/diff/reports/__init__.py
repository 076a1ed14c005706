"""What the reports of a comparison hold."""
