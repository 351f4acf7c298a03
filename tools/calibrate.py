"""Re-derives clearance and tissue volume of set D from published points; writes
docs/calibration.md.

``python -m tools.calibrate`` (about a minute); the same text every time. A test runs a reduced
form and holds the printed medians within the Monte Carlo error.
"""

import sys
from pathlib import Path
from typing import Final

from tools.calibration_page import page, table
from tools.calibration_runs import checked, main_run, one_left_out, other_weights, runs_near

TARGET: Final = Path(__file__).resolve().parent.parent / "docs" / "calibration.md"
_CHECKED: Final = 300


def main() -> int:
    """Write the page and print its table."""
    whole = main_run()
    weights, left = runs_near(whole, other_weights()), runs_near(whole, one_left_out())
    TARGET.write_text(page(whole, weights, left, checked(whole, _CHECKED)), encoding="utf-8")
    print("\n".join(table([whole, *weights, *left])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
