"""What a piece of Chinese text is: its characters, typography, likeness to another, its place in markup."""
