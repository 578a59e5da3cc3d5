"""Where the process begins and ends: settings made before anything is imported, and a quick exit.

A run leaves no garbage worth looking for, and looking takes a tenth of it, half of a large one.
No plugin that happens to be installed may change how a catalogue is read, and looking for one
reads the metadata of every package on the machine.
"""

import gc
import os
import sys

gc.disable()
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

from merton_kpi.cli import app  # noqa: E402 - only after the settings


def main() -> None:
    """Run the command line, and end at once.

    Python would first take apart all that was made, which is a twentieth of a build. By then
    every file is closed and stdout is flushed. Nor does it call what waits for its end: to profile
    a command, call `cli.app.main`.
    """
    try:
        app.main()
    except SystemExit as stop:
        if not isinstance(stop.code, int):
            raise  # Python prints the words that it ends with
        sys.stderr.flush()
        os._exit(stop.code)


if __name__ == "__main__":
    main()
