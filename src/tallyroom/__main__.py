"""`python -m tallyroom`: the same as the command `tallyroom`."""

from tallyroom.cli import main

if __name__ == "__main__":
    main()
