"""Where the process begins: settings that must be made before anything is imported.

A run leaves no garbage worth looking for, and looking takes a tenth of it, half of a large one.
At its end Python looks all the same, several times, but not at what is frozen.
No plugin that happens to be installed may change how a catalogue is read, and looking for one
reads the metadata of every package on the machine.
"""

import atexit
import gc
import os

gc.disable()
atexit.register(gc.freeze)
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"

from merton_kpi.cli import main  # noqa: E402 - only after the settings

if __name__ == "__main__":
    main()
