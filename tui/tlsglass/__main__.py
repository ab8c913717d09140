"""`python -m tlsglass` is the command `tlsglass`."""

from tlsglass.cli import main

if __name__ == "__main__":
    main()
