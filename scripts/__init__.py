"""What stands behind `make`, in plain Python. Importing it refuses a Python that is too old."""

import sys

# This file alone must be readable by any Python 3, or an old one would answer with a traceback.
if sys.version_info < (3, 11):  # noqa: UP036  (the sentence is for exactly those Pythons)
    sys.exit(
        "Cần Python 3.11 trở lên; máy này đang dùng %d.%d. Hãy cài bản mới rồi chạy lại.\n"  # noqa: UP031
        "Python 3.11 or later is needed; this one is %d.%d. Install a newer one and run again."
        % (sys.version_info[:2] + sys.version_info[:2])
    )
