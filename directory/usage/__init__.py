"""How much is the site used, and what is looked for there? Counted without knowing anybody.

In a request:   person = recorder.page_seen(address, user_agent, "search"); if person: recorder.searched(page)
On a page:      monthly_viewers(session), DEFINITION, viewers_sheet(rows)
"""

from directory.usage.pages import PAGES
from directory.usage.recorder import UsageRecorder
from directory.usage.reporting import (
    DEFINITION, DEMAND_DEFINITION, LEAST_SHOWN, DemandMonth, MonthlyViewers, monthly_demand, monthly_viewers,
)
from directory.usage.sheets import demand_sheet, viewers_sheet

__all__ = [
    "DEFINITION", "DEMAND_DEFINITION", "DemandMonth", "LEAST_SHOWN", "MonthlyViewers", "PAGES", "UsageRecorder",
    "demand_sheet", "monthly_demand", "monthly_viewers", "viewers_sheet",
]
