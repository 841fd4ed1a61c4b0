// Read a calendar as ical.js does (Thunderbird, Nextcloud and web pages use it), from the standard input.
// Prints its events: identity, title, and every time it takes place within the years given, whole days as days,
// hours as seconds since 1970.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const [from, to] = process.argv.slice(2).map(Number);
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
for (const zone of calendar.getAllSubcomponents("vtimezone")) {
  ICAL.TimezoneService.register(zone);
}
const events = calendar.getAllSubcomponents("vevent").map((component) => new ICAL.Event(component));
const masters = events.filter((event) => !event.isRecurrenceException());
for (const exception of events.filter((event) => event.isRecurrenceException())) {
  masters.find((event) => event.uid === exception.uid).relateException(exception);
}

const moment = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const shown = ({ item, startDate, endDate }) => ({
  title: item.summary,
  status: item.component.getFirstPropertyValue("status"),
  start: moment(startDate),
  end: moment(endDate),
});

function occurrences(event) {
  if (!event.isRecurring()) {
    return [shown({ item: event, startDate: event.startDate, endDate: event.endDate })];
  }
  const found = [];
  const iterator = event.iterator();
  for (let next = iterator.next(); next && next.year <= to; next = iterator.next()) {
    if (next.year >= from) {
      found.push(shown(event.getOccurrenceDetails(next)));
    }
  }
  return found;
}

console.log(JSON.stringify(masters.map((event) => ({ uid: event.uid, occurrences: occurrences(event) }))));
