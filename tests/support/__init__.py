"""What the tests share: makers, readers and doubles; nothing here is a test."""
