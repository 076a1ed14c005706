"""What holds of the house itself: its floors, pages, packages and tools."""
