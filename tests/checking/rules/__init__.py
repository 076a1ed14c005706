"""What each review rule finds and says."""
