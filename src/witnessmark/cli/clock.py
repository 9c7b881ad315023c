"""The machine's clock, the only one of the program: made here and handed down to whoever keeps a ledger.

What it does not prove: that the machine's time is right. A timestamp from outside would.
"""

from datetime import UTC, datetime


class SystemClock:
    """The present instant by this machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""
        return datetime.now(tz=UTC)
