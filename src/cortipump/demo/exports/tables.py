"""The tables that the person typed herself: CSV with the headers that the templates give.

Two rows cannot be read, as happens: a total that says ``abc`` and a date that does not exist. One
table was saved by a spreadsheet: byte order mark and CRLF.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from cortipump.demo.story.diary import BAD_TOTAL, bad_date
from cortipump.demo.story.tell import Story


def _csv(header: str, rows: Iterable[Sequence[object]], *, spreadsheet: bool = False) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n" if spreadsheet else "\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig" if spreadsheet else "utf-8")


def _scores(story: Story) -> bytes:
    typed = [score for score in story.scores if not score.in_clinic]
    rows: list[Sequence[object]] = [
        (s.on, "AddiQoL", "AddiQoL-30", "English", s.total, "", s.note) for s in typed
    ]
    unread = (typed[1].on.replace(day=28), "AddiQoL", "AddiQoL-30", "English", BAD_TOTAL, "", "?")
    rows.insert(2, unread)
    return _csv("date,instrument,version,language,total,part,note", rows)


def _work(story: Story) -> bytes:
    rows: list[Sequence[object]] = [(w.first, w.last, w.days, w.reason) for w in story.work]
    rows.insert(5, (bad_date(story.index), "", "1", "in bed"))
    return _csv("date_from,date_until,days,reason", rows)


def _calls(story: Story) -> bytes:
    rows = [(c.on, c.party, c.person, c.reference, c.asked, c.answer) for c in story.calls]
    return _csv("date,with,person,reference,asked,answer", rows, spreadsheet=True)


def _injections(story: Story) -> bytes:
    rows = [
        (f"{i.at:%Y-%m-%d}", f"{i.at:%H:%M}", "hydrocortisone", 100, "i.m.", i.given_by, i.reason)
        for i in story.injections
    ]
    return _csv("date,time,drug,mg,route,given_by,reason", rows)


def _regimens(story: Story) -> bytes:
    rows = [
        (r.first, r.last or "", r.drug, r.route, r.mg_per_day, r.schedule, r.device, r.ownership,
         r.note)
        for r in story.regimens
    ]  # fmt: skip
    return _csv("start,end,drug,route,mg_per_day,schedule,device,ownership,note", rows)


def tables(story: Story) -> dict[str, bytes]:
    """File name to bytes."""
    return {
        "addiqol.csv": _scores(story),
        "work-days.csv": _work(story),
        "calls.csv": _calls(story),
        "rescue-injections.csv": _injections(story),
        "regimens.csv": _regimens(story),
    }
