"""What each module of goalgen.submission promises."""
