"""`python -m goalgen`."""

from goalgen.cli import main

if __name__ == "__main__":
    main()
