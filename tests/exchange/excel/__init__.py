"""What the workbook of projects promises, both ways."""
