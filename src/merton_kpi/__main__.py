"""Where the process begins: settings for a short run of one command."""

import gc
import os

from merton_kpi.cli import app


def main() -> None:
    """Run the command line."""
    # No plugin of pydantic that is installed by chance may change how a catalogue is read.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    gc.disable()  # a run is short, and collecting took an eighth of a build (60 of 460 ms)
    try:
        app.main()
    finally:
        gc.freeze()  # a last collection at the exit took another eighth


if __name__ == "__main__":
    main()
