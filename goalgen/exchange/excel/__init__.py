"""A year's projects as an Excel workbook for colleagues without git, and back."""
