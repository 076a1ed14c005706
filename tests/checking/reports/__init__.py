"""What the reports of a review hold."""
