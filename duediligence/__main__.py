"""``python -m duediligence``: the command line."""

import sys

from duediligence.cli import main

sys.exit(main())
