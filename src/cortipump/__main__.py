"""`python -m cortipump` and the `cortipump` command."""

import sys


def run() -> None:
    """Run the command line and end with its status."""
    from cortipump.cli.main import main

    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
