"""Hand a year's projects to colleagues without git as an Excel workbook, and take it back filled."""
