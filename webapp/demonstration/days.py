"""The days of the demonstration's history, counted back from the day of the first start."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

from transport.working_days import WorkingCalendar

CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
_SATURDAY = 5


class HistoryDays:
    """Working days before `today`; where a year is not announced, Monday to Friday."""

    def __init__(self, today: date, calendar: WorkingCalendar) -> None:
        self.today = today
        self._calendar = calendar

    def before(self, working_days: int) -> date:
        """Return the day so many working days before today."""
        day, left = self.today, working_days
        while left > 0:
            day -= timedelta(days=1)
            left -= self._works(day)
        return day

    def at(self, working_days_ago: int, hour: int, minute: int = 0) -> datetime:
        """Return a moment so many working days before today, in Chinese time."""
        return datetime.combine(self.before(working_days_ago), time(hour, minute), CHINA_TIME)

    def after(self, days: int) -> date:
        """Return the day so many calendar days after today."""
        return self.today + timedelta(days=days)

    def _works(self, day: date) -> bool:
        known = self._calendar.is_working_day(day)
        return day.weekday() < _SATURDAY if known is None else known
