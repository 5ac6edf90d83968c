"""`python -m upheld` is `upheld`."""

from upheld.cli import main

if __name__ == "__main__":
    main()
