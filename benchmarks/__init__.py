"""goalgen measured against other ways to make the same forms; `make benchmark` writes the tables of docs/performance.md."""
